"""How likely two articles report one event: named evidence, each with its share, and one score.

Weights are round numbers set by reasoning, not trained. What each feature is worth was seen on news clusters
of two languages: how much of each headline stands in the other article says most, whatever the lengths of the
two; three fields say more than one; the day of the news and who speaks tell two events of one issue apart,
where words do not.
"""

import re
from collections import Counter
from collections.abc import Mapping
from copy import copy
from datetime import date
from itertools import repeat
from operator import mul

import msgspec

from kutip.flow.actors.likeness import likeness
from kutip.flow.articles_to_stories.features import ArticleFeatures
from kutip.flow.articles_to_stories.weights import Vector, Vocabulary, vector
from kutip.text.fold import fold

_WITHIN = (0.4, 0.1, 0.1, 0.2, 0.2)  # shares of headlines, title, lead, body, names
_ACROSS = (0.45, 0.0, 0.2, 0.25, 0.6)  # names need no translation; the sum makes up for what has none
OTHER_DAY = 0.25  # published on other days, and each names another day as that of the news
OTHER_PUBLISHED = 0.85  # published on other days, and no day in the text tells more
OTHER_SAID = 0.85  # published on one day, but the news is of other days
SAME_SAID = 0.9  # published on other days, news of one day
OTHER_VOICES = 0.3  # nobody who speaks in the one is so much as named in the other
DIGITS = 6  # of evidence: what lies behind depends on the order of sums
ENOUGH = 3  # shared names that make the likeness of names count in full
SAME_VOICE = 0.6  # likeness of names from which two voices are one
NAMED = 0.5  # to be named in the other article is half of speaking in it

_PART = re.compile(r"\w{3,}")


class Evidence(msgspec.Struct, frozen=True):
    """What speaks for two articles reporting one event, each from 0 to 1; ``score`` is weighed from all.

    headlines: how much of each headline, by weight, stands in the other article. title, lead, body: likeness
    of the words of these parts. names: likeness of the names. day: 1 where the days agree or are not known,
    less where both articles tell that their news is of another day. voices: 1 where those who speak in one
    speak in the other. across: the two are in different languages, of whose words but some can be compared.
    """

    headlines: float
    title: float
    lead: float
    body: float
    names: float
    day: float
    voices: float

    across: bool = False

    @property
    def score(self) -> float:
        """0 to 1: likeness, weakened where day or voices speak against one event."""
        parts = (self.headlines, self.title, self.lead, self.body, self.names)
        return _like(parts, self.across) * self.day * self.voices


class Indexed:
    """An article ready to be compared: its vectors over the vocabulary as it was when this was made."""

    __slots__ = (
        "body",
        "day",
        "headline",
        "lang",
        "lead",
        "names",
        "naming",
        "said",
        "speakers",
        "title",
        "voices",
    )

    def __init__(self, article: ArticleFeatures, vocabulary: Vocabulary) -> None:
        self.lang = article.lang
        self.title = _vector(article.title, vocabulary)
        self.headline = sum(self.title.weights)
        self.lead = _vector(article.lead, vocabulary)
        self.body = _vector(Counter(article.body) + Counter(article.title), vocabulary)
        self.names = _vector(dict.fromkeys(article.names, 1), vocabulary)
        self.day = _ordinal(article.day) if article.day else None
        self.said = _ordinal(article.said[0]) if article.said else None
        self.voices = article.voices
        self.speakers = article.speakers
        self.naming = frozenset(article.names)

    def found_by(self) -> frozenset[int]:
        """The keys by which the article can be found."""
        return frozenset(self.body.numbers) | frozenset(self.names.numbers)

    def over(self, kept: frozenset[int]) -> "Indexed":
        """The same article with the keys in ``kept`` alone; names stay whole."""
        part = copy(self)
        part.title = self.title.among(kept)
        part.headline = (sum(part.title.weights) + self.headline) / 2
        part.lead = self.lead.among(kept)
        part.body = self.body.among(kept)
        return part


class Query:
    """One article with its look-ups, to be compared with many of its language."""

    def __init__(self, one: Indexed) -> None:
        self.one = one
        self._title = one.title.lookup().get
        self._lead = one.lead.lookup().get
        self._body = one.body.lookup().get
        self._names = one.names.lookup().get

    def evidence(self, other: Indexed) -> Evidence:
        """What speaks for this article and ``other`` reporting one event. Symmetrical."""
        day, across = days_agree(self.one, other), self.one.lang != other.lang
        return Evidence(*self._parts(other), day, self._heard(other), across)

    def score(self, other: Indexed, least: float) -> float:
        """The score of the evidence; 0 where it is below ``least``, which is known before voices are
        compared.
        """
        like = _like(self._parts(other), self.one.lang != other.lang)
        if like < least:
            return 0.0
        like *= days_agree(self.one, other)
        return 0.0 if like < least else like * self._heard(other)

    def _parts(self, other: Indexed) -> tuple[float, float, float, float, float]:
        """Headlines, title, lead, body, names: see Evidence."""
        return (
            round((self._covered(other) + self._covering(other)) / 2, DIGITS),
            round(other.title.dot(self._title), DIGITS),
            round(other.lead.dot(self._lead), DIGITS),
            round(other.body.dot(self._body), DIGITS),
            round(other.names.dot(self._names) * self._enough_names(other), DIGITS),
        )

    def _heard(self, other: Indexed) -> float:
        return min(voices_agree(self.one, other), voices_agree(other, self.one))

    def _enough_names(self, other: Indexed) -> float:
        """1 from ENOUGH shared names on: where articles name little, one name in common tells little."""
        names = self._names
        return min(1.0, sum(1 for number in other.names.numbers if names(number, 0.0)) / ENOUGH)

    def _covered(self, other: Indexed) -> float:
        """The share of this headline that stands in the other article."""
        there = sum(map(self._title, other.body.numbers, repeat(0.0)))
        return there / self.one.headline if self.one.headline else 0.0

    def _covering(self, other: Indexed) -> float:
        """The share of the other headline that stands in this article."""
        body = self._body
        title = zip(other.title.numbers, other.title.weights, strict=True)
        here = sum(weight for number, weight in title if body(number, 0.0))
        return here / other.headline if other.headline else 0.0


def _like(parts: tuple[float, ...], across: bool) -> float:
    """How like two articles are, 0 to 1, whatever day and voices say."""
    like: float = sum(map(mul, _ACROSS if across else _WITHIN, parts))
    return min(1.0, like)


def days_agree(one: Indexed, other: Indexed) -> float:
    """1 where both articles are of one day or too little is known, else how far that speaks against one
    event.
    """
    if one.said is not None and other.said is not None:
        if one.day == other.day and one.day is not None:
            return 1.0 if one.said == other.said else OTHER_SAID
        if one.said != other.said:
            return OTHER_DAY
        return SAME_SAID if one.day and other.day else 1.0
    if _told_before(one, other) or _told_before(other, one):
        return OTHER_DAY
    return OTHER_PUBLISHED if one.day and other.day and one.day != other.day else 1.0


def _told_before(one: Indexed, other: Indexed) -> bool:
    """Whether ``one`` was published before the day of the news that ``other`` tells."""
    return one.day is not None and other.said is not None and one.day < other.said


def voices_agree(one: Indexed, other: Indexed) -> float:
    """How far those whose words are the news of ``one`` speak, or are at least named, in ``other``.

    1 where the news of ``one`` is nobody's words, and where nobody speaks in ``other``.
    """
    if not one.voices or not other.speakers:
        return 1.0
    heard = 0.0
    for name, role, share in one.voices:
        if any(_one_voice(name, role, another) for another in other.speakers):
            heard += share
        elif not other.naming.isdisjoint(_PART.findall(name.casefold())):
            heard += share * NAMED
    return OTHER_VOICES + (1 - OTHER_VOICES) * heard


def _one_voice(name: str, role: str, another: str) -> bool:
    """Whether a speaker of another article is this one, by name or by nothing but the role ("the minister")."""
    return fold(another) == fold(role) or likeness(name, another, role).score >= SAME_VOICE


def _ordinal(day: str) -> int:
    return date.fromisoformat(day).toordinal()


def _vector(counts: Mapping[str, int], vocabulary: Vocabulary) -> Vector:
    numbers = vocabulary.numbers(counts)
    return vector(dict(zip(numbers, counts.values(), strict=True)), vocabulary)
