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

import msgspec

from kutip.flow.actors.likeness import likeness
from kutip.flow.articles_to_stories.features import ArticleFeatures
from kutip.flow.articles_to_stories.weights import Vector, Vocabulary, vector

OTHER_DAY = 0.3  # published on other days, and each names another day as that of the news
OTHER_PUBLISHED = 0.85  # published on other days, and no day in the text tells more
OTHER_SAID = 0.85  # published on one day, but the news is of other days
SAME_SAID = 0.9  # published on other days, news of one day
OTHER_VOICES = 0.3  # nobody who speaks in the one is so much as named in the other
SAME_VOICE = 0.6  # likeness of names from which two voices are one
NAMED = 0.5  # to be named in the other article is half of speaking in it

_PART = re.compile(r"\w{3,}")


class Evidence(msgspec.Struct, frozen=True):
    """What speaks for two articles reporting one event, each from 0 to 1; ``score`` is weighed from all.

    headlines: how much of each headline, by weight, stands in the other article. title, lead, body: likeness
    of the words of these parts. names: likeness of the names. day: 1 where the days agree or are not known,
    less where both articles tell that their news is of another day. voices: 1 where those who speak in one
    speak in the other.
    """

    headlines: float
    title: float
    lead: float
    body: float
    names: float
    day: float
    voices: float

    @property
    def score(self) -> float:
        """0 to 1: likeness, weakened where day or voices speak against one event."""
        like = 0.4 * self.headlines + 0.1 * self.title + 0.1 * self.lead + 0.2 * self.body + 0.2 * self.names
        return like * self.day * self.voices


class Indexed:
    """An article ready to be compared: its vectors over the vocabulary as it was when this was made."""

    __slots__ = ("body", "day", "headline", "lang", "lead", "names", "naming", "said", "title", "voices")

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
        self.naming = frozenset(article.names)

    def found_by(self) -> frozenset[int]:
        """The keys by which the article can be found."""
        return frozenset(self.body.numbers) | frozenset(self.names.numbers)

    def over(self, kept: frozenset[int]) -> "Indexed":
        """The same article with the keys in ``kept`` alone; names stay whole."""
        part = copy(self)
        part.title = self.title.among(kept)
        part.headline = sum(part.title.weights)
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
        one = self.one
        return Evidence(
            headlines=(self._covered(other) + self._covering(other)) / 2,
            title=other.title.dot(self._title),
            lead=other.lead.dot(self._lead),
            body=other.body.dot(self._body),
            names=other.names.dot(self._names),
            day=days_agree(one, other),
            voices=min(voices_agree(one, other), voices_agree(other, one)),
        )

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
    """How far those who make the news in ``one`` make it, or are at least named, in ``other``; 1 where
    nobody does.
    """
    if not one.voices or not other.voices:
        return 1.0
    heard = 0.0
    for name, share in one.voices:
        if any(likeness(name, another).score >= SAME_VOICE for another, _ in other.voices):
            heard += share
        elif not other.naming.isdisjoint(_PART.findall(name.casefold())):
            heard += share * NAMED
    return OTHER_VOICES + (1 - OTHER_VOICES) * heard


def _ordinal(day: str) -> int:
    return date.fromisoformat(day).toordinal()


def _vector(counts: Mapping[str, int], vocabulary: Vocabulary) -> Vector:
    numbers = vocabulary.numbers(counts)
    return vector(dict(zip(numbers, counts.values(), strict=True)), vocabulary)
