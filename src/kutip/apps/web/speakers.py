"""Pages of speakers, from what the store has of their statements."""

from collections import Counter
from collections.abc import Iterable, Sequence

from kutip.apps.web import shapes
from kutip.store.asked import Brief
from kutip.store.browse import Found, as_written, tally
from kutip.store.contract import Tally
from kutip.store.lineage import Rendered, StoryLine
from kutip.store.speakers import Speaker, Speakers

UNNAMED = frozenset({"unnamed", "group"})  # kinds of speakers that nobody would look for by name
VAGUE = 500  # names that are meant by a part of one, from which on nobody in particular is
RELATIONS = ("verbatim", "trimmed", "reworded", "changed")


def most_quoted(speakers: Speakers, count: int) -> tuple[Speaker, ...]:
    """The speakers with most statements that have a name of their own."""
    named = (one for one in speakers.by_id.values() if one.actor or one.kind not in UNNAMED)
    return tuple(speaker for speaker, _ in zip(named, range(count), strict=False))


def called(speakers: Speakers, names: Sequence[str], count: int) -> tuple[Speaker, ...]:
    """The speakers with most statements that go by one of ``names``; nobody where these are too many to tell."""
    if len(names) > VAGUE:
        return ()
    return _ranked(one for name in names for one in speakers.named(name))[:count]


def namesakes(speakers: Speakers, speaker: Speaker) -> tuple[Speaker, ...]:
    """Others who go by one of the names of ``speaker``."""
    others = (one for name in speaker.whose.names for one in speakers.named(name) if one is not speaker)
    return _ranked(others)


def _ranked(speakers: Iterable[Speaker]) -> tuple[Speaker, ...]:
    """Each once, those with most statements first."""
    found = {one.id: one for one in speakers}
    return tuple(sorted(found.values(), key=lambda one: (-one.statements, one.name, one.id)))


def speaker_page(
    speakers: Speakers,
    speaker: Speaker,
    found: Found,
    told: Iterable[Rendered],
    stories: tuple[StoryLine, ...],
) -> shapes.SpeakerPage:
    """The page of a speaker. found: statements; told: how outlets rendered them; stories: that they are in."""
    briefs = found.briefs
    return shapes.SpeakerPage(
        speaker=speaker,
        others=namesakes(speakers, speaker),
        sample=found.sample,
        statements=tuple(shapes.statement(row, speakers) for row in found.rows),
        roles=_roles(briefs),
        outlets=_renderings(briefs, told),
        forces=tally((b.force for b in briefs), top=30),
        months=tuple(sorted(tally((b.day and b.day[:7] for b in briefs), top=600), key=_name)),
        stories=stories,
        next=found.after,
    )


def facets(speakers: Speakers, found: Found) -> dict[str, tuple[shapes.Facet, ...]]:
    """What the statements that were found can be narrowed down to."""
    quoted = []
    for one in found.speakers:
        address = speakers.address(one.actor, one.name)
        known = speakers.by_id.get(address)
        quoted.append(shapes.Facet(address, known.name if known else one.name, one.count))
    others = {
        field: tuple(shapes.Facet(str(one.name), str(one.name), one.count) for one in tallies)
        for field, tallies in found.facets.items()
    }
    return {"speaker": tuple(quoted), **others}


def _roles(briefs: Iterable[Brief]) -> tuple[shapes.RoleSeen, ...]:
    """Roles, the one that was seen last first."""
    seen: dict[str, list[str | None]] = {}
    for brief in briefs:
        if brief.speaker_role:
            seen.setdefault(brief.speaker_role, []).append(brief.day)
    roles = []
    for role, days in seen.items():
        dated = sorted(day for day in days if day)
        first, last = (dated[0], dated[-1]) if dated else (None, None)
        roles.append(shapes.RoleSeen(role, len(days), first, last))
    return tuple(sorted(roles, key=lambda role: (role.last or "", role.count, role.role), reverse=True))


def _renderings(briefs: Iterable[Brief], told: Iterable[Rendered]) -> tuple[shapes.Rendering, ...]:
    """Outlets with the kinds of their statements and with what became of them, those with most first."""
    counts: dict[str | None, Counter[str]] = {}
    rows = list(briefs)
    spelt: dict[str | None, str | None] = {}
    for brief, outlet in zip(rows, as_written(brief.outlet for brief in rows), strict=True):
        spelt[brief.outlet] = outlet
        counts.setdefault(outlet, Counter())[brief.kind] += 1
    for one in told:
        if one.outlet in spelt:
            counts[spelt[one.outlet]][one.relation] += one.count
    kinds = ("direct", "indirect", "mixed")
    found = [
        shapes.Rendering(
            outlet, sum(count[kind] for kind in kinds), *(count[name] for name in (*kinds, *RELATIONS))
        )
        for outlet, count in counts.items()
    ]
    return tuple(sorted(found, key=lambda one: (-one.statements, one.outlet or "")))


def _name(one: Tally) -> str:
    return one.name or ""
