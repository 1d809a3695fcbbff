"""``kutip stats``: what the record holds."""

from typing import TYPE_CHECKING

import click

from kutip.apps.cli.common import open_record, recorded, say, spoken
from kutip.apps.cli.output import console, write_json
from kutip.apps.cli.words import many

if TYPE_CHECKING:
    from rich.table import Table

    from kutip.store import Tally
    from kutip.store.readers import ReadBy


@click.command(epilog="Example: kutip stats --record news.db")
@click.option("--json", "as_json", is_flag=True, help="A JSON object.")
@recorded
@spoken
def stats(as_json: bool) -> None:
    """Articles, outlets, languages, attributions by kind, speakers, rejections by reason."""
    from rich.columns import Columns

    from kutip.store import Tally

    with open_record() as record:
        found = record.view().stats()
    if as_json:
        write_json(found)
        return
    out = console()
    days = f"{found.first_day} to {found.last_day}" if found.first_day else "no dates"
    older = f", and {many(found.superseded, 'older version')}" if found.superseded else ""
    again = f"; {found.repeats:,} more repeat a headline or a lead" if found.repeats else ""
    out.print(f"{many(found.articles, 'article')} from {many(found.pages, 'page')}{older}")
    out.print(
        f"{many(found.attributions, 'attribution')} of {many(found.speakers, 'speaker')}, {days}{again}"
    )
    out.print()
    tables = {
        "Outlets": found.outlets,
        "Languages": found.languages,
        "Kinds": found.kinds,
        "Speakers": found.top_speakers,
        "Not used": found.rejections,
        "Read by": tuple(Tally(_reader(one), one.articles) for one in found.readers),
    }
    out.print(Columns([_table(name, rows) for name, rows in tables.items() if rows], padding=(0, 4)))
    if old := sum(one.articles for one in found.readers if one.older):
        say(f"{many(old, 'article')} read by an older version or language pack: `kutip reread` reads again")


def _reader(one: "ReadBy") -> str:
    """The version, the language, and whether the version or its pack has changed."""
    return f"{one.version or 'not known'} · {one.lang or '?'}{' · older' if one.older else ''}"


def _table(name: str, rows: "tuple[Tally, ...]") -> "Table":
    from rich.table import Table

    from kutip.apps.cli.marked import visible

    table = Table(box=None, padding=(0, 2, 0, 0), header_style="bold")
    table.add_column(name)
    table.add_column("", justify="right")
    for row in rows:
        table.add_row(visible(row.name) if row.name is not None else "(unknown)", f"{row.count:,}")
    table.add_row("", "")
    return table
