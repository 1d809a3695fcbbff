"""Sentences of what was said, cut into clauses where that tells more.

One sentence of a speaker is cut differently by every outlet. A sentence is cut in two between two clauses where one
part has a partner in another article that is much nearer to it than any is to the sentence as a whole, or where each
part has a partner of its own that is clearly nearer to it than to the whole; else it stays whole.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence

import msgspec

from kutip.flow.attributions_to_statements.features import Marks, Weights, marks
from kutip.flow.attributions_to_statements.pairing import Looking, partners
from kutip.flow.attributions_to_statements.score import Compared, evidence
from kutip.flow.attributions_to_statements.units import StoryArticle, Unit, clauses, units
from kutip.languages import Pack
from kutip.model import Span

NEAR = 0.3  # the score that the partner of a part must have at least
MUCH_NEARER = 1.5  # how much nearer the partner of one part must be than that of the sentence
NEARER = (
    1.3  # how much nearer to its part than to the sentence each partner must be, where both parts have one
)


def compared(articles: Sequence[StoryArticle], packs: Sequence[Pack], looking: Looking) -> list[Compared]:
    """The units of all articles with their features, by article and place."""
    whole: list[Unit] = []
    for number, (article, pack) in enumerate(zip(articles, packs, strict=True)):
        whole += units(article, number, pack)

    def marked(unit: Unit) -> Marks:
        article = articles[unit.article]
        return marks(unit.span.of(article.text), packs[unit.article], article.day, unit.force)

    found = {unit: marked(unit) for unit in whole}
    kept = whole
    if len(articles) > 1:  # a part can have a partner elsewhere
        weights = Weights(list(found.values()))

        def weighed(unit: Unit) -> Compared:
            own = found[unit] if unit in found else marked(unit)
            return Compared(unit, own, weights.of(own))

        kept = list(_cut(whole, lambda unit: _cuts(unit, articles, packs), weighed, looking))
        found |= {unit: marked(unit) for unit in kept if unit not in found}
    weights = Weights([found[unit] for unit in kept])
    return [
        Compared(unit, found[old], weights.of(found[old]))
        for old, unit in zip(kept, _placed(kept), strict=True)
    ]


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
    whole: Sequence[Unit],
    cuts: Callable[[Unit], list[tuple[Unit, Unit]]],
    weighed: Callable[[Unit], Compared],
    looking: Looking,
) -> Iterator[Unit]:
    """Sentences, or their parts in their place."""
    ready = [weighed(unit) for unit in whole]
    ways = {number: found for number, unit in enumerate(whole) if (found := cuts(unit))}
    likely = partners(ready, ways, looking)
    for number, unit in enumerate(whole):
        others = [ready[n] for n in likely.get(number, ())]
        best, parts = 0.0, [unit]
        for way in ways.get(number, ()) if others else ():
            one, other = map(weighed, way)
            worth = _worth(*(_scores(x, others) for x in (ready[number], one, other)))
            if worth > best:
                best, parts = worth, list(way)
        yield from parts


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


def _placed(kept: Sequence[Unit]) -> list[Unit]:
    """The units with their places counted anew."""
    out: list[Unit] = []
    for unit in kept:
        before = out[-1] if out and out[-1].article == unit.article else None
        out.append(msgspec.structs.replace(unit, place=before.place + 1 if before else 0))
    return out
