"""``kutip attribute``: texts to attributions, without a record."""

import json
import re
from collections.abc import Iterator
from typing import IO, Any

import click
import msgspec

import kutip
from kutip.apps.cli.common import NOT_ALL, say_rejection, spoken
from kutip.apps.cli.output import write_lines
from kutip.apps.cli.shapes import contract_shape
from kutip.languages import PackError
from kutip.model import Rejection

_SURROGATE_ESCAPE = re.compile(r"\\u[dD][89a-fA-F]")
_SURROGATE = re.compile("[\ud800-\udfff]")


class _Row(msgspec.Struct):
    """An input row; ``id`` is given back as it was written, whatever it is."""

    id: msgspec.Raw = msgspec.Raw(b"null")
    text: Any = None
    lang: Any = None
    published: Any = None
    outlet: Any = None


_ROW = msgspec.json.Decoder(_Row)


class _Unusable(Exception):
    """A row is a JSON object, but not one that can be used; the message says why."""


@click.command(epilog="Example: kutip attribute articles.jsonl > attributions.jsonl")
@click.argument("file", type=click.File("rb"), default="-", metavar="[FILE|-]")
@spoken
def attribute(file: IO[bytes]) -> None:
    """Find who said what in texts: JSON lines in, JSON lines out, in the same order.

    A line of FILE (standard input where it is not given) is {"id", "text", "lang"?, "published"?, "outlet"?}.
    Offsets in the output count the Unicode code points of the text as given. A row that cannot be used gets
    an "error" beside empty attributions; a line that is not JSON gets none. Both are told on standard error,
    and the exit code is 1.
    """
    results = _Results(file)
    write_lines(results)
    if results.rejected:
        click.get_current_context().exit(NOT_ALL)


class _Results:
    """Iterates over the output rows of a stream of input lines, one at a time; counts what was rejected."""

    def __init__(self, lines: IO[bytes]) -> None:
        self.rejected = 0
        self._lines = lines

    def __iter__(self) -> Iterator[dict[str, Any]]:
        for number, line in enumerate(self._lines, 1):
            if number == 1:
                line = line.removeprefix(b"\xef\xbb\xbf")
            if not line.strip():
                continue
            where = f"{getattr(self._lines, 'name', '-')}:{number}"
            try:
                row = _decode(line)
            except (ValueError, msgspec.DecodeError, RecursionError) as error:
                self._reject(Rejection(where, "bad-json", f"not a JSON object with a text: {error}"))
                continue
            try:
                yield {"id": row.id, "attributions": _found(row)}
            except _Unusable as error:
                self._reject(Rejection(where, "unusable-row", str(error)))
                yield {"id": row.id, "attributions": [], "error": str(error)}

    def _reject(self, rejection: Rejection) -> None:
        self.rejected += 1
        say_rejection(rejection)


def _decode(line: bytes) -> _Row:
    """The object on a line. Raises ValueError, DecodeError, RecursionError.

    A lone surrogate ("\\ud800"), which JSON may write and no text can hold, becomes U+FFFD, also one code
    point.
    """
    words = line.decode()
    if _SURROGATE_ESCAPE.search(words):
        words = _SURROGATE.sub("\ufffd", json.dumps(json.loads(words), ensure_ascii=False))
    return _ROW.decode(words)


def _found(row: _Row) -> list[dict[str, Any]]:
    """Attributions in the shape of the contract. Raises _Unusable."""
    if row.text is None:
        raise _Unusable("the row has no text")
    for name, value in (
        ("text", row.text),
        ("lang", row.lang),
        ("published", row.published),
        ("outlet", row.outlet),
    ):
        if not isinstance(value, str | None):
            raise _Unusable(f"{name} is a {type(value).__name__}; it must be a string")
    try:
        found = kutip.attribute(row.text, row.lang, row.published, row.outlet)
    except PackError as error:
        raise _Unusable(str(error)) from error
    return [contract_shape(attribution) for attribution in found]
