"""Rows of CSV and Parquet files, and of JSON lines whose keys are given, to pages.

A mapping of columns ("text" -> "body") names, for a field of an article, the column that holds it; columns
that it does not name keep their names, and those that news collectors use are known without it.
"""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, BinaryIO

import msgspec

from kutip.flow.batches import FORMAT, results_of
from kutip.model import Page, Rejection
from kutip.sources.limits import MAX_BYTES, needs, too_large

if TYPE_CHECKING:
    from pyarrow import parquet

Columns = Mapping[str, str]

FIELDS = ("text", "html", "headline", "outlet", "byline", "published", "lang", "url", "id", "fetched_at")
PARQUET = b"PAR1"
_SNIFFED = 2**16
_DELIMITERS = ",;\t|"
_ROWS = 32  # rows of a Parquet file that are held at a time


def columns_from(written: str) -> dict[str, str]:
    """A mapping from "text=body,title=headline"; either side of "=" may be the field. Raises ValueError."""
    mapping: dict[str, str] = {}
    for pair in filter(None, map(str.strip, written.split(","))):
        field, equals, column = map(str.strip, pair.partition("="))
        if field not in FIELDS and column in FIELDS:
            field, column = column, field
        if not equals or not column or field not in FIELDS:
            raise ValueError(f"{pair!r} is not FIELD=COLUMN; fields: {', '.join(FIELDS)}")
        mapping[field] = column
    return mapping


def to_page(row: Mapping[str, Any], where: str, columns: Columns) -> Page | Rejection:
    """A row as a page: HTML where the mapping names a column of it, else a JSON object with our names."""
    named = {field: row.get(column) for field, column in columns.items()}
    fetched, url = (_words(named.get(field)) for field in ("fetched_at", "url"))
    if "html" in columns:
        content = named["html"] or b""
        content = content if isinstance(content, bytes) else str(content).encode("utf-8", "replace")
        page = Page(where, content, "text/html", url, fetched)
    else:
        whole = {**row, **named} if columns else row
        encoded = msgspec.json.encode(whole, enc_hook=_words)
        page = Page(where, encoded, "application/json", url, fetched)
    return too_large(where, "row") if len(page.content) > MAX_BYTES else page


def renamed(page: Page, columns: Columns) -> Page | Rejection:
    """A page of one JSON row with its keys named as ours; what is not a JSON object stays as it is."""
    try:
        row = msgspec.json.decode(page.content, type=dict[str, Any])
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return page
    return to_page(row, page.name, columns)


def read_csv(file: BinaryIO, name: str, columns: Columns) -> Iterator[Page | Rejection]:
    """A page for each row after the header. The page is named by the row's number, the header being row 1."""
    file = file if isinstance(file, io.BufferedReader) else io.BufferedReader(file)  # type: ignore[type-var]
    head = file.peek(_SNIFFED)[:_SNIFFED]
    encoding = "utf-16" if head[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    delimiter = _delimiter(head.decode(encoding, "replace"))
    lines = _lines(io.TextIOWrapper(file, encoding, "replace", newline=""))
    csv.field_size_limit(MAX_BYTES - 2)  # so that a line over the limit is one
    rows, number, header = csv.reader(lines, delimiter=delimiter), 0, list[str]()
    while True:
        number += 1
        try:
            row = next(rows, None)
        except csv.Error as error:
            yield Rejection(
                f"{name}:{number}", "bad-csv", f"not a row of CSV: {error}; is a quote not closed?"
            )
            continue
        if row is None:
            return
        if not header:
            header = [cell.strip() for cell in row]
            missing = sorted(set(columns.values()) - set(header))
            if missing:
                yield _no_column(name, missing, header)
                return
        elif any(row):
            yield to_page(dict(zip(header, row, strict=False)), f"{name}:{number}", columns)


def _delimiter(head: str) -> str:
    """The delimiter that the header line has most of."""
    first = head.partition("\n")[0]
    return max(_DELIMITERS, key=first.count)


def _lines(text: io.TextIOWrapper) -> Iterator[str]:
    """Lines, none longer than a page may be: what is beyond is left out."""
    while line := text.readline(MAX_BYTES + 1):
        rest = line
        while rest and not rest.endswith(("\n", "\r")) and len(rest) >= MAX_BYTES:
            rest = text.readline(MAX_BYTES + 1)
        yield line


def read_parquet(
    file: BinaryIO, name: str, columns: Columns, groups: range | None = None
) -> Iterator[Page | Rejection]:
    """A page for each row of ``groups`` (row groups; None: all), named by its number in the file, from 1."""
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError:
        yield needs(name, "Parquet files", "parquet")
        return
    number = 0
    try:
        table = pq.ParquetFile(file)
        if FORMAT.items() <= (table.schema_arrow.metadata or {}).items():
            yield from _pages_of_results(table)
            return
        missing = sorted(set(columns.values()) - set(table.schema_arrow.names))
        if missing:
            yield _no_column(name, missing, table.schema_arrow.names)
            return
        wanted = range(table.num_row_groups) if groups is None else groups
        number = sum(table.metadata.row_group(n).num_rows for n in range(wanted.start))
        for batch in table.iter_batches(_ROWS, row_groups=list(wanted), use_threads=False):
            for row in batch.to_pylist(maps_as_pydicts="lossy"):
                number += 1
                yield to_page(row, f"{name}:{number}", columns)
    except (pa.ArrowException, OSError, UnicodeDecodeError) as error:
        yield Rejection(
            f"{name}:{number + 1}", "bad-parquet", f"damaged: {error}; what came before it is kept"
        )


def _pages_of_results(table: "parquet.ParquetFile") -> Iterator[Page | Rejection]:
    """The pages themselves in what ``kutip batch`` wrote."""
    for batch in table.iter_batches(_ROWS, use_threads=False):
        for result in results_of(batch):
            yield result if isinstance(result, Rejection) else result.page


def _no_column(name: str, missing: Sequence[str], present: Sequence[str]) -> Rejection:
    return Rejection(
        name, "no-column", f"it has no column {', '.join(missing)}; it has: {', '.join(present)[:500]}"
    )


def _words(value: Any) -> Any:
    """What JSON has no form for, as a string."""
    if value is None or isinstance(value, str):
        return value
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
