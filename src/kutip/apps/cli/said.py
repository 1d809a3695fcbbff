"""``kutip said``: who said what."""

from typing import TYPE_CHECKING

import click

from kutip.apps.cli.common import open_record, recorded, say, spoken
from kutip.apps.cli.dates import IsoDate
from kutip.apps.cli.output import console, write_array, write_csv, write_lines
from kutip.apps.cli.words import SHORT_ID, many
from kutip.model.attribution import Force, Kind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rich.text import Text

    from kutip.store import Record, Said, SaidQuery

ROWS = 50  # of a table, unless --limit says otherwise
COUNTED = 2_000  # of more, a table says that there are more
LETTERS = 300  # of the words of a statement in a table


@click.command(epilog="Example: kutip said --by Peskov --since 2025-02 --about 'logam tanah jarang'")
@click.option("--by", metavar="NAME", help="Speaker, or part of the name.")
@click.option("--actor", metavar="ACTOR", help="Speaker under all names: an id, or a name that only one has.")
@click.option("--about", metavar="WORDS", help="Words in what was said: all of them.")
@click.option("--to", metavar="NAME", help="Whom it was said to.")
@click.option("--via", metavar="NAME", help="Outlet or agency that the article had it from.")
@click.option("--in", "outlet", metavar="OUTLET", help="Outlet that ran the article.")
@click.option("--since", type=IsoDate(), metavar="DATE", help="Said, else published, on or after.")
@click.option("--until", type=IsoDate(), metavar="DATE", help="Said, else published, on or before.")
@click.option(
    "--kind", type=click.Choice([k.value for k in Kind]), metavar="KIND", help=", ".join(Kind) + "."
)
@click.option(
    "--force", type=click.Choice([f.value for f in Force]), metavar="FORCE", help="says, denies, asks …"
)
@click.option(
    "--limit", type=click.IntRange(0), metavar="N", help=f"At most N; 0: all. A table shows {ROWS}."
)
@click.option("--json", "form", flag_value="json", help="A JSON array.")
@click.option("--jsonl", "form", flag_value="jsonl", help="A JSON object a line.")
@click.option("--csv", "form", flag_value="csv", help="CSV.")
@recorded
@spoken
def said(form: str | None, limit: int | None, **asked: str | None) -> None:
    """Who said what, when, to whom, through which outlet; the latest first.

    Case and accents do not matter, and part of a name will do. Dates may be a year, a month or a day.
    """
    from kutip.store import Said

    if limit is None and form is None:
        limit = ROWS
    with open_record() as record:
        query = question(record, limit or None, asked)
        view = record.view()
        if form == "json":
            write_array(view.said(query))
        elif form == "jsonl":
            write_lines(view.said(query))
        elif form == "csv":
            from kutip.views.export.cells import cells, harmless

            write_csv(Said.__struct_fields__, (harmless(cells(row)) for row in view.said(query)))
        else:
            _print(*view.said_and_count(query, COUNTED))


def question(record: "Record", limit: int | None, asked: "Mapping[str, str | None]") -> "SaidQuery":
    """What the options ask for. Raises NotFound for an actor that is not there, or not the only one."""
    from kutip.store import SaidQuery
    from kutip.store.contract import Whose

    given = {name: value or "" for name, value in asked.items() if name != "actor"}
    whose = None
    if asked["actor"]:
        found = record.actors().meant(asked["actor"])
        whose = Whose(tuple(seen.name for seen in found.names), found.actor.id)
    return SaidQuery(**given, whose=whose, limit=limit)


def _print(rows: "list[Said]", total: int) -> None:
    """A table for people; how many there are goes to standard error."""
    from rich.table import Table

    from kutip.apps.cli.marked import visible

    table = Table(box=None, padding=(0, 2, 1, 0), header_style="bold", expand=True)
    table.add_column("Day", no_wrap=True)
    table.add_column("Who", min_width=14, ratio=2)
    table.add_column("What", ratio=5)
    table.add_column("Where", min_width=12, ratio=2)
    for row in rows:
        table.add_row(*(_cell(*map(visible, lines)) for lines in _lines(row)))
    if rows:
        console().print(table)
    found = many(total, "statement") if total <= COUNTED else f"more than {COUNTED:,} statements"
    say(f"{len(rows):,} of {found}; --limit 0 shows all" if total > len(rows) else found)


def _lines(row: "Said") -> tuple[tuple[str, str], ...]:
    """The cells of a statement, each with what is shown brightly and what beside it."""
    words = row.content if len(row.content) <= LETTERS else row.content[:LETTERS].rsplit(" ", 1)[0] + " …"
    act = [row.force if row.force != Force.SAYS else "", f"to {row.to}" if row.to else ""]
    return (
        (row.day or "undated", row.id[:SHORT_ID]),
        (row.speaker or f"({row.source or 'not told'})", row.speaker_role),
        (f"“{words}”" if row.kind == Kind.DIRECT else words, " ".join(filter(None, act))),
        (row.outlet or row.page.rsplit("/", 1)[-1], f"via {', '.join(row.via)}" if row.via else ""),
    )


def _cell(bright: str, dim: str) -> "Text":
    from rich.text import Text

    return Text.assemble(bright, ("\n" + dim if dim else "", "dim"))
