"""The documents of a page: HTML, JSON twin, feed, CSV and JSON lines. One place for the server and the site."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from html import escape

import msgspec

from kutip.apps.web import shapes
from kutip.apps.web.stories import StatementPage, StoriesPage, StoryPage
from kutip.model import Force, Kind
from kutip.store import KeptArticle, Said
from kutip.store.lineage import StoryLine, Told
from kutip.store.speakers import Speaker, Speakers
from kutip.views.export.cells import Row, cells, harmless
from kutip.views.render import fit
from kutip.views.shown import page_view
from kutip.views.web import page as pages
from kutip.views.web.excerpt import excerpt
from kutip.views.web.feed import Entry, Feed, atom, moment

HTML = "text/html; charset=utf-8"
JSON = "application/json"
ATOM = "application/atom+xml; charset=utf-8"
CSV = "text/csv; charset=utf-8"
JSONL = "application/jsonl"
_NO_DAY = "1970-01-01"
KNOWN_ERRORS = (400, 404, 429, 500, 503)
COLUMNS = tuple(name for name in Said.__struct_fields__ if name != "page")  # page: a path of this machine

TEMPLATES: dict[type, str] = {
    shapes.FrontPage: "front.html",
    shapes.SpeakersPage: "speakers.html",
    shapes.SpeakerPage: "speaker.html",
    shapes.SearchPage: "search.html",
    shapes.CoveragePage: "coverage.html",
    StoriesPage: "stories.html",
    StoryPage: "story.html",
    StatementPage: "statement.html",
}


class Beside(msgspec.Struct, frozen=True):
    """What the record knows of an article beside itself.

    story: that it is in. actors: ids by the name and the kind that it gives. told: of attributions that other
    articles tell too, the statement and the number of its articles.
    """

    story: StoryLine | None
    actors: Mapping[tuple[str, str], str]
    told: Mapping[str, tuple[str, int]]


class Documents:
    """Writes documents. language: that pages open in, a code of the interface's languages; speakers: to lead to.

    anew: what pages show is being made anew, and they say so.
    """

    def __init__(self, kind: pages.Kind, language: str, speakers: Speakers, anew: bool = False) -> None:
        self.kind = kind
        self.language = language
        self._address = speakers.address
        self._anew = anew

    def html(self, path: str, page: msgspec.Struct, shards: int = 0) -> str:
        """A page of the shapes above, at ``path``. shards: files that the search of a site reads."""
        more = {"kinds": list(Kind), "forces": list(Force), "shards": shards, "address": self._address}
        more["anew"] = self._anew
        return pages.render(self.kind, self.language, path, TEMPLATES[type(page)], page=page, **more)

    def article(self, path: str, kept: KeptArticle, beside: Beside) -> str:
        """An article with its marks; only its excerpt, where texts are not given away."""
        view = page_view([kept])
        if self.kind.static and not self.kind.with_text:
            view = msgspec.structs.replace(view, articles=(excerpt(view.articles[0]),))
        root = "../" * path.count("/")
        named = {
            "speaker_page": lambda name, kind: (
                f"{root}speaker/{self._address(beside.actors.get((name, kind)), name)}.html"
            ),
            "statement_of": beside.told.get,
            "anew": self._anew,
        }
        return pages.render(
            self.kind, self.language, path, "article.html", page=view, kept=kept, story=beside.story, **named
        )

    def error(self, path: str, status: int, message: str) -> str:
        """A page that says what is wrong."""
        known = status if status in KNOWN_ERRORS else 400
        return pages.render(self.kind, self.language, path, "error.html", status=known, message=message)


def moved(speaker: Speaker) -> str:
    """A page that leads from another name of a speaker to the speaker, without a script."""
    to = f"{speaker.id}.html"
    return (
        f'<!DOCTYPE html><html><head><meta charset="utf-8"><meta http-equiv="refresh" content="0; url={to}">'
        f'<meta http-equiv="Content-Security-Policy" content="{pages.POLICY}"><title>Kutip</title>'
        f'<link rel="canonical" href="{to}"></head>'
        f'<body><a href="{to}">{escape(fit(speaker.name))}</a></body></html>\n'
    )


def json(page: msgspec.Struct) -> bytes:
    """The JSON twin of a page."""
    return msgspec.json.encode(page)


def feed(path: str, name: str, title: str, link: str, rows: Iterable[shapes.Statement]) -> str:
    """Statements as an Atom feed. path: of the feed; name: its id; link: to its page, from where it stands."""
    root = "../" * path.count("/")
    entries = [
        Entry(
            id=f"urn:kutip:{s.id}",
            title=f"{s.known_as or s.source or '?'}: {s.content[:100]}",
            link=f"{root}article/{s.article}.html#{s.id}",
            updated=s.day or s.added,
            author=s.speaker or s.source or "?",
            words=s.content,
            lang=s.lang or "",
        )
        for s in rows
    ]
    updated = max((s.added for s in rows), default=moment(_NO_DAY))
    itself = path.rsplit("/", 1)[-1]
    return atom(Feed(f"urn:kutip:{name}", title, link, itself, entries, updated))


def story_feed(key: str, title: str, timeline: Iterable[Told]) -> str:
    """The statements of a story as an Atom feed."""
    entries = [
        Entry(
            id=f"urn:kutip:{told.statement}",
            title=f"{told.speaker or '?'}: {told.content[:100]}",
            link=f"../statement/{told.statement}.html",
            updated=told.published or told.said_on or _NO_DAY,
            author=told.speaker or "?",
            words=told.content,
            lang=told.lang or "",
        )
        for told in timeline
    ]
    updated = max((moment(entry.updated) for entry in entries), default=moment(_NO_DAY))
    return atom(Feed(f"urn:kutip:story:{key}", title, f"{key}.html", f"{key}.atom", entries, updated))


def csv_lines(rows: Iterable[Row]) -> Iterator[str]:
    """Statements as CSV, a line at a time; what a spreadsheet would run is made harmless."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for row in rows:
        values = harmless(cells(row))
        writer.writerow([values[name] for name in COLUMNS])
        yield out.getvalue()
        out.seek(0)
        out.truncate()
    if out.tell():
        yield out.getvalue()


def json_lines(rows: Iterable[Row]) -> Iterator[bytes]:
    """Statements as JSON lines."""
    for row in rows:
        yield msgspec.json.encode({name: getattr(row, name) for name in COLUMNS}) + b"\n"
