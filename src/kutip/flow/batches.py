"""Pages to attributions as one pure function over Arrow record batches: what every engine for bulk work runs.

The columns are the fields of Processed, the types those of the model: a field added to a noun is added here.
It needs pyarrow (the extra ``kutip[parquet]``), imported when a batch is made.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec import inspect

from kutip.flow.page_to_article.draft import CAREFUL, Reading
from kutip.flow.pipeline import Processed, process
from kutip.languages.loader import available
from kutip.languages.reader import Reader, present
from kutip.model import Article, Attribution, Page, Rejection
from kutip.version import VERSION

if TYPE_CHECKING:
    import pyarrow as pa

FORMAT = {b"kutip": b"results 1"}  # in the metadata of a schema of results: what the rows are

_BY = b"kutip by"  # in the same metadata: what found the attributions, as _By

Item = Page | Rejection
"""What a source gives."""

Mark = Callable[[int], None]
"""Told the number of each row before it is worked on."""


class Row(msgspec.Struct, frozen=True):
    """A row of the results. A row without a page is a Rejection of something that never became one."""

    page: Page | None
    article: Article | None
    attributions: tuple[Attribution, ...]
    rejections: tuple[Rejection, ...]


class _By(msgspec.Struct, frozen=True):
    """packs: code of a language to the hash of what its pack says."""

    version: str = ""
    packs: dict[str, str] = {}


class _PageRow(msgspec.Struct, frozen=True):
    """A page that has a rejection already is not to be worked on."""

    page: Page | None
    rejections: tuple[Rejection, ...]


def process_batch(
    pages: "pa.RecordBatch", mark: Mark = lambda number: None, reading: Reading = CAREFUL
) -> "pa.RecordBatch":
    """A batch of pages (``page_schema``) to a batch of what came of them (``schema``), row for row."""
    done: list[Processed | Rejection] = []
    for number, item in enumerate(items_of(pages)):
        mark(number)
        done.append(process(item, reading) if isinstance(item, Page) else item)
    return _results(done, pages.column("page"))


def pages_batch(items: Sequence[Item | Processed]) -> "pa.RecordBatch":
    """Pages and rejections of a source as a batch of ``page_schema``; what has been processed, without an article, is
    given up."""
    rows = [_page_row(item) for item in items]
    try:
        return _batch(rows, page_schema())
    except UnicodeEncodeError:
        return _batch([_storable(one) for one in rows], page_schema())


def items_of(pages: "pa.RecordBatch") -> Iterator[Item | Processed]:
    """The reverse of ``pages_batch``."""
    for row in _rows(pages):
        found = msgspec.convert(row, _PageRow)
        if found.page is None:
            yield found.rejections[0]
        else:
            yield Processed(found.page, None, (), found.rejections) if found.rejections else found.page


def results_batch(results: Sequence[Processed | Rejection]) -> "pa.RecordBatch":
    """Results as a batch of ``schema``. What cannot be written as UTF-8 becomes a rejection of its page."""
    return _results(results, None)


def _results(results: Sequence[Processed | Rejection], pages: "pa.Array | None") -> "pa.RecordBatch":
    """See ``results_batch``. pages: the column of pages, where there is one already: they are most of the bytes."""
    rows = [_row(result) for result in results]
    try:
        return _batch(rows, schema(), {"page": pages} if pages is not None else {})
    except UnicodeEncodeError:
        return _batch([_storable(one) for one in rows], schema())


def results_of(batch: "pa.RecordBatch") -> Iterator[Processed | Rejection]:
    """The reverse of ``results_batch``. Raises msgspec.ValidationError where the rows are others."""
    by = msgspec.json.decode((batch.schema.metadata or {}).get(_BY, b"{}"), type=_By)
    for plain in _rows(batch):
        row = msgspec.convert(plain, Row)
        if row.page is None:
            yield from row.rejections
        else:
            lang = row.article.lang if row.article else None
            reader = Reader(by.version, lang or "", by.packs.get(lang or "", ""))
            other = reader if reader != present(lang) else None
            yield Processed(row.page, row.article, row.attributions, row.rejections, other)


@cache
def schema() -> "pa.Schema":
    """Columns of results, with what they are and what finds them."""
    by = _By(VERSION, {code: present(code).pack for code in available()})
    return _schema(Row).with_metadata(FORMAT | {_BY: msgspec.json.encode(by)})


@cache
def page_schema() -> "pa.Schema":
    """Columns of pages that are still to be worked on."""
    return _schema(_PageRow)


def _page_row(item: Item | Processed) -> _PageRow:
    if isinstance(item, Processed):
        return _PageRow(item.page, item.rejections)
    return _PageRow(item, ()) if isinstance(item, Page) else _PageRow(None, (item,))


def _row(result: Processed | Rejection) -> Row:
    if isinstance(result, Rejection):
        return Row(None, None, (), (result,))
    return Row(result.page, result.article, result.attributions, result.rejections)


def _storable(row: "Row | _PageRow") -> "Row | _PageRow":
    """``row``, or why it cannot be kept: half of a surrogate pair is no character."""
    try:
        msgspec.json.encode(row)
    except UnicodeEncodeError as error:
        where = row.page.name if row.page else row.rejections[0].where
        where = where.encode("utf-8", "replace").decode()
        why = (Rejection(where, "not-storable", f"cannot be kept: {error.reason}"),)
        return Row(None, None, (), why) if isinstance(row, Row) else _PageRow(None, why)
    return row


def _batch(
    rows: Sequence[msgspec.Struct], to: "pa.Schema", made: "Mapping[str, pa.Array]" = MappingProxyType({})
) -> "pa.RecordBatch":
    """Rows as a batch. made: columns that need not be made from them."""
    import pyarrow as pa

    def column(field: "pa.Field") -> "pa.Array":
        values = [getattr(row, field.name) for row in rows]
        return pa.array(msgspec.to_builtins(values, builtin_types=(bytes,)), field.type)

    return pa.RecordBatch.from_arrays([made[f.name] if f.name in made else column(f) for f in to], schema=to)


def _rows(batch: "pa.RecordBatch") -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = batch.to_pylist(maps_as_pydicts="strict")
    return rows


def _schema(row: type[msgspec.Struct]) -> "pa.Schema":
    import pyarrow as pa

    info = inspect.type_info(row)
    assert isinstance(info, inspect.StructType)
    return pa.schema([(field.name, _type(field.type)) for field in info.fields])


def _type(of: inspect.Type) -> "pa.DataType":
    """The Arrow type for a type of the model."""
    import pyarrow as pa

    simple = {
        inspect.StrType: pa.string(),
        inspect.EnumType: pa.string(),
        inspect.BytesType: pa.binary(),
        inspect.BoolType: pa.bool_(),
        inspect.IntType: pa.int64(),
        inspect.FloatType: pa.float64(),
    }
    match of:
        case inspect.UnionType(types=types):
            (kept,) = (t for t in types if not isinstance(t, inspect.NoneType))
            return _type(kept)
        case inspect.StructType(fields=fields):
            return pa.struct([(field.name, _type(field.type)) for field in fields])
        case inspect.VarTupleType(item_type=item) | inspect.ListType(item_type=item):
            return pa.list_(_type(item))
        case inspect.DictType(key_type=key, value_type=value):
            return pa.map_(_type(key), _type(value))
    return simple[type(of)]
