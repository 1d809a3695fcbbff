"""Pages, articles and attributions made by hand, and the whole content of a record to compare."""

from typing import Any

from kutip.flow.pipeline import Processed
from kutip.model import (
    Article,
    Attribution,
    Block,
    Dated,
    Force,
    Kind,
    Page,
    Role,
    Span,
    SpeakerKind,
    content_id,
    sha256_hex,
)
from kutip.store import Record, Run

HEADLINE = "Bendungan Sura aman"
QUOTE = "Air turun dua meter"
TEXT = f"{HEADLINE}\n\n“{QUOTE},” kata Tari Lembayung kepada wartawan.\n\nIa mengatakan pintu air dibuka."
STARTED = "2025-03-01T00:00:00+00:00"
REFERENCES = {
    "articles": {"superseded_by": "articles"},
    "pages": {"article": "articles"},
    "blocks": {"article": "articles"},
    "attributions": {"article": "articles", "repeat_of": "attributions"},
    "channels": {"attribution": "attributions"},
    "mentions": {"article": "articles", "actor": "actors"},
    "rejections": {"page": "pages"},
    "names": {},
}


def span(text: str, words: str) -> Span:
    at = text.index(words)
    return Span(at, at + len(words))


def blocks_of(text: str, roles: tuple[Role, ...] = ()) -> tuple[Block, ...]:
    """A block for each paragraph; the first is the headline unless ``roles`` says otherwise."""
    found, at = [], 0
    for number, words in enumerate(text.split("\n\n")):
        role = roles[number] if number < len(roles) else Role.BODY if number else Role.HEADLINE
        found.append(Block(at, at + len(words), role))
        at += len(words) + 2
    return tuple(found)


def quotation(text: str = TEXT, words: str = QUOTE, **fields: Any) -> Attribution:
    """An attribution with every field filled, its content the first ``words`` in ``text``."""
    given: dict[str, Any] = {
        "kind": Kind.DIRECT,
        "content": (span(text, words),),
        "cue": span(text, "kata") if "kata" in text else None,
        "source": span(text, "Tari Lembayung") if "Tari Lembayung" in text else None,
        "speaker": "Tari Lembayung",
        "speaker_kind": SpeakerKind.PERSON,
        "via": ("Kabar Tengah", "Warta Pagi"),
        "to": "wartawan",
        "said_on": "2025-02-25",
        "force": Force.SAYS,
        "negated": False,
        "confidence": 0.75,
        "rule": "quote-cue-source",
        "venue": "di tepi bendungan",
        "said_on_evidence": "Selasa (25/2/2025)",
        "conditional": True,
        "role": "Kepala Dinas Pengairan",
    }
    return Attribution(**given | fields)


def processed(text: str = TEXT, *attributions: Attribution, **fields: Any) -> Processed:
    """A page of plain text with its article; ``fields`` of Article, and name and fetched_at of the page."""
    name, fetched_at = fields.pop("name", "a.txt"), fields.pop("fetched_at", None)
    content = fields.pop("content", text.encode())
    url = fields.get("url")
    digest = sha256_hex(text.encode("utf-8", "surrogatepass"))
    given: dict[str, Any] = {
        "id": content_id("article", url or name, digest),
        "text": text,
        "sha256": digest,
        "blocks": blocks_of(text),
        "lang": "id",
        "headline": text.split("\n", 1)[0],
        "outlet": "Warta Sore",
        "byline": "Galih P.",
        "published": Dated("2025-02-26T08:16:00+07:00", "minute", "Rabu, 26 Februari 2025", "text"),
        "found_in": {"outlet": "given"},
    }
    page = Page(name, content, "text/plain", url, fetched_at)
    return Processed(page, Article(**given | fields), attributions, ())


def ingest(record: Record, *items: Processed) -> None:
    """One run."""
    writer = record.writer(Run("0", {}, STARTED))
    for item in items:
        writer.add(item)
    writer.finish(STARTED)


def everything(record: Record) -> dict[str, list[tuple[Any, ...]]]:
    """All rows of all tables but runs, with ids in place of row numbers, in an order of their own."""
    ids = {
        table: dict(record.db.execute(f"SELECT key, id FROM {table}").fetchall())
        for table in ("articles", "attributions", "pages", "actors")
    }
    found = {}
    for table, references in REFERENCES.items():
        rows = []
        for row in record.db.execute(f"SELECT * FROM {table}"):
            cells = {name: row[name] for name in row.keys() if name not in ("key", "run")}  # noqa: SIM118
            for name, other in references.items():
                cells[name] = cells[name] and ids[other][cells[name]]
            rows.append(tuple(cells.values()))
        found[table] = sorted(rows, key=repr)
    return found
