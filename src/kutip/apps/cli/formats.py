"""The formats of ``kutip export``: each writes what was asked for as it comes, and counts it."""

import csv
import io
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import msgspec

if TYPE_CHECKING:
    from kutip.store import KeptArticle, Said, SaidQuery
    from kutip.store.view import SqliteView

BATCH = 5_000  # rows of a row group in Parquet
_encode = msgspec.json.encode


class Job(msgspec.Struct):
    """What to export. base: what ids follow in the linked formats; counts: what was written, by its noun."""

    view: "SqliteView"
    query: "SaidQuery"
    base: str
    with_text: bool = False
    counts: Counter[str] = msgspec.field(default_factory=Counter)

    def rows(self) -> "Iterator[tuple[Said, str | None]]":
        """Statements, each with the text of its article if texts were asked for."""
        text = lru_cache(maxsize=64)(lambda key: self.view.article(key).article.text)
        for row in self.view.said(self.query):
            self.counts["statements"] += 1
            yield row, text(row.article) if self.with_text else None

    def articles(self) -> "Iterator[KeptArticle]":
        """Articles with the statements that were asked for."""
        for kept in self.view.selected(self.query):
            self.counts["articles"] += 1
            self.counts["statements"] += len(kept.attributions)
            yield kept


def jsonl(job: Job, out: BinaryIO) -> None:
    """A statement a line, as `kutip said --jsonl` gives it."""
    for row, text in job.rows():
        more = {} if text is None else {"text": text}
        out.write(_encode({**msgspec.structs.asdict(row), **more}) + b"\n")


def csv_(job: Job, out: BinaryIO) -> None:
    """A statement a row, with a header; what a spreadsheet would run as a formula is made harmless."""
    from kutip.store import Said
    from kutip.views.export.cells import TEXT, cells, harmless

    columns = [*Said.__struct_fields__, *([TEXT] if job.with_text else [])]
    wrapped = io.TextIOWrapper(out, "utf-8", newline="", write_through=True)
    writer = csv.DictWriter(wrapped, columns)
    writer.writeheader()
    writer.writerows(harmless(cells(row, text)) for row, text in job.rows())
    wrapped.detach()


def jsonld(job: Job, out: BinaryIO) -> None:
    """One JSON-LD document: schema.org and PROV-O; articles with what is said in them, then the claims."""
    from kutip.views.export.claims import claim
    from kutip.views.export.jsonld import CONTEXT, nodes

    def found() -> Iterator[dict[str, Any]]:
        statements: dict[str, None] = {}
        for kept in job.articles():
            yield from nodes(kept, job.base, job.with_text)
            statements.update(dict.fromkeys(job.view.statements_in(kept.article.id)))
        for key in statements:
            one = job.view.statement(key)
            yield from claim(key, one.speaker, one.renditions, job.base)

    _wrapped(out, {"@context": CONTEXT}, "@graph", found())


def webannotation(job: Job, out: BinaryIO) -> None:
    """One AnnotationPage of the W3C Web Annotation model."""
    from kutip.views.export.webannotation import CONTEXT, annotations

    found = (one for kept in job.articles() for one in annotations(kept, job.base))
    head = {"@context": CONTEXT, "id": job.base + "annotations", "type": "AnnotationPage", "startIndex": 0}
    _wrapped(out, head, "items", found)


def ftm(job: Job, out: BinaryIO) -> None:
    """FollowTheMoney entities, one a line; `ftm aggregate` joins what is told of a speaker in several."""
    from kutip.views.export.ftm import entities

    for kept in job.articles():
        for entity in entities(kept, job.with_text):
            job.counts["entities"] += 1
            out.write(_encode(entity) + b"\n")


def parquet(job: Job, path: Path) -> None:
    """A table of statements. Needs pyarrow."""
    import pyarrow.parquet as pq

    from kutip.store import Said
    from kutip.views.export.cells import arrow_batch, arrow_schema

    schema = arrow_schema(Said.__struct_fields__, job.with_text)
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:
        found = job.rows()
        while rows := list(islice(found, BATCH)):
            writer.write_batch(arrow_batch(rows, schema))


def sqlite(job: Job, path: Path) -> None:
    """An SQLite file with tables of articles, statements and channels."""
    from kutip.store.extract import Extract
    from kutip.store.rows import article_row, attribution_row

    with Extract(str(path)) as extract:
        for kept in job.articles():
            article = article_row(kept.article, 0)
            for name in ("run", "found_in", "published_evidence", *([] if job.with_text else ["text"])):
                del article[name]
            statements, channels = [], []
            for one in kept.attributions:
                statements.append(attribution_row(kept.article, one) | {"article": kept.article.id})
                names = enumerate(one.attribution.via)
                channels += [{"statement": one.id, "position": at, "name": name} for at, name in names]
            extract.add(article, statements, channels)


def _wrapped(out: BinaryIO, head: dict[str, Any], key: str, items: Iterable[Any]) -> None:
    """A JSON object: the head, then ``key`` with a list of items, each on a line of its own, as they come."""
    out.write(_encode(head)[:-1] + b"," + _encode(key) + b":[")
    before = b"\n"
    for item in items:
        out.write(before + _encode(item))
        before = b",\n"
    out.write(b"\n]}\n")


STREAMS: dict[str, Callable[[Job, BinaryIO], None]] = {
    "jsonl": jsonl,
    "csv": csv_,
    "jsonld": jsonld,
    "webannotation": webannotation,
    "ftm": ftm,
}
FILES: dict[str, Callable[[Job, Path], None]] = {"parquet": parquet, "sqlite": sqlite}
TEXTLESS = ("webannotation",)  # formats with no place for a full text
