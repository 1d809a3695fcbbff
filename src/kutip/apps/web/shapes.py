"""What pages show and their JSON twins say. docs/web.md and /openapi.json describe them."""

import msgspec

from kutip.model import Span
from kutip.store import Hit, Tally
from kutip.store.browse import Listed
from kutip.store.contract import Newest
from kutip.store.lineage import StoryLine, Told
from kutip.store.speakers import Speaker, Speakers
from kutip.store.summary import Changed, Day, Outlet, Refused, RunNote


class Statement(msgspec.Struct, frozen=True):
    """What somebody said, as one article renders it.

    speaker: the name in the article; speaker_id, known_as: id and name of the speaker whose words these are.
    day: said_on, else the day of publication. found: where the words that were asked for stand in content.
    Spans count Unicode code points: those of content, cue and source in the article's canonical text.
    """

    id: str
    day: str | None
    speaker: str | None
    speaker_id: str | None
    known_as: str | None
    speaker_kind: str
    speaker_role: str
    kind: str
    force: str
    negated: bool
    conditional: bool
    content: str
    found: tuple[Span, ...]
    cue: str | None
    source: str | None
    to: str
    via: tuple[str, ...]
    venue: str
    said_on: str | None
    said_on_evidence: str
    confidence: float
    rule: str
    outlet: str | None
    published: str | None
    headline: str | None
    url: str | None
    lang: str | None
    article: str
    content_spans: tuple[Span, ...]
    cue_span: Span | None
    source_span: Span | None
    added: str


class Counts(msgspec.Struct, frozen=True):
    """Denominators: what the whole record holds. rejections: what was not used, or only in part."""

    articles: int
    statements: int
    outlets: int
    speakers: int
    rejections: int
    first_day: str | None
    last_day: str | None


class FrontPage(msgspec.Struct, frozen=True):
    """The first page. newest: articles; speakers: those with most statements.

    stories: the last ones of several articles; altered, lost: the last renditions that changed what was said, or
    told it without saying who said it.
    """

    counts: Counts
    stories: tuple[StoryLine, ...]
    altered: tuple[Told, ...]
    lost: tuple[Told, ...]
    newest: tuple[Newest, ...]
    speakers: tuple[Speaker, ...]
    changed: tuple[Changed, ...]
    days: tuple[Day, ...]


class SpeakersPage(msgspec.Struct, frozen=True):
    """Speakers with most statements, out of counts.speakers; or all who go by ``name``."""

    counts: Counts
    speakers: tuple[Speaker, ...]
    name: str = ""


class RoleSeen(msgspec.Struct, frozen=True):
    """A role as written beside the name, with the days on which it was seen first and last."""

    role: str
    count: int
    first: str | None
    last: str | None


class Rendering(msgspec.Struct, frozen=True):
    """How an outlet renders a speaker: how many statements of each kind.

    verbatim, trimmed, reworded, changed: what became of those that other articles have too.
    """

    outlet: str | None
    statements: int
    direct: int
    indirect: int
    mixed: int
    verbatim: int
    trimmed: int
    reworded: int
    changed: int


class SpeakerPage(msgspec.Struct, frozen=True):
    """What a speaker said, latest first. Roles, outlets, forces, months and stories are of the latest ``sample``.

    others: speakers who go by one of the same names.
    """

    speaker: Speaker
    others: tuple[Speaker, ...]
    sample: int
    statements: tuple[Statement, ...]
    roles: tuple[RoleSeen, ...]
    outlets: tuple[Rendering, ...]
    forces: tuple[Tally, ...]
    months: tuple[Tally, ...]
    stories: tuple[StoryLine, ...]
    next: str


class Facet(msgspec.Struct, frozen=True):
    """How many statements a further filter would leave. value: what to ask for; name: what to call it."""

    value: str
    name: str
    count: int


class SearchPage(msgspec.Struct, frozen=True):
    """Statements that answer, latest first. asked: the filters as they were understood.

    total: how many answer; null where they are too many to count, then facets are of the latest ``sample``.
    of: statements in the record. speaker: who was asked for by id; named: most quoted of those whom a name asked
    for can mean. walked_to: the day at which looking was broken off; ``next`` goes on there.
    """

    asked: dict[str, str]
    speaker: Speaker | None
    named: tuple[Speaker, ...]
    statements: tuple[Statement, ...]
    total: int | None
    sample: int
    of: int
    facets: dict[str, tuple[Facet, ...]]
    articles: tuple[Hit, ...]
    next: str
    walked_to: str


class CoveragePage(msgspec.Struct, frozen=True):
    """What was read, from which outlets, what was not used and why.

    older: articles that an older version of Kutip or of a language pack has read. anew: stories, statements and actors
    are being made anew, so that some are still those of before. missing, missing_hours: ranges of days, and of hours of
    the last week (UTC), without articles.
    """

    counts: Counts
    pages: int
    superseded: int
    repeats: int
    undated: int
    outlets: tuple[Outlet, ...]
    languages: tuple[Tally, ...]
    kinds: tuple[Tally, ...]
    forces: tuple[Tally, ...]
    channels: tuple[Tally, ...]
    days: tuple[Day, ...]
    missing: tuple[tuple[str, str], ...]
    missing_hours: tuple[tuple[str, str], ...]
    reasons: tuple[Tally, ...]
    refused: tuple[Refused, ...]
    runs: tuple[RunNote, ...]
    older: int
    anew: bool


def statement(row: Listed, speakers: Speakers) -> Statement:
    """A statement of the store as pages show it."""
    values = {name: getattr(row, name) for name in _SHARED}
    if row.speaker is None:
        return Statement(**values, speaker_id=None, known_as=None)
    address = speakers.address(row.actor, row.speaker)
    known = speakers.by_id.get(address)
    return Statement(**values, speaker_id=address, known_as=known.name if known else row.speaker)


_SHARED = tuple(name for name in Statement.__struct_fields__ if name in Listed.__struct_fields__)
