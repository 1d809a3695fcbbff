"""``kutip reread``: attributions found again in the articles of the record, by this version and its packs."""

import os
from collections import Counter

import click

import kutip
from kutip.apps.cli.common import (
    NOT_ALL,
    crosslingual,
    now,
    open_record,
    processes,
    recorded,
    say,
    settings,
    spoken,
)
from kutip.apps.cli.output import write_json
from kutip.apps.cli.progress import Steps, progress
from kutip.apps.cli.words import many

COUNTED = ("articles", "new", "gone", "changed", "unchanged", "failed")


@click.command(epilog="Example: kutip reread --record news.db --jobs 0")
@processes("articles")
@click.option("--all", "all_", is_flag=True, help="All articles, those that this version has read too.")
@click.option("--json", "as_json", is_flag=True, help="A JSON object with what became of the attributions.")
@crosslingual
@recorded
@spoken
def reread(jobs: int, all_: bool, as_json: bool, crosslingual: bool | None) -> None:
    """Find attributions again in the articles that an older version of Kutip or of a language pack has read.

    Texts, blocks, dates and languages stay as they were read, and so do decisions about actors; no page is
    needed. Stories, actors and statements are brought up to date. Interrupted at any moment, the record is
    whole, and the same command (without --all) goes on. `kutip stats` tells which version read what.
    """
    from kutip.engines import rereader
    from kutip.store import Run

    steps = Steps()
    with open_record("write") as record:
        run = Run(kutip.__version__, {"command": "reread", "jobs": jobs, "all": all_}, now())
        writer = record.writer(run, crosslingual)
        reading = writer.rereader()
        if all_:
            reading.forget()
        total, done = reading.left(), 0
        steps.note(f"of {total:,} articles read again", 0)
        with progress(steps.show):
            for size in reading.keep(rereader(jobs or os.cpu_count() or 1)(reading.articles())):
                done += size
                steps.note(f"of {total:,} articles read again", done)
            writer.counts.attributions = reading.counts["new"]
            differ = writer.settle(steps.note)
            writer.finish(now(), steps.note)
    if as_json:
        write_json({name: reading.counts[name] for name in COUNTED})
    _report(reading.counts, differ)
    if reading.counts["failed"]:
        click.get_current_context().exit(NOT_ALL)


def _report(counts: Counter[str], differ: int) -> None:
    """What was done, on standard error."""
    found = ", ".join(f"{counts[name]:,} {name}" for name in ("new", "gone", "changed", "unchanged"))
    say(f"{many(counts['articles'], 'article')} read again in {settings().record}; attributions: {found}")
    if counts["failed"]:
        say(
            f"{many(counts['failed'], 'article')} as before, for nothing could be found: see the view not_used"
        )
    if differ:
        say(f"stories, actors and statements of {many(differ, 'article')} brought up to date")
