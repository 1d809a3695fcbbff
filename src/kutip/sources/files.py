"""Paths to pages. Order is fixed: paths as given, folders walked by name."""

import glob
import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import BinaryIO

from kutip.model import Page, Rejection
from kutip.sources.content import KINDS, Part, read_part, read_stream, suffix


def open_pages(
    paths: Iterable[str | Path], stdin: BinaryIO | None = None, columns: Mapping[str, str] | None = None
) -> Iterator[Page | Rejection]:
    """Pages in ``paths``: files, folders (all below them), glob patterns, "-" for standard input.

    JSON lines, CSV and Parquet give a page a row, WARC files a page a response; any file may be gzipped
    (".gz"). What cannot be read comes as a Rejection that names file and line, and reading goes on. stdin:
    what "-" reads; sys.stdin where None. columns: field of an article -> column of the rows that holds it.
    """
    for path in paths:
        if str(path) == "-":
            yield from read_stream(stdin or sys.stdin.buffer, Part("-"), columns or {})
            continue
        for found in find_files(str(path)):
            if isinstance(found, Rejection):
                yield found
            else:
                yield from read_part(Part(found), columns or {})


def find_files(path: str) -> Iterator[str | Rejection]:
    """Files that ``path`` names, in their order; what there is not, or of no known kind, as a Rejection.

    Hidden files of a folder are passed over, and so are its README and LICENSE, unless their kind is known.
    """
    if os.path.isdir(path):
        yield from _in_folder(path)
    elif os.path.exists(path):
        yield path
    elif glob.has_magic(path):
        matches = sorted(glob.glob(path, recursive=True))
        if not matches:
            yield Rejection(path, "not-found", "no file matches this pattern")
        for match in matches:
            yield from find_files(match)
    else:
        yield Rejection(path, "not-found", "there is no such file or folder")


_ABOUT = ("README", "LICENSE", "COPYING")  # files about a folder, no pages


def _in_folder(folder: str) -> Iterator[str | Rejection]:
    for here, folders, names in os.walk(folder):
        folders[:] = sorted(f for f in folders if not f.startswith("."))
        for name in sorted(n for n in names if not n.startswith(".")):
            path = os.path.join(here, name)
            if suffix(name) in KINDS and os.path.isfile(path):
                yield path
            elif not name.startswith(_ABOUT):
                kinds = ", ".join(KINDS)
                yield Rejection(
                    path, "unknown-type", f"not one of {kinds} (or .gz of them); name it to read it"
                )
