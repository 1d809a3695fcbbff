"""``kutip site``: the record as a web site of files."""

import os
from pathlib import Path

import click

import kutip
from kutip.apps.cli.common import recorded, say, settings, spoken
from kutip.apps.cli.progress import progress


@click.command(epilog="Example: kutip site public/ --record news.db")
@click.argument("out", metavar="OUT", type=click.Path(file_okay=False, path_type=Path))
@click.option(
    "--language", metavar="CODE", help="Of the pages' own words when they open; readers can change it."
)
@click.option("--with-text", is_flag=True, help="Articles in full, not only the words of their attributions.")
@click.option(
    "--jobs", "-j", type=click.IntRange(0), default=0, metavar="N", help="Processes [one for each core]."
)
@recorded
@spoken
def site(out: Path, language: str | None, with_text: bool, jobs: int) -> None:
    """Write the record as a web site into the folder OUT: no server, no account, no network.

    Open OUT/index.html from the disk, or put the folder on any host. An earlier site in OUT is brought up to date.
    """
    from kutip.apps.web.site import Plan, Site, SiteError
    from kutip.views.web.page import Kind
    from kutip.views.words import interface_languages

    known = interface_languages()
    if language is not None and language not in known:
        raise click.BadParameter(f"there are words in: {', '.join(known)}", param_hint="--language")
    written = 0

    def wrote(count: int) -> None:
        nonlocal written
        written = count

    kind = Kind(static=True, with_text=with_text, version=kutip.__version__)
    made = Site(Plan(out, settings().record, kind, language or known[0]), wrote)
    try:
        with progress(lambda: f"{written:,} files"):
            files = made.build(jobs or os.cpu_count() or 1)
    except SiteError as error:
        raise click.UsageError(str(error)) from error
    finally:
        made.close()
    say(f"{files:,} files; open {out / 'index.html'}")
    if with_text:
        click.echo(
            f"{out} holds the full texts of articles, which belong to their publishers: do not publish it"
            " without their leave",
            err=True,
        )
