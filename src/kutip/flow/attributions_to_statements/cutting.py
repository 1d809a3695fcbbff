"""Sentences of what was said, cut into clauses where that tells more.

One sentence of a speaker is cut differently by every outlet. A sentence is cut where one of its clauses has a
partner in another article that is clearly nearer to it than any is to the sentence as a whole; else it stays
whole.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence

import msgspec

from kutip.flow.attributions_to_statements.features import Marks, Weights, marks
from kutip.flow.attributions_to_statements.pairing import Looking, nearest
from kutip.flow.attributions_to_statements.score import Compared
from kutip.flow.attributions_to_statements.units import StoryArticle, Unit, clauses, units
from kutip.languages import Pack
from kutip.model import Span

NEARER = 1.5  # how much nearer the partner of a clause must be than that of the sentence
NEAR = 0.3  # the score that the partner of a clause must have at least


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
    if len(articles) > 1:  # a clause can have a partner elsewhere
        parts = {unit: _parts(unit, articles, packs) for unit in whole if unit.attribution is not None}
        parts = {unit: cut for unit, cut in parts.items() if len(cut) > 1}
        found |= {part: marked(part) for cut in parts.values() for part in cut}
        kept = _chosen(whole, parts, found, looking)
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


def _parts(unit: Unit, articles: Sequence[StoryArticle], packs: Sequence[Pack]) -> list[Unit]:
    text = articles[unit.article].text
    return [
        msgspec.structs.replace(unit, span=span) for span in clauses(text, unit.span, packs[unit.article])
    ]


def _chosen(
    whole: Sequence[Unit],
    parts: Mapping[Unit, Sequence[Unit]],
    found: Mapping[Unit, Marks],
    looking: Looking,
) -> list[Unit]:
    """Sentences, or their clauses in their place."""
    if not parts:
        return list(whole)
    weights = Weights([found[unit] for unit in whole])
    everything = [*whole, *(part for cut in parts.values() for part in cut)]
    ready = [Compared(unit, found[unit], weights.of(found[unit])) for unit in everything]
    asked = {unit for unit, cut in parts.items() for unit in (unit, *cut)}
    near = nearest(ready, (n for n, unit in enumerate(everything) if unit in asked), looking)
    best = {everything[n]: score for n, score in near.items()}
    out: list[Unit] = []
    for unit in whole:
        cut = parts.get(unit, ())
        nearer = max((best[part] for part in cut), default=0.0)
        out += cut if cut and nearer >= max(NEAR, NEARER * best[unit]) else [unit]
    return out


def _placed(kept: Sequence[Unit]) -> list[Unit]:
    """The units with their places counted anew."""
    out: list[Unit] = []
    for unit in kept:
        before = out[-1] if out and out[-1].article == unit.article else None
        out.append(msgspec.structs.replace(unit, place=before.place + 1 if before else 0))
    return out
