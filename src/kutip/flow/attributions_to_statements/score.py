"""How likely two sentences render one statement: named evidence and one score.

Words and runs of letters are compared by weight, so that the topic of the story, which every sentence shares,
counts little. Who speaks, negation and numbers gate: two sentences that differ in them are rarely one
statement. The order within one article tells the rest: an article tells a statement at most once in the
headline, once in its own words or the speaker's, and once as a quotation, the quotation right behind the
report that leads to it.
"""

import math
from functools import lru_cache
from typing import NamedTuple

import msgspec

from kutip.flow.actors.likeness import likeness
from kutip.flow.attributions_to_statements.features import Marks
from kutip.flow.attributions_to_statements.units import Unit
from kutip.flow.attributions_to_statements.weights import Feature, Weighted
from kutip.model import Telling

OTHER_PERSON = 0.5  # two persons
OTHER_SPEAKER = 0.9  # two names, one at least of no person
TOLD = 0.7  # one of the two is told as the outlet's own words
BOTH_TOLD = 0.7  # both are
UNKNOWN_SPEAKER = 0.9  # one of the two is not told
SAME_SPEAKER = 0.6  # likeness of names from which two speakers are one
OTHER_POLARITY = 0.4  # one negates what the other affirms
SAME_NUMBER = 1.3  # one number with one unit
OTHER_NUMBERS = 0.7  # both have numbers, none in common
LEADING_IN = 0.7  # the share of the likeness that counts for a report and a quotation that do not touch
HEADLINE_BONUS = 0.15  # headline and first sentence
LEAD_IN_BONUS = 0.1  # a report and the quotation right behind it
GOING_ON = 0.22  # two sentences of one quotation: together unless others tell them apart
BETWEEN = (1.0, 0.0)  # factor and bonus for two articles
AGAIN = (0.0, 0.0)  # … for the same manner twice
HARDLY = 0.08  # likeness of words, times what the gates leave of it, under which nothing more is compared
LIKE_AT_ALL = 0.03  # likeness from which a bonus is given
# Factors and exponent that bring each measure to the scale of the score.
WORDS, LETTERS, COSINE = 0.85, 1.2, 0.75


class LinkEvidence(msgspec.Struct, frozen=True):
    """What speaks for two sentences rendering one statement; ``score`` is weighed from all.

    words: shared words by weight, against the shorter sentence and against both (0 to 1). letters: the same for
    runs of letters. cosine: both by the angle between them, in which what is rare counts twice. speaker, polarity,
    numbers: 1 where they agree or tell nothing, less where they differ. order: 1 between articles; within one, 0
    where an article would say a thing twice in one manner. bonus: what the place of the two in one article adds.
    meaning: between two languages, how far an encoder takes them for one, in place of words.
    """

    words: float
    letters: float
    cosine: float
    speaker: float
    polarity: float
    numbers: float
    told: float
    order: float
    bonus: float
    meaning: float = 0.0

    @property
    def score(self) -> float:
        """0 to 1."""
        return self.ways[0]

    @property
    def ways(self) -> tuple[float, ...]:
        """The score, and what it is where only one measure of likeness counts; all on one scale."""
        words, letters = self.words, self.letters
        factor, gates = self.polarity * self.numbers * self.order, self.speaker * self.told
        found = []
        for like in ((words + letters) / 2, WORDS * words, LETTERS * letters, self.cosine**COSINE):
            like = max(like, self.meaning)
            bonus = self.bonus if like > LIKE_AT_ALL or self.order == 0 else 0.0
            found.append(min(1.0, (like * factor + bonus) * gates))
        return tuple(found)


class Compared(msgspec.Struct, frozen=True):
    """A unit with its features. again: the same sentence in other articles (see ``repeats``)."""

    unit: Unit
    marks: Marks
    weighted: Weighted
    again: tuple[Unit, ...] = ()

    @property
    def everywhere(self) -> tuple[Unit, ...]:
        """The unit in all its articles."""
        return self.unit, *self.again


class _Gates(NamedTuple):
    """What two sentences that are alike can still differ in, as named in LinkEvidence."""

    speaker: float
    told: float
    polarity: float
    numbers: float


def evidence(one: Compared, other: Compared, meaning: float = 0.0) -> LinkEvidence:
    """What speaks for two units rendering one statement. Symmetrical. ``meaning``: as an encoder sees it."""
    if (one.unit.article, one.unit.place) > (other.unit.article, other.unit.place):
        one, other = other, one
    words, gates = _words(one, other), _gates(one, other, meaning)
    return _evidence(one, other, meaning, _order(one, other), words, gates)


def ways(one: Compared, other: Compared, meaning: float = 0.0) -> tuple[float, ...]:
    """``evidence(…).ways`` where ``one`` stands before ``other``; () where their order in an article makes all 0, and
    where nothing but hardly a word in common speaks for the two: most pairs.
    """
    order = _order(one, other)
    if order == AGAIN:
        return ()
    words = _words(one, other)
    alone = order == BETWEEN and not meaning
    if alone and words[0] * SAME_NUMBER < HARDLY:  # the most that the gates can leave
        return ()
    gates = _gates(one, other, meaning)
    if alone and words[0] * math.prod(gates) < HARDLY:
        return ()
    return _evidence(one, other, meaning, order, words, gates).ways


def _evidence(
    one: Compared,
    other: Compared,
    meaning: float,
    order: tuple[float, float],
    words: tuple[float, float],
    gates: _Gates,
) -> LinkEvidence:
    """Two languages are compared by words alone (see ``Keys``), and so are two sentences with hardly a word in
    common.
    """
    like, cosine = words
    letters = like
    if like * math.prod(gates) >= HARDLY and one.marks.lang == other.marks.lang:
        a, b = one.weighted.grams, other.weighted.grams
        letters, of_letters = _shared(a, b, a.keys & b.keys)
        cosine = (cosine + of_letters) / 2
    return LinkEvidence(
        words=like,
        letters=letters,
        cosine=cosine,
        speaker=gates.speaker,
        polarity=gates.polarity,
        numbers=gates.numbers,
        told=gates.told,
        order=order[0],
        bonus=order[1] if gates.numbers >= 1 else 0.0,
        meaning=meaning,
    )


def _words(one: Compared, other: Compared) -> tuple[float, float]:
    """Likeness of words, and by the angle."""
    a, b = one.weighted.words, other.weighted.words
    shared = a.keys & b.keys
    return (0.0, 0.0) if shared <= a.stock.manner else _shared(a, b, shared)


def _gates(one: Compared, other: Compared, meaning: float) -> _Gates:
    return _Gates(
        speakers_agree(one.unit, other.unit),
        _told(one.unit, other.unit),
        _polarity(one.marks, other.marks, meaning > 0),
        _numbers(one.marks, other.marks),
    )


def _shared(a: Feature, b: Feature, keys: frozenset[int]) -> tuple[float, float]:
    """Geometric mean of two measures: what is shared against the shorter, and against both together; and the
    cosine.
    """
    if len(a.keys) > len(b.keys):
        a, b = b, a
    both, product = a.shared(b, keys)
    if both <= 0 or a.total <= 0 or b.total <= 0:
        return 0.0, 0.0
    share = (both / min(a.total, b.total) * 2 * both / (a.total + b.total)) ** 0.5
    return float(share), product / (a.length * b.length)


def speakers_agree(one: Unit, other: Unit) -> float:
    """Whether one actor speaks: a person can speak for an organisation, and be called by it."""
    if one.speaker is None or other.speaker is None:
        return UNKNOWN_SPEAKER
    if _alike_names(one.speaker, other.speaker, one.role, other.role) >= SAME_SPEAKER:
        return 1.0
    return OTHER_PERSON if one.person and other.person else OTHER_SPEAKER


@lru_cache(maxsize=100_000)
def _alike_names(one: str, other: str, role: str, other_role: str) -> float:
    return likeness(one, other, role, other_role).score


def _told(one: Unit, other: Unit) -> float:
    told = (one.telling is Telling.NARRATION) + (other.telling is Telling.NARRATION)
    return (1.0, TOLD, BOTH_TOLD)[told]


def _polarity(one: Marks, other: Marks, by_meaning: bool) -> float:
    """Less than 1 where one denies of a word what the other affirms; of two that need not share a word, where one
    denies something and the other nothing.
    """
    opposed = not (one.negated.isdisjoint(other.affirmed) and other.negated.isdisjoint(one.affirmed))
    opposed |= by_meaning and bool(one.negated) != bool(other.negated)
    return OTHER_POLARITY if opposed else 1.0


def _numbers(one: Marks, other: Marks) -> float:
    if not one.amounts or not other.amounts:
        return 1.0
    a, b = ({(q.value, q.unit) for q in marks.amounts} for marks in (one, other))
    if any(unit for _, unit in a & b):
        return SAME_NUMBER
    return OTHER_NUMBERS if {value for value, _ in a}.isdisjoint(value for value, _ in b) else 1.0


def in_one_article(one: Compared, other: Compared) -> tuple[Unit, Unit] | None:
    """The two where an article has both; in the first of several such articles."""
    if one.unit.article == other.unit.article:
        return one.unit, other.unit
    if one.again or other.again:
        places = {unit.article: unit for unit in one.everywhere}
        return next(((places[u.article], u) for u in other.everywhere if u.article in places), None)
    return None


def _order(one: Compared, other: Compared) -> tuple[float, float]:
    """Factor and bonus for where two units stand."""
    both = in_one_article(one, other)
    if both is None:
        return BETWEEN
    first, second = sorted(both, key=lambda unit: unit.place)
    near = second.place == first.place + 1
    if first.attribution is not None and first.attribution == second.attribution:
        return 0.0, GOING_ON if near else 0.0
    if first.head and not second.head:
        return 1.0, HEADLINE_BONUS if near else 0.0
    if first.telling in (Telling.INDIRECT, Telling.NARRATION) and second.telling is Telling.DIRECT:
        return (1.0, LEAD_IN_BONUS) if near else (LEADING_IN, 0.0)
    return AGAIN
