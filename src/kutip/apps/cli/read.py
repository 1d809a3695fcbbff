"""``kutip read``: pages to articles, without a record."""

from collections.abc import Iterator
from typing import Any

import click

from kutip.apps.cli.columns import hasty, mapped
from kutip.apps.cli.common import NOT_ALL, say_rejection, spoken
from kutip.apps.cli.output import write_lines
from kutip.apps.cli.shapes import read_shape


@click.command(epilog="Example: kutip read page.html | jq -r .body")
@click.argument("paths", nargs=-1, required=True, metavar="PATH…")
@hasty
@mapped
@spoken
def read(paths: tuple[str, ...], columns: dict[str, str], fast: bool) -> None:
    """Read pages and write the articles on them, a JSON object a line, in the order of the pages.

    PATH is as for `kutip ingest`. What could not be read is told on standard error, and the exit code is 1.
    """
    rejected = 0

    def articles() -> Iterator[dict[str, Any]]:
        nonlocal rejected
        from kutip.flow.page_to_article.draft import Reading
        from kutip.flow.pipeline import read_page
        from kutip.model import Page, Rejection
        from kutip.sources import open_pages

        for page in open_pages(paths, columns=columns):
            result = page if isinstance(page, Rejection) else read_page(page, Reading(fast))
            if isinstance(result, Rejection):
                rejected += 1
                say_rejection(result)
            elif isinstance(page, Page):
                yield read_shape(page.name, result)

    write_lines(articles())
    if rejected:
        click.get_current_context().exit(NOT_ALL)
