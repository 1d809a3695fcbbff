"""A group of linked sentences as a statement: renditions, the reference among them, and the edges from it."""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence, Set
from typing import NamedTuple

import msgspec

from kutip.flow.actors.likeness import begins_with_a_role, likeness, parts, speaks_for
from kutip.flow.attributions_to_statements.edges import relation
from kutip.flow.attributions_to_statements.features import Marks, marks
from kutip.flow.attributions_to_statements.score import SAME_SPEAKER, Compared, LinkEvidence
from kutip.flow.attributions_to_statements.units import StoryArticle, Unit
from kutip.languages import Pack
from kutip.model import Edge, Rendition, Span, Statement, Telling, content_id

NEAREST = (Telling.DIRECT, Telling.MIXED, Telling.INDIRECT, Telling.NARRATION)  # to the speaker's own words

ENOUGH = (
    0.3  # share of the renditions that name a person, from which the person heads what others give to a body
)


class _Speaker(NamedTuple):
    name: str
    role: str
    person: bool


class Told(msgspec.Struct, frozen=True):
    """A rendition with the sentences that it is made of, and its features as a whole."""

    rendition: Rendition
    parts: tuple[Compared, ...]
    marks: Marks
    day: str


def told(group: Sequence[Compared], articles: Sequence[StoryArticle], packs: Sequence[Pack]) -> list[Told]:
    """The renditions of a group: sentences of one attribution are one rendition, and so is narration that goes
    on without a break.
    """
    parts: dict[tuple[int, int], list[Compared]] = defaultdict(list)
    before: Unit | None = None
    began = 0
    for one in sorted(group, key=lambda one: _place(one.unit)):
        unit = one.unit
        if before is None or not _goes_on(before, unit):
            began = unit.place
        parts[unit.article, unit.attribution if unit.attribution is not None else -1 - began].append(one)
        before = unit
    return [
        _told(part, articles, packs) for _, part in sorted(parts.items(), key=lambda item: _first(item[1]))
    ]


def _goes_on(before: Unit, unit: Unit) -> bool:
    narrated = before.telling is unit.telling is Telling.NARRATION and before.head == unit.head
    return narrated and (before.article, before.place + 1) == (unit.article, unit.place)


def statement(renditions: Sequence[Told], link: Callable[[Compared, Compared], LinkEvidence]) -> Statement:
    """The statement of these renditions; ``link`` gives the evidence between two sentences."""
    reference = min(renditions, key=_nearness)
    others = [one for one in renditions if one is not reference]
    return Statement(
        id=content_id("statement", reference.rendition.id),
        speaker=_speaker(renditions),
        renditions=(reference.rendition, *(one.rendition for one in others)),
        edges=tuple(_edge(reference, one, link) for one in others),
    )


def _speaker(renditions: Sequence[Told]) -> str | None:
    """Who most renditions say said it, among equals the one nearest to the speaker's own words; a person rather than
    the body that the person speaks for.
    """
    units = (one.parts[0].unit for one in sorted(renditions, key=_nearness) if one.rendition.speaker)
    often = Counter(_Speaker(str(unit.speaker), unit.role, unit.person) for unit in units)
    if not often:
        return None
    agreeing = {one: sum(n for other, n in often.items() if _one_speaker(one, other)) for one in often}
    best = max(often, key=lambda one: agreeing[one])
    if not best.person:
        persons = [
            one for one in often
            if one.person and (speaks_for(best.name, one.role) or agreeing[one] >= ENOUGH * often.total())
        ]  # fmt: skip
        best = max(persons, key=lambda one: agreeing[one], default=best)
    same = {one: n for one, n in often.items() if one.person == best.person and _one_speaker(one, best)}
    names: Counter[str] = Counter()
    for one, count in same.items():
        names[one.name] += count
    return _fullest(names, {one.role for one in same})


def _fullest(often: Mapping[str, int], roles: Set[str]) -> str:
    """Of several names of one speaker the most frequent of those that have more than one part, no initials and nothing
    of a role before them.
    """

    def rank(name: str) -> tuple[bool, int, int, str]:
        found = parts(name)
        whole = len(found) > 1 and min(map(len, found)) > 1 and not begins_with_a_role(name, roles)
        return whole, often[name], len(name), name

    return max(often, key=rank)


def _one_speaker(one: _Speaker, other: _Speaker) -> bool:
    """Whether two are one speaker, or the one is the body that the other speaks for."""
    if likeness(one.name, other.name, one.role, other.role).score >= SAME_SPEAKER:
        return True
    if one.person == other.person:
        return False
    body, person = (other, one) if one.person else (one, other)
    return speaks_for(body.name, person.role)


def _place(unit: Unit) -> tuple[int, int]:
    return unit.article, unit.place


def _first(part: Sequence[Compared]) -> tuple[int, int]:
    return _place(part[0].unit)


def _told(part: Sequence[Compared], articles: Sequence[StoryArticle], packs: Sequence[Pack]) -> Told:
    unit = part[0].unit
    article = articles[unit.article]
    spans = _spans(part)
    places = (f"{span.start}-{span.end}" for span in spans)
    rendition = Rendition(
        id=content_id("rendition", article.id, unit.speaker or "", *places),
        article=article.id,
        content=spans,
        kind=unit.telling,
        attribution=unit.attribution,
        speaker=unit.speaker,
    )
    found = part[0].marks
    if len(part) > 1:
        words = " ".join(span.of(article.text) for span in spans)
        found = marks(words, packs[unit.article], article.day, unit.force)
    return Told(rendition, tuple(part), found, article.day or "9999")


def _spans(part: Sequence[Compared]) -> tuple[Span, ...]:
    """What the sentences are; the parts of one sentence that follow each other are one again."""
    out: list[Span] = []
    before: Unit | None = None
    for one in part:
        unit = one.unit
        if before is not None and (before.sentence, before.place + 1) == (unit.sentence, unit.place):
            out[-1] = Span(out[-1].start, unit.span.end)
        else:
            out.append(unit.span)
        before = unit
    return tuple(out)


def _nearness(one: Told) -> tuple[int, int, str, tuple[int, int]]:
    """The speaker's own words first, then the fullest, then the earliest."""
    return NEAREST.index(one.rendition.kind), -len(one.marks.tokens), one.day, _first(one.parts)


def _edge(reference: Told, other: Told, link: Callable[[Compared, Compared], LinkEvidence]) -> Edge:
    kind, changes = relation(reference.marks, other.marks, other.rendition.kind)
    best = max((link(a, b) for a in reference.parts for b in other.parts), key=lambda found: found.score)
    return Edge(
        source=reference.rendition.id,
        target=other.rendition.id,
        relation=kind,
        changes=changes,
        score=round(best.score, 4),
        features={
            name: round(value, 4)
            for name, value in msgspec.structs.asdict(best).items()
            if value or name != "meaning"
        },
    )
