"""``kutip group``: stories of what ``kutip batch`` wrote, on many cores or machines."""

import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kutip.apps.cli.common import Unusable, say, spoken
from kutip.apps.cli.engines import engine_of, engines, left, with_arrow
from kutip.apps.cli.progress import progress
from kutip.apps.cli.words import many

if TYPE_CHECKING:
    from kutip.engines.grouping import Grouped

SECONDS = 60.0  # of CPU that one article may take


@click.command(epilog="Example: kutip group out/ --jobs 4")
@click.argument("out", type=click.Path(exists=True, file_okay=False, path_type=Path), metavar="OUT")
@engines
@spoken
def group(out: Path, **how: Any) -> None:
    """Group the articles of a folder that `kutip batch` wrote into stories, for analysis without a record.

    Writes OUT/stories.parquet: story, position, article, copy_of, since and until, a row for each article.
    Blocks of time are compared side by side, each with the block before it; every engine writes the same bytes.
    Killed at any moment, the same command goes on. A record makes its own stories, as it grows, and statements.
    """
    with_arrow()
    from kutip.engines import bulk, grouping
    from kutip.engines.pieces import BulkError
    from kutip.sources.results import read_result, unfinished

    started = time.monotonic()
    try:
        shards = bulk.read_manifest(out).shards
        if missing := unfinished(str(out)):
            raise BulkError(f"{out}: {missing}")
        pieces = _Pieces()
        with bulk.alone(out), progress(pieces.show):
            read = partial(read_result, str(out))
            found = grouping.group(out, read, shards, engine_of(how, SECONDS), pieces.note)
    except BulkError as error:
        raise Unusable(str(error)) from error
    _tell(found, out, time.monotonic() - started)


class _Pieces:
    """What the moving line says: what is made, how many pieces there are, of how many, and how long the rest takes."""

    def __init__(self) -> None:
        self._what, self._done, self._of = "", 0, 0
        self._began, self._first = time.monotonic(), 0

    def note(self, what: str, done: int, of: int) -> None:
        """See grouping.Note."""
        if what != self._what:
            self._began, self._first = time.monotonic(), done
        self._what, self._done, self._of = what, done, of

    def show(self) -> str:
        """For ``progress``."""
        words = f"{self._done:,} of {self._of:,} {self._what}"
        new, seconds = self._done - self._first, time.monotonic() - self._began
        return f"{words} · {left(self._done, self._of, new / seconds)}" if new and seconds > 0 else words


def _tell(found: "Grouped", out: Path, seconds: float) -> None:
    """The end of the run for people."""
    say(
        f"{many(found.articles, 'article')} · {many(found.stories, 'story')}, {found.shared:,} of several articles"
        f" · {many(found.copies, 'copy')} in {out / 'stories.parquet'}, {seconds:,.1f} s"
    )
    if found.alone:
        what = many(found.alone, "article")
        say(f"{what} compared with none (no pack for the language, or given up): each a story of its own")
