"""What became of a statement on the way from its reference to another rendition."""

from difflib import SequenceMatcher

from kutip.flow.attributions_to_statements.changes import changes, of_weight
from kutip.flow.attributions_to_statements.features import Marks
from kutip.model import Change, Relation, Telling

SAME_WORDS = 0.85  # share of words, in order, from which two renditions run the same
OWN_WORDS = 0.75  # share of a rendition's words that stand in the reference, from which it only leaves out
NEARLY_ALL = 0.95  # the same for a rendition that is no quotation: other words are expected there
CLOSE = 0.5  # share of words in common from which a name in the place of another is a change, not a rewording
LETTERS = 4  # letters from which one wrong letter is a slip of the pen


def relation(reference: Marks, other: Marks, telling: Telling) -> tuple[Relation, tuple[Change, ...]]:
    """The type of the edge from ``reference`` to ``other``, and what changed. ``telling``: how ``other``
    is told.
    """
    kept, covered = in_order(reference.tokens, other.tokens)
    found = changes(reference, other, (kept + covered) / 2 >= CLOSE)
    if telling is Telling.NARRATION:
        return Relation.UNATTRIBUTED, found
    if any(map(of_weight, found)):
        return Relation.CHANGED, found
    if kept >= SAME_WORDS and covered >= SAME_WORDS:
        return Relation.VERBATIM, found
    if kept >= (OWN_WORDS if telling is Telling.DIRECT else NEARLY_ALL):
        return Relation.TRIMMED, found
    return Relation.REWORDED, found


def in_order(reference: tuple[str, ...], other: tuple[str, ...]) -> tuple[float, float]:
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
