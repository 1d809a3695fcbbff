"""Sentences of two languages that may mean the same, as an encoder of sentences sees them.

Glossed words join what shares a word that the packs translate. An encoder, where one is given, proposes the others.
It tells topic from topic and hardly what is said of it, so it only proposes: who speaks, polarity, numbers and dates
decide as they do within one language.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import Protocol

from kutip.flow.attributions_to_statements.score import Compared
from kutip.flow.attributions_to_statements.units import StoryArticle

FAR = 0.35  # likeness by the encoder that says nothing: sentences on one topic have it
LENGTH = 300  # characters of a sentence that are encoded, up to the last blank
PARTNERS = 5  # sentences of the other language, those most alike, that one is compared with

Place = tuple[int, int]  # article, place of a unit


class Encoder(Protocol):
    """Something that compares sentences by their meaning, whatever their language.

    name: with version, so that a record can tell by what it was made.
    """

    name: str

    def near(
        self, ones: Sequence[str], others: Sequence[str], least: float, most: int
    ) -> Iterable[tuple[int, int, float]]:
        """For each of ``ones`` the ``most`` of ``others`` that are most alike, ``least`` at least: numbers, likeness.

        The same for the same sentences, whatever was compared before.
        """
        ...


class Meanings:
    """How far two units of a story mean the same, 0 to 1."""

    def __init__(
        self, found: Mapping[tuple[Place, Place], float], first: Mapping[Place, Place] | None = None
    ) -> None:
        """``found``: by places in the first article that has a sentence. ``first``: such a place by those in others."""
        self._found = found
        self._first = first or {}

    def of(self, one: Compared, other: Compared) -> float:
        """0 where nothing speaks for it, and for two of one language."""
        if not self._found:
            return 0.0
        a, b = sorted(self._first.get(place, place) for place in (_place(one), _place(other)))
        return self._found.get((a, b), 0.0)

    def partners(self, ready: Sequence[Compared]) -> Iterator[tuple[int, int]]:
        """The pairs for which something speaks, by the numbers of the units, the lower first."""
        numbers = {_place(one): number for number, one in enumerate(ready)} if self._found else {}
        return ((numbers[a], numbers[b]) for a, b in self._found)


NONE_MEANT = Meanings({})


def meanings(
    ready: Sequence[Compared], articles: Sequence[StoryArticle], encoder: Encoder | None
) -> Meanings:
    """The meanings of the units of a story; none where there is one language or no encoder."""
    by_language: dict[str, list[Compared]] = defaultdict(list)
    for one in ready:
        by_language[one.marks.lang].append(one)
    found: dict[tuple[Place, Place], float] = {}
    if encoder is not None:
        words = {
            lang: [_words(one, articles) for one in units] for lang, units in sorted(by_language.items())
        }
        for lang, other in combinations(words, 2):
            for a, b, like in encoder.near(words[lang], words[other], FAR, PARTNERS):
                places = sorted((_place(by_language[lang][a]), _place(by_language[other][b])))
                found[places[0], places[1]] = (like - FAR) / (1 - FAR)
    first = {(u.article, u.place): _place(one) for one in ready for u in one.again}
    return Meanings(found, first)


def _place(one: Compared) -> Place:
    return one.unit.article, one.unit.place


def _words(one: Compared, articles: Sequence[StoryArticle]) -> str:
    words = " ".join(one.unit.span.of(articles[one.unit.article].text).split())
    return words if len(words) <= LENGTH else words[:LENGTH].rsplit(" ", 1)[0]
