"""Lines of JSON with a text each, as ``attribute`` and ``link`` take them."""

import json
import re
from collections.abc import Callable, Iterator
from typing import IO, Any

import msgspec

from kutip.apps.cli.common import say_rejection
from kutip.model import Rejection

_SURROGATE_ESCAPE = re.compile(r"\\u[dD][89a-fA-F]")
_SURROGATE = re.compile("[\ud800-\udfff]")


class TextRow(msgspec.Struct):
    """An input row; ``id`` is given back as it was written, whatever it is."""

    id: msgspec.Raw = msgspec.Raw(b"null")
    text: Any = None
    lang: Any = None
    published: Any = None
    outlet: Any = None
    title: Any = None


_ROW = msgspec.json.Decoder(TextRow)
_STRINGS = ("text", "lang", "published", "outlet", "title")


class Unusable(Exception):
    """A row is a JSON object, but not one that can be used; the message says why."""


class TextRows:
    """Iterates over the rows of a stream of lines; counts what was rejected, and tells it on standard error.

    ``use`` makes a result of a row, or raises Unusable; ``instead`` makes one of a row that cannot be used,
    or None for none.
    """

    def __init__(
        self, lines: IO[bytes], use: Callable[[TextRow], Any], instead: Callable[[TextRow, str], Any]
    ) -> None:
        self.rejected = 0
        self._lines, self._use, self._instead = lines, use, instead

    def __iter__(self) -> Iterator[Any]:
        for number, line in enumerate(self._lines, 1):
            if number == 1:
                line = line.removeprefix(b"\xef\xbb\xbf")
            if line.strip():
                result = self._result(line, f"{getattr(self._lines, 'name', '-')}:{number}")
                if result is not None:
                    yield result

    def _result(self, line: bytes, where: str) -> Any:
        try:
            row = _decode(line)
        except (ValueError, msgspec.DecodeError, RecursionError) as error:
            self._reject(Rejection(where, "bad-json", f"not a JSON object with a text: {error}"))
            return None
        try:
            _check(row)
            return self._use(row)
        except Unusable as error:
            self._reject(Rejection(where, "unusable-row", str(error)))
            return self._instead(row, str(error))

    def _reject(self, rejection: Rejection) -> None:
        self.rejected += 1
        say_rejection(rejection)


def _decode(line: bytes) -> TextRow:
    """The object on a line. Raises ValueError, DecodeError, RecursionError.

    A lone surrogate ("\\ud800"), which JSON may write and no text can hold, becomes U+FFFD, also one code
    point.
    """
    words = line.decode()
    if _SURROGATE_ESCAPE.search(words):
        words = _SURROGATE.sub("\ufffd", json.dumps(json.loads(words), ensure_ascii=False))
    return _ROW.decode(words)


def _check(row: TextRow) -> None:
    """Raises Unusable where a field is missing or of another type."""
    if row.text is None:
        raise Unusable("the row has no text")
    for name in _STRINGS:
        value = getattr(row, name)
        if not isinstance(value, str | None):
            raise Unusable(f"{name} is a {type(value).__name__}; it must be a string")
