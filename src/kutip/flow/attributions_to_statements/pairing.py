"""Which sentences of a story are compared, and what is left of their scores beside those of their rivals."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from heapq import nlargest
from itertools import islice

import msgspec

from kutip.flow.attributions_to_statements.meaning import NONE_MEANT, Meanings
from kutip.flow.attributions_to_statements.score import Compared, evidence

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
    keep: float = 0.05


def scores(
    compared: Sequence[Compared], looking: Looking, meant: Meanings = NONE_MEANT
) -> list[dict[Pair, float]]:
    """For each way to measure likeness, the scores of sentences that share rare words, of neighbours, and of those that
    an encoder proposes; the lower number first.
    """
    found: list[dict[Pair, float]] = [{} for _ in range(WAYS)]
    for a, b in sorted({*_pairs(compared, looking), *meant.partners(compared)}):
        one, other = compared[a], compared[b]
        for way, score in zip(found, evidence(one, other, meant.of(one, other)).ways, strict=True):
            if score >= looking.keep:
                way[a, b] = score
    return found


def partners(compared: Sequence[Compared], numbers: Iterable[int], looking: Looking) -> dict[int, list[int]]:
    """For each of these sentences those of other articles that share most with it."""
    postings: dict[str, list[int]] = defaultdict(list)
    for number, one in enumerate(compared):
        for word in one.weighted.words.weights:
            postings[word].append(number)
    found = {}
    for number in numbers:
        own = compared[number].unit.article
        likely = (n for n in _likely(compared[number], postings, looking) if compared[n].unit.article != own)
        found[number] = list(islice(likely, looking.partners))
    return found


def beside_rivals(compared: Sequence[Compared], scored: Mapping[Pair, float]) -> dict[Pair, float]:
    """The scores, less where the article of one sentence has another, told in the same manner, that is
    nearer.

    An article tells a statement at most once in each manner, so of two sentences the nearer is meant.
    """
    rivals: dict[
        tuple[int, str], int
    ] = {}  # sentences of one article told in one manner: any of them could be meant
    side = [rivals.setdefault(_manner(one), len(rivals)) for one in compared]
    best: dict[tuple[int, int], float] = defaultdict(float)
    for (a, b), score in scored.items():
        for one, other in ((a, side[b]), (b, side[a])):
            if score > best[one, other]:
                best[one, other] = score
    out = {}
    for (a, b), score in scored.items():
        nearer = score < best[a, side[b]] or score < best[b, side[a]]
        within = compared[a].unit.article == compared[b].unit.article
        out[a, b] = score * SECOND if nearer and not within else score
    return out


def _manner(one: Compared) -> tuple[int, str]:
    return one.unit.article, "headline" if one.unit.head else one.unit.telling.value


def _pairs(compared: Sequence[Compared], looking: Looking) -> Iterable[Pair]:
    postings: dict[str, list[int]] = defaultdict(list)
    pairs = set()
    for number, one in enumerate(compared):
        pairs |= {(other, number) for other in _likely(one, postings, looking)}
        if number and compared[number - 1].unit.article == one.unit.article:
            pairs.add((number - 1, number))
        for word in one.weighted.words.weights:
            postings[word].append(number)
    return sorted(pairs)


def _likely(one: Compared, postings: Mapping[str, Sequence[int]], looking: Looking) -> list[int]:
    """The sentences that share most by weight, found by the rarest words."""
    shared: dict[int, float] = defaultdict(float)
    left = looking.postings
    for word, weight in sorted(one.weighted.words.weights.items(), key=lambda item: (-item[1], item[0])):
        found = postings.get(word, ())
        left -= len(found)
        if left < 0:
            break
        for other in found:
            shared[other] += weight
    least = min(nlargest(looking.candidates, shared.values()), default=0.0)
    likely = [number for number, weight in shared.items() if weight >= least]
    return sorted(likely, key=lambda n: (-shared[n], n))[: looking.candidates]
