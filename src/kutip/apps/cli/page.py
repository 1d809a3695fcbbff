"""``kutip page``: the record as a web page."""

import os
from itertools import islice
from pathlib import Path

import click

from kutip.apps.cli.common import open_record, recorded, say, spoken


@click.command(epilog="Example: kutip page record.html --title 'Selat Tamber'")
@click.argument("file", metavar="OUT.html", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--title", default="", help="Heading of the page.")
@click.option(
    "--language", metavar="CODE", help="Of the page's own words; that of most articles if not given."
)
@click.option("--limit", type=click.IntRange(1), metavar="N", help="At most N articles, the latest.")
@recorded
@spoken
def page(file: Path, title: str, language: str | None, limit: int | None) -> None:
    """Write the record as one web page: articles with attributions marked in place, speakers, filters.

    The page needs no network. It holds the articles in full: keep it as you keep the record. A thousand
    articles make about 20 MB.
    """
    from kutip.views.reading import reading_page
    from kutip.views.words import interface_languages

    if language is not None and language not in interface_languages():
        known = ", ".join(interface_languages())
        raise click.BadParameter(f"there are words in: {known}", param_hint="--language")
    with open_record() as record:
        articles = list(islice(record.view().articles(), limit))
    _write(file, reading_page(articles, title, language))
    say(f"{file}: {len(articles):,} articles")


def _write(file: Path, text: str) -> None:
    """Writes beside the file first, so that a reader never meets half a page."""
    partial = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        partial.write_text(text, encoding="utf-8", newline="\n")
        partial.replace(file)
    finally:
        partial.unlink(missing_ok=True)
