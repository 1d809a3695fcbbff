"""``kutip export``: statements in the formats of others."""

import os
import sys
from collections.abc import Callable
from pathlib import Path

import click

from kutip.apps.cli.common import open_record, recorded, say, settings, spoken
from kutip.apps.cli.formats import FILES, STREAMS, TEXTLESS, Job
from kutip.apps.cli.progress import progress
from kutip.apps.cli.said import question, said

FILTERS = ("by", "actor", "about", "to", "via", "outlet", "since", "until", "kind", "force")
BASE = "urn:kutip:"


def filtered(command: click.Command) -> click.Command:
    """Adds the filters of `kutip said` to a command."""
    command.params[:0] = [param for param in said.params if param.name in FILTERS]
    return command


@filtered
@click.command(epilog="Example: kutip export --format parquet --since 2025-02 statements.parquet")
@click.argument("out", metavar="OUT", type=click.Path(path_type=Path))
@click.option("--format", "form", required=True, type=click.Choice([*STREAMS, *FILES]), help="Which format.")
@click.option("--limit", type=click.IntRange(1), metavar="N", help="At most N statements, the latest.")
@click.option(
    "--base", default=BASE, metavar="IRI", help=f"What ids follow in jsonld and webannotation [{BASE}]."
)
@click.option("--with-text", is_flag=True, help="Also the full texts of the articles.")
@recorded
@spoken
def export(out: Path, form: str, limit: int | None, base: str, with_text: bool, **asked: str | None) -> None:
    """Write statements to OUT, with the filters of `kutip said`; - is standard output.

    Full texts stay in the record: an export carries the words that were said, their places, hashes and links.
    docs/export.md shows an example of each format.
    """
    if with_text and form in TEXTLESS:
        raise click.UsageError(f"{form} has no place for full texts; leave --with-text out")
    with open_record() as record:
        query = question(record, limit, asked)
        job = Job(record.view(), query, base, with_text)
        with progress(lambda: f"{job.counts['statements']:,} statements"):
            if str(out) == "-":
                _to_stdout(form, job)
            else:
                _to_file(form, job, out)
    say(f"{out}: " + ", ".join(f"{count:,} {noun}" for noun, count in job.counts.items()))
    if with_text:
        click.echo(
            f"{out} holds the full texts of articles, which belong to their publishers: do not pass it on"
            " without their leave",
            err=True,
        )
    if not job.counts["statements"]:
        say(f"nothing in {settings().record} answers to these filters")


def _to_stdout(form: str, job: Job) -> None:
    if form not in STREAMS:
        raise click.UsageError(f"{form} is not written to standard output; name a file")
    sys.stdout.flush()
    STREAMS[form](job, sys.stdout.buffer)


def _to_file(form: str, job: Job, out: Path) -> None:
    """Writes beside the file first, so that a reader never meets half of it."""
    partial = out.with_name(f".{out.name}.{os.getpid()}")
    try:
        if form in STREAMS:
            with partial.open("wb") as stream:
                STREAMS[form](job, stream)
        else:
            _with_library(FILES[form], job, partial)
        partial.replace(out)
    finally:
        partial.unlink(missing_ok=True)


def _with_library(write: Callable[[Job, Path], None], job: Job, path: Path) -> None:
    try:
        write(job, path)
    except ModuleNotFoundError as error:
        raise click.UsageError(
            f"this format needs {error.name}; install it with: pip install 'kutip[parquet]'"
        ) from error
