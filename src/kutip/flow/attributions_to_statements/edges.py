"""What became of a statement on the way from its reference to another rendition."""

from difflib import SequenceMatcher

from kutip.flow.attributions_to_statements.features import Marks
from kutip.model import Change, Relation, Telling
from kutip.text.numbers import Quantity

SAME_WORDS = 0.85  # share of words, in order, from which two renditions run the same
OWN_WORDS = 0.75  # share of a rendition's words that stand in the reference, from which it only leaves out
NEARLY_ALL = 0.95  # the same for a rendition that is no quotation: other words are expected there
CLOSE = (
    0.5  # share of words in common from which a difference in modality or name is a change, not a rewording
)
LETTERS = 4  # letters from which one wrong letter is a slip of the pen
BOUNDS = frozenset(
    ("least", "most", "over", "under")
)  # hedges that cannot be dropped without changing the claim


def relation(reference: Marks, other: Marks, telling: Telling) -> tuple[Relation, tuple[Change, ...]]:
    """The type of the edge from ``reference`` to ``other``, and what changed. ``telling``: how ``other``
    is told.
    """
    kept, covered = _in_order(reference.tokens, other.tokens)
    close = (kept + covered) / 2 >= CLOSE
    changes = (
        *_numbers(reference, other),
        *_negation(reference, other),
        *(_modality(reference, other) if close else ()),
    )
    if telling is Telling.NARRATION:
        return Relation.UNATTRIBUTED, changes
    if changes:
        return Relation.CHANGED, changes
    if kept >= SAME_WORDS and covered >= SAME_WORDS:
        return Relation.VERBATIM, ()
    if kept >= (OWN_WORDS if telling is Telling.DIRECT else NEARLY_ALL):
        return Relation.TRIMMED, ()
    return Relation.REWORDED, ()


def _in_order(reference: tuple[str, ...], other: tuple[str, ...]) -> tuple[float, float]:
    """The share of the other's words that stand in the reference in the same order, and the reverse."""
    if not reference or not other:
        return 0.0, 0.0
    matcher = SequenceMatcher(None, reference, _spelled_alike(other, reference), autojunk=False)
    same = sum(block.size for block in matcher.get_matching_blocks())
    return same / len(other), same / len(reference)


def _spelled_alike(words: tuple[str, ...], known: tuple[str, ...]) -> list[str]:
    """``words`` with slips of the pen put right: words one letter off a word of ``known`` become that
    word.
    """
    stock = set(known)
    out = []
    for word in words:
        if word not in stock and len(word) >= LETTERS:
            word = next((other for other in known if _one_off(word, other)), word)
        out.append(word)
    return out


def _one_off(one: str, other: str) -> bool:
    if abs(len(one) - len(other)) > 1 or len(other) < LETTERS or one[0].isdigit() or other[0].isdigit():
        return False
    if len(one) > len(other):
        one, other = other, one
    at = next((n for n, letter in enumerate(one) if letter != other[n]), len(one))
    return one[at:] == other[at + 1 :] or one[at + 1 :] == other[at + 1 :]


def _numbers(reference: Marks, other: Marks) -> list[Change]:
    """Numbers of one unit that differ, and numbers that are the same but bounded otherwise."""
    changes = []
    for quantity in other.quantities:
        rivals = [q for q in reference.quantities if q.unit == quantity.unit]
        same = [q for q in rivals if q.value == quantity.value]
        if rivals and not same:
            changes.append(Change("number", _said(rivals[0]), _said(quantity)))
        elif same and all(_bounded_otherwise(q, quantity) for q in same):
            changes.append(Change("hedge", _said(same[0]), _said(quantity)))
    return changes


def _said(quantity: Quantity) -> str:
    """Hedge, figures and unit, as far as there are any."""
    return " ".join(filter(None, (quantity.hedge, quantity.value, quantity.unit)))


def _bounded_otherwise(one: Quantity, other: Quantity) -> bool:
    if one.hedge == other.hedge:
        return False
    return bool(BOUNDS & {one.hedge, other.hedge})


def _negation(reference: Marks, other: Marks) -> list[Change]:
    """Words that the one negates and the other has without negation."""
    gone = (key for key in reference.negated if key in other.words and key not in other.negated)
    new = (key for key in other.negated if key in reference.words and key not in reference.negated)
    return [Change("negation", reference.negated[key], _word(other, key)) for key in gone] + [
        Change("negation", _word(reference, key), other.negated[key]) for key in new
    ]


def _word(marks: Marks, key: str) -> str:
    """The first word with this key, as it stands."""
    return next((token for token, of in zip(marks.tokens, marks.keys, strict=True) if of == key), key)


def _modality(reference: Marks, other: Marks) -> list[Change]:
    """A kind of modality in place of another; one that is only added or dropped is a way of wording."""
    gone = [word for kind, word in reference.modals.items() if kind not in other.modals]
    new = [word for kind, word in other.modals.items() if kind not in reference.modals]
    return [Change("modality", gone[0], new[0])] if gone and new else []
