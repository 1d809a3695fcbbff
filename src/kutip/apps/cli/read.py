"""``kutip read``: pages to articles, without a record."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from kutip.apps.cli.columns import mapped, reading
from kutip.apps.cli.common import NOT_ALL, say_rejection, spoken
from kutip.apps.cli.output import write_lines
from kutip.apps.cli.shapes import read_shape

if TYPE_CHECKING:
    from kutip.flow.page_to_article.draft import Reading
    from kutip.flow.pipeline import Processed


@click.command(epilog="Example: kutip read page.html | jq -r .body")
@click.argument("paths", nargs=-1, required=True, metavar="PATH…")
@reading
@mapped
@spoken
def read(paths: tuple[str, ...], columns: dict[str, str], reading: "Reading") -> None:
    """Read pages and write the articles on them, a JSON object a line, in the order of the pages.

    PATH is as for `kutip ingest`. What could not be read is told on standard error, and the exit code is 1.
    """
    rejected = 0

    def articles() -> Iterator[dict[str, Any]]:
        from kutip.flow.parts import join_parts, part_of

        written: set[str] = set()  # articles over several pages
        for done in join_parts(results()):
            if done.article is None or done.article.id in written:
                continue
            if part_of(done.page, done.article):
                written.add(done.article.id)
            yield read_shape(done.page.name, done.article)

    def results() -> "Iterator[Processed]":
        nonlocal rejected
        from kutip.flow.pipeline import Processed, read_page
        from kutip.model import Page, Rejection
        from kutip.sources import open_pages

        for page in open_pages(paths, columns=columns):
            result = read_page(page, reading) if isinstance(page, Page) else page
            if isinstance(result, Rejection):
                rejected += 1
                say_rejection(result)
            elif isinstance(page, Page):
                yield Processed(page, result, (), ())

    write_lines(articles())
    if rejected:
        click.get_current_context().exit(NOT_ALL)
