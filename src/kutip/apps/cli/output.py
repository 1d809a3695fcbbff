"""How results are written: JSON, JSON lines, CSV; and what may reach a terminal."""

import csv
import io
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, BinaryIO

import msgspec

if TYPE_CHECKING:
    from rich.console import Console

_ENCODER = msgspec.json.Encoder()
WIDTH_WITHOUT_TERMINAL = 100


def stdout() -> BinaryIO:
    """Standard output for bytes: JSON and CSV are UTF-8 whatever the locale."""
    sys.stdout.flush()
    return sys.stdout.buffer


def write_json(value: Any) -> None:
    """One value, indented, to standard output."""
    stdout().write(msgspec.json.format(_ENCODER.encode(value), indent=2) + b"\n")


def write_array(rows: Iterable[Any]) -> None:
    """A JSON array to standard output, an item a line, as the items come."""
    out, before = stdout(), b"[\n"
    for row in rows:
        out.write(before + _ENCODER.encode(row))
        before = b",\n"
    out.write(b"[]\n" if before == b"[\n" else b"\n]\n")


def write_lines(rows: Iterable[Any]) -> None:
    """JSON lines to standard output, each sent at once."""
    out = stdout()
    for row in rows:
        out.write(_ENCODER.encode(row) + b"\n")
        out.flush()


def write_csv(columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> None:
    """CSV (UTF-8, CRLF, a header) to standard output."""
    out = io.TextIOWrapper(stdout(), "utf-8", newline="", write_through=True)
    try:
        writer = csv.DictWriter(out, columns)
        writer.writeheader()
        writer.writerows(rows)
    finally:
        out.detach()


def console(stderr: bool = False) -> "Console":
    """Where people read: as wide as their terminal, WIDTH_WITHOUT_TERMINAL where there is none."""
    from rich.console import Console

    found = Console(stderr=stderr, highlight=False, markup=False, emoji=False)
    if not found.is_terminal and "COLUMNS" not in found._environ:
        found.width = WIDTH_WITHOUT_TERMINAL
    return found
