"""``kutip attribute``: texts to attributions, without a record."""

from typing import IO, Any

import click

import kutip
from kutip.apps.cli.common import NOT_ALL, spoken
from kutip.apps.cli.output import write_lines
from kutip.apps.cli.shapes import contract_shape
from kutip.apps.cli.textrows import TextRow, TextRows, Unusable
from kutip.languages import PackError


@click.command(epilog="Example: kutip attribute articles.jsonl > attributions.jsonl")
@click.argument("file", type=click.File("rb"), default="-", metavar="[FILE|-]")
@spoken
def attribute(file: IO[bytes]) -> None:
    """Find who said what in texts: JSON lines in, JSON lines out, in the same order.

    A line of FILE (standard input where it is not given) is {"id", "text", "lang"?, "published"?, "outlet"?}.
    Offsets in the output count the Unicode code points of the text as given. A row that cannot be used gets
    an "error" beside empty attributions; a line that is not JSON gets none. Both are told on standard error,
    and the exit code is 1.
    """
    results = TextRows(file, _found, _nothing)
    write_lines(results)
    if results.rejected:
        click.get_current_context().exit(NOT_ALL)


def _found(row: TextRow) -> dict[str, Any]:
    """Attributions in the shape of the contract. Raises Unusable."""
    try:
        found = kutip.attribute(row.text, row.lang, row.published, row.outlet)
    except PackError as error:
        raise Unusable(str(error)) from error
    return {"id": row.id, "attributions": [contract_shape(attribution) for attribution in found]}


def _nothing(row: TextRow, why: str) -> dict[str, Any]:
    return {"id": row.id, "attributions": [], "error": why}
