"""``kutip ingest``: pages into the record."""

import os
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING

import click

import kutip
from kutip.apps.cli.columns import mapped, reading
from kutip.apps.cli.common import (
    NOT_ALL,
    VERBOSE,
    crosslingual,
    now,
    open_record,
    processes,
    recorded,
    say,
    say_rejection,
    settings,
    spoken,
)
from kutip.apps.cli.progress import Steps, progress
from kutip.apps.cli.words import many

if TYPE_CHECKING:
    from kutip.flow.page_to_article.draft import Reading
    from kutip.flow.pipeline import Processed
    from kutip.model import Page, Rejection
    from kutip.store import Counts, Writer

SHOWN = 10  # rejections that are listed at the end; all of them are in the record

ANEW = (
    "stories, statements and actors are made anew, for an earlier version made them or an earlier run did not end;"
    " interrupted, the next run goes on"
)


class _Intake:
    """Stands between what is read and what is written: passes on the pages that the record lacks."""

    def __init__(self, writer: "Writer") -> None:
        self.rejections: list[Rejection] = []
        self.reasons: Counter[str] = Counter()
        self._writer = writer

    def new_pages(self, found: "Iterable[Page | Rejection]") -> "Iterator[Page]":
        """Pages of ``found`` that the record lacks; its rejections are kept on the way."""
        from kutip.model import Rejection

        for item in found:
            if isinstance(item, Rejection):
                self.reject(item)
            elif not self._writer.knows(item):
                yield item

    def new_results(self, found: "Iterable[Processed | Rejection]") -> "Iterator[Processed]":
        """The same for pages that were worked on already."""
        from kutip.model import Rejection

        for item in found:
            if isinstance(item, Rejection):
                self.reject(item)
            elif not self._writer.knows(item.page):
                yield item

    def reject(self, rejection: "Rejection") -> None:
        """Keeps why something never became a page."""
        self._writer.reject(rejection)
        self.note(rejection)

    def note(self, rejection: "Rejection") -> None:
        """Remembers a rejection for the end."""
        self.reasons[rejection.reason] += 1
        if len(self.rejections) < SHOWN:
            self.rejections.append(rejection)
        say_rejection(rejection, VERBOSE)


@click.command(epilog="Example: kutip ingest articles/ 'more/*.jsonl.gz' --record news.db")
@click.argument("paths", nargs=-1, required=True, metavar="PATH…")
@processes("pages")
@reading
@mapped
@crosslingual
@recorded
@spoken
def ingest(
    paths: tuple[str, ...],
    columns: dict[str, str],
    jobs: int,
    reading: "Reading",
    crosslingual: bool | None,
) -> None:
    """Read pages into the record, which is made where there is none.

    PATH is a file, a folder, a pattern, or - for standard input: plain text, HTML, WARC, or JSON lines, CSV
    and Parquet with an article a row, also gzipped; or a folder that `kutip batch` wrote. What the record has
    already is passed over; the same URL with another text becomes a new version of the article. Interrupted
    at any moment, the record is whole, and the same command goes on.
    """
    if take_in("ingest", paths, How(reading, jobs, columns, crosslingual)):
        click.get_current_context().exit(NOT_ALL)


@dataclass(frozen=True)
class How:
    """reading: how pages are read. jobs: processes to read with, 0 for one for each core. columns: of rows.
    crosslingual: whether statements are joined across languages by their meaning; None for as the record says.
    """

    reading: "Reading"
    jobs: int = 1
    columns: dict[str, str] = field(default_factory=dict)
    crosslingual: bool | None = None


def take_in(command: str, paths: tuple[str, ...], how: How, earlier: "Iterable[Rejection]" = ()) -> bool:
    """Reads ``paths`` into the record as a run of ``command``, and tells what was done.

    earlier: rejections of what never came to be a path; they are kept too. Gives whether anything was rejected.
    """
    from kutip.flow.parts import join_parts
    from kutip.store import Run

    with open_record("write") as record:
        run = Run(
            kutip.__version__,
            {"command": command, "paths": list(paths), "jobs": how.jobs, "fast": how.reading.fast},
            now(),
        )
        writer = record.writer(run, how.crosslingual)
        intake = _Intake(writer)
        try:
            with progress(lambda: _so_far(writer.counts)):
                for rejection in earlier:
                    intake.reject(rejection)
                for processed in join_parts(_processed(paths, how, intake)):
                    writer.add(processed)
                    for rejection in processed.rejections:
                        intake.note(rejection)
        except KeyboardInterrupt:
            writer.flush()
            raise
        steps = Steps(ANEW)
        with progress(steps.show):
            writer.finish(now(), steps.note)
    _report(writer.counts, intake)
    return bool(intake.reasons)


def _processed(paths: tuple[str, ...], how: How, intake: _Intake) -> "Iterator[Processed]":
    """What came of the new pages, in the order of ``paths``; results of earlier work are only taken over."""
    from kutip.engines import engine
    from kutip.sources import open_pages
    from kutip.sources.results import is_results, read_results

    work = engine(how.jobs or os.cpu_count() or 1, how.reading)
    for done, group in groupby(paths, is_results):
        if done:
            yield from intake.new_results(found for path in group for found in read_results(path))
        else:
            yield from work(intake.new_pages(open_pages(group, columns=how.columns)))


def _so_far(counts: "Counts") -> str:
    parts = (counts.pages, "page"), (counts.articles, "new article"), (counts.attributions, "attribution")
    return " · ".join(many(*part) for part in parts)


def _report(counts: "Counts", intake: _Intake) -> None:
    """What the run did, on standard error."""
    say(f"{_so_far(counts)} in {settings().record}")
    total = intake.reasons.total()
    if not total or settings().verbosity == VERBOSE:  # each was told as it came
        return
    reasons = ", ".join(f"{reason} {count:,}" for reason, count in intake.reasons.most_common())
    say(f"{total:,} not used or only in part: {reasons}")
    for rejection in intake.rejections:
        say_rejection(rejection)
    if total > len(intake.rejections):
        say(f"… and {total - len(intake.rejections):,} more: they are in the view not_used of the record")
