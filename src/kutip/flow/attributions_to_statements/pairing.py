"""Which sentences of a story are compared, and what is left of their scores beside those of their rivals."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from heapq import nlargest
from itertools import groupby, islice, pairwise

import msgspec

from kutip.flow.attributions_to_statements.meaning import NONE_MEANT, Meanings
from kutip.flow.attributions_to_statements.score import Compared, in_one_article, ways
from kutip.flow.attributions_to_statements.units import Unit
from kutip.model import Telling

SECOND = (
    0.7  # what is left of the score of two sentences where one of them has a nearer partner in that article
)

WAYS = 4  # in which an evidence scores

Pair = tuple[int, int]


class Looking(msgspec.Struct, frozen=True):
    """postings: entries of the index looked through for one sentence. candidates: how many sentences, those that share
    most by weight, one is compared with. partners: how many of other articles a sentence is compared with before it
    is cut. keep: the lowest score remembered.
    """

    postings: int = 1000
    candidates: int = 40
    partners: int = 12
    keep: float = 0.08


def scores(
    compared: Sequence[Compared], looking: Looking, meant: Meanings = NONE_MEANT
) -> list[dict[Pair, float]]:
    """For each way to measure likeness, the scores of sentences that share rare words, of neighbours, and of those that
    an encoder proposes; the lower number first.
    """
    found: list[dict[Pair, float]] = [{} for _ in range(WAYS)]
    keep = looking.keep
    proposed = set(meant.partners(compared))
    for pair in sorted(proposed.union(_pairs(compared, looking))):
        one, other = compared[pair[0]], compared[pair[1]]
        meaning = meant.of(one, other) if proposed else 0.0
        for way, score in zip(found, ways(one, other, meaning), strict=False):
            if score >= keep:
                way[pair] = score
    return found


def partners(compared: Sequence[Compared], numbers: Iterable[int], looking: Looking) -> dict[int, list[int]]:
    """For each of these sentences those of other articles that share most with it."""
    postings: dict[int, list[int]] = defaultdict(list)
    for number, one in enumerate(compared):
        for word in one.weighted.words.keys:
            postings[word].append(number)
    found = {}
    for number in numbers:
        one = compared[number]
        found_by = _likely(one, postings, looking)
        likely = (n for n in found_by if n != number and in_one_article(one, compared[n]) is None)
        found[number] = list(islice(likely, looking.partners))
    return found


class Rivals:
    """Sentences of one article that are told in one manner: an article tells a statement at most once in each manner,
    so of two sentences the nearer is meant.
    """

    def __init__(self, compared: Sequence[Compared]) -> None:
        beside: dict[tuple[int, bool, Telling], list[int]] = defaultdict(list)
        for number, one in enumerate(compared):
            for unit in one.everywhere:
                beside[_manner(unit)].append(number)
        self._compared = compared
        self._sides: list[list[int]] = [[] for _ in compared]
        together = dict.fromkeys(map(tuple, beside.values()))  # copies have one side together
        for side, members in enumerate(together):
            for number in members:
                self._sides[number].append(side * len(compared))
        self._choices: dict[Pair, list[int]] = {}

    def beside(self, scored: Mapping[Pair, float]) -> dict[Pair, float]:
        """The scores, less where an article of one sentence has another, told in the same manner, that is nearer."""
        choices = self._choices
        for pair in scored:
            if pair not in choices:
                choices[pair] = self._choices_of(*pair)
        best: dict[int, float] = defaultdict(float)
        for pair, score in scored.items():
            for choice in choices[pair]:
                if score > best[choice]:
                    best[choice] = score
        out = dict(scored)
        for pair, score in scored.items():
            for choice in choices[pair]:
                if score < best[choice]:
                    out[pair] = score * SECOND
                    break
        return out

    def _choices_of(self, a: int, b: int) -> list[int]:
        """What each of two can be meant among: a number for the one and all of an article beside the other."""
        if in_one_article(self._compared[a], self._compared[b]):
            return []
        return [side + a for side in self._sides[b]] + [side + b for side in self._sides[a]]


def _manner(unit: Unit) -> tuple[int, bool, Telling]:
    """Headlines are told in one manner, whoever speaks."""
    return unit.article, unit.head, Telling.NARRATION if unit.head else unit.telling


def listed(compared: Sequence[Compared]) -> list[list[int]]:
    """The sentences of each article, in order of their place."""
    places = sorted((u.article, u.place, n) for n, one in enumerate(compared) for u in one.everywhere)
    return [[n for _, _, n in each] for _, each in groupby(places, key=lambda place: place[0])]


def _pairs(compared: Sequence[Compared], looking: Looking) -> Iterable[Pair]:
    postings: dict[int, list[int]] = defaultdict(list)
    pairs = {(min(pair), max(pair)) for each in listed(compared) for pair in pairwise(each)}
    for number, one in enumerate(compared):
        pairs.update((other, number) for other in _likely(one, postings, looking))
        for word in one.weighted.words.keys:
            postings[word].append(number)
    return pairs


def _likely(one: Compared, postings: Mapping[int, Sequence[int]], looking: Looking) -> list[int]:
    """The sentences that share most by weight, found by the rarest words."""
    shared: dict[int, float] = defaultdict(float)
    left = looking.postings
    for word, weight in one.weighted.words.heaviest():
        found = postings.get(word, ())
        left -= len(found)
        if left < 0:
            break
        for other in found:
            shared[other] += weight
    least = min(nlargest(looking.candidates, shared.values()), default=0.0)
    likely = [number for number, weight in shared.items() if weight >= least]
    return sorted(likely, key=lambda n: (-shared[n], n))[: looking.candidates]
