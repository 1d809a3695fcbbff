"""Statements as flat cells for CSV and SQLite, and as an Arrow table for Parquet."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, Protocol

import msgspec

from kutip.model import Span

if TYPE_CHECKING:
    import pyarrow

TEXT = "text"  # the column of full texts, where they were asked for
# What a spreadsheet would take for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class Row(Protocol):
    """A statement of the record: a struct whose fields are its columns."""

    __struct_fields__: ClassVar[tuple[str, ...]]

    @property
    def via(self) -> tuple[str, ...]: ...
    @property
    def content_spans(self) -> tuple[Span, ...]: ...
    @property
    def cue_span(self) -> Span | None: ...
    @property
    def source_span(self) -> Span | None: ...


def cells(row: Row, text: str | None = None) -> dict[str, Any]:
    """A statement as cells: spans as "98-105 120-130", names of a channel with ", " between them."""
    values: dict[str, Any] = {name: getattr(row, name) for name in row.__struct_fields__}
    values["via"] = ", ".join(row.via)
    values["content_spans"] = _written(row.content_spans)
    for name, span in (("cue_span", row.cue_span), ("source_span", row.source_span)):
        values[name] = _written((span,)) if span else None
    return values if text is None else {**values, TEXT: text}


def harmless(values: dict[str, Any]) -> dict[str, Any]:
    """The cells with an apostrophe before what a spreadsheet would run as a formula."""
    return {
        name: "'" + value if isinstance(value, str) and value.startswith(_FORMULA) else value
        for name, value in values.items()
    }


def arrow_schema(columns: Sequence[str], with_text: bool) -> "pyarrow.Schema":
    """The columns of a table of statements: text, but for truth values, numbers, lists and spans."""
    import pyarrow as pa

    span = pa.struct([("start", pa.int64()), ("end", pa.int64())])
    kinds = {
        "negated": pa.bool_(),
        "conditional": pa.bool_(),
        "confidence": pa.float64(),
        "via": pa.list_(pa.string()),
        "content_spans": pa.list_(span),
        "cue_span": span,
        "source_span": span,
    }
    names = [*columns, TEXT] if with_text else columns
    return pa.schema([(name, kinds.get(name, pa.string())) for name in names])


def arrow_batch(rows: Iterable[tuple[Row, str | None]], schema: "pyarrow.Schema") -> "pyarrow.RecordBatch":
    """Statements as a record batch. rows: each with its article's text, if the schema has a place for it."""
    import pyarrow as pa

    values = [{**msgspec.to_builtins(row), TEXT: text} for row, text in rows]
    return pa.RecordBatch.from_pylist(values, schema=schema)


def _written(spans: Iterable[Span]) -> str:
    return " ".join(f"{span.start}-{span.end}" for span in spans)
