"""Sentences that a copy of an article tells word for word: compared once, whatever the number of copies.

A copy tells nothing new: what an agency sends to fifty outlets is one text. So the sentences that an article has from
another one, of which it is a copy, are compared as one with those. Where two articles that are no copies have a
sentence in common, two have heard it, and it counts twice.
"""

from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from itertools import groupby

from kutip.flow.attributions_to_statements.units import StoryArticle, Unit
from kutip.languages import Pack

COPIED = 0.5  # share of the sentences of an article that an earlier one must have for it to be a copy

Told = tuple[Hashable, int]  # a sentence, and the how manieth of its kind it is in its article


def apart(
    whole: Sequence[Unit], articles: Sequence[StoryArticle], packs: Sequence[Pack]
) -> list[tuple[Unit, ...]]:
    """The units of articles, by article, those of copies together with the same ones of their originals; in order of
    the first.
    """
    found: list[list[Unit]] = []
    known: dict[int, dict[Told, int]] = {}  # the places in found of what each article tells
    having: dict[Told, list[int]] = {}  # the articles that tell it
    for number, units in groupby(whole, key=lambda unit: unit.article):
        told = list(_told(units, articles[number], packs[number].code))
        shared = Counter(other for one, _ in told for other in having.get(one, ()))
        original, count = max(shared.items(), key=lambda item: (item[1], -item[0]), default=(0, 0))
        old = known[original] if count >= COPIED * len(told) and count else {}
        own = known[number] = {}
        for one, unit in told:
            own[one] = old.get(one, len(found))
            if own[one] == len(found):
                found.append([])
            found[own[one]].append(unit)
            having.setdefault(one, []).append(number)
    return [tuple(units) for units in found]


def _told(units: Iterator[Unit], article: StoryArticle, lang: str) -> Iterator[tuple[Told, Unit]]:
    """What must be the same, and the unit. The day too: "tomorrow" is another one then."""
    before: Counter[Hashable] = Counter()
    for unit in units:
        words = " ".join(unit.span.of(article.text).split())
        manner = unit.telling, unit.speaker, unit.person, unit.role, unit.head, unit.force
        sentence = words, lang, article.day, manner
        before[sentence] += 1
        yield (sentence, before[sentence]), unit
