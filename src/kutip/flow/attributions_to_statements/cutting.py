"""Sentences of what was said, cut into clauses where that tells more.

One sentence of a speaker is cut differently by every outlet. A sentence is cut in two between two clauses where one
part has a partner in another article that is much nearer to it than any is to the sentence as a whole, or where each
part has a partner of its own that is clearly nearer to it than to the whole; else it stays whole.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence

import msgspec

from kutip.flow.attributions_to_statements.features import Marks, marks
from kutip.flow.attributions_to_statements.pairing import Looking, partners
from kutip.flow.attributions_to_statements.repeats import apart
from kutip.flow.attributions_to_statements.score import Compared, evidence
from kutip.flow.attributions_to_statements.units import StoryArticle, Unit, clauses, units
from kutip.flow.attributions_to_statements.weights import Weights
from kutip.languages import Pack
from kutip.model import Span

NEAR = 0.3  # the score that the partner of a part must have at least
MUCH_NEARER = 1.5  # how much nearer the partner of one part must be than that of the sentence
NEARER = (
    1.3  # how much nearer to its part than to the sentence each partner must be, where both parts have one
)


def compared(articles: Sequence[StoryArticle], packs: Sequence[Pack], looking: Looking) -> list[Compared]:
    """The units of all articles with their features, by the first article that has them and place."""
    whole: list[Unit] = []
    for number, (article, pack) in enumerate(zip(articles, packs, strict=True)):
        whole += units(article, number, pack)
    sentences = apart(whole, articles, packs)

    def marked(unit: Unit) -> Marks:
        article = articles[unit.article]
        return marks(unit.span.of(article.text), packs[unit.article], article.day, unit.force)

    found = [marked(one) for one, *_ in sentences]
    weights = Weights(found)
    ready = [
        Compared(same[0], own, weighted, same[1:])
        for same, own, weighted in zip(sentences, found, weights.given, strict=True)
    ]
    if len(articles) == 1:  # no part can have a partner elsewhere
        return ready

    def part(same: Sequence[Unit]) -> Compared:
        own = marked(same[0])
        return Compared(same[0], own, weights.of(own), tuple(same[1:]))

    kept = list(_cut(ready, lambda unit: _cuts(unit, articles, packs), part, looking))
    return ready if len(kept) == len(ready) else _weighed(_placed(kept))


def whole_again(ready: Sequence[Compared], groups: Sequence[Sequence[int]]) -> list[list[int]]:
    """Groups, with clauses that found no partner put back to the nearest clause of their sentence that
    did.
    """
    where = {number: group for group, members in enumerate(groups) for number in members}
    out = [list(group) for group in groups]
    clauses_of: dict[tuple[int, Span], list[int]] = defaultdict(list)
    for number, one in enumerate(ready):
        clauses_of[one.unit.article, one.unit.sentence].append(number)
    for cut in clauses_of.values():
        taken = [number for number in cut if len(groups[where[number]]) > 1]
        for number in cut:
            if taken and number not in taken:
                out[where[number]].clear()
                out[where[min(taken, key=lambda other: (abs(other - number), other))]].append(number)
    return [sorted(group) for group in out if group]


def _cuts(unit: Unit, articles: Sequence[StoryArticle], packs: Sequence[Pack]) -> list[tuple[Unit, Unit]]:
    """The ways to cut what was said in two between two clauses."""
    if unit.attribution is None:
        return []
    spans = clauses(articles[unit.article].text, unit.span, packs[unit.article])

    def part(first: Span, last: Span) -> Unit:
        return msgspec.structs.replace(unit, span=Span(first.start, last.end))

    return [(part(spans[0], spans[at - 1]), part(spans[at], spans[-1])) for at in range(1, len(spans))]


def _cut(
    ready: Sequence[Compared],
    cuts: Callable[[Unit], list[tuple[Unit, Unit]]],
    part: Callable[[Sequence[Unit]], Compared],
    looking: Looking,
) -> Iterator[Compared]:
    """Sentences, or their parts in their place. part: makes one of its units."""
    ways = {number: found for number, one in enumerate(ready) if (found := cuts(one.unit))}
    likely = partners(ready, ways, looking)
    for number, one in enumerate(ready):
        others = [ready[n] for n in likely.get(number, ())]
        best, at = 0.0, None
        for cut, two in enumerate(ways.get(number, ()) if others else ()):
            worth = _worth(*(_scores(x, others) for x in (one, *(part([unit]) for unit in two))))
            if worth > best:
                best, at = worth, cut
        if at is None:
            yield one
        else:
            yield from map(part, zip(*(cuts(unit)[at] for unit in one.everywhere), strict=True))


def _scores(one: Compared, others: Sequence[Compared]) -> list[float]:
    return [evidence(one, other).score for other in others]


def _worth(whole: Sequence[float], one: Sequence[float], other: Sequence[float]) -> float:
    """What a cut is worth, 0 where it should not be made: given are scores with the same partners."""
    nearest = max(*one, *other)
    worth = nearest if nearest >= max(NEAR, MUCH_NEARER * max(whole)) else 0.0
    first, second = _own_partner(whole, one, other), _own_partner(whole, other, one)
    return max(worth, first + second) if first and second else worth


def _own_partner(whole: Sequence[float], one: Sequence[float], other: Sequence[float]) -> float:
    """The highest score of the one part with a partner that is clearly nearer to it than to the whole, and than to the
    other part.
    """
    compared = zip(whole, one, other, strict=True)
    return max((to for w, to, o in compared if to >= max(NEAR, NEARER * w) and to > o), default=0.0)


def _weighed(kept: Sequence[Compared]) -> list[Compared]:
    """The sentences and clauses, weighed among each other."""
    weights = Weights([one.marks for one in kept])
    return [
        msgspec.structs.replace(one, weighted=weighted)
        for one, weighted in zip(kept, weights.given, strict=True)
    ]


def _placed(kept: Sequence[Compared]) -> list[Compared]:
    """The sentences in their order, with the places of their units counted anew."""
    everywhere = sorted((u.article, u.place, u.span, n) for n, one in enumerate(kept) for u in one.everywhere)
    places: dict[tuple[int, int], int] = {}
    for article, _, _, number in everywhere:
        before = places.get((article, -1), -1)
        places[article, -1] = places[article, number] = before + 1

    def anew(unit: Unit, number: int) -> Unit:
        return msgspec.structs.replace(unit, place=places[unit.article, number])

    out = [
        msgspec.structs.replace(one, unit=anew(one.unit, n), again=tuple(anew(unit, n) for unit in one.again))
        for n, one in enumerate(kept)
    ]
    return sorted(out, key=lambda one: (one.unit.article, one.unit.place))
