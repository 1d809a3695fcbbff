"""``kutip rebuild``: stories, actors and statements made anew."""

import click

import kutip
from kutip.apps.cli.common import crosslingual, now, open_record, recorded, say, settings, spoken
from kutip.apps.cli.output import write_json
from kutip.apps.cli.progress import Steps, progress
from kutip.apps.cli.words import many

COUNTED = ("stories", "actors", "statements")


@click.command(epilog="Example: kutip rebuild --record news.db")
@click.option("--json", "as_json", is_flag=True, help="A JSON object with what there is now.")
@crosslingual
@recorded
@spoken
def rebuild(as_json: bool, crosslingual: bool | None) -> None:
    """Make stories, actors and statements anew from the articles of the record.

    `kutip ingest` keeps them current; this gives the answer that does not depend on when which article came.
    Decisions about actors are kept. Interrupted at any moment, the record is whole, and the same command or the
    next `kutip ingest` goes on.
    """
    from kutip.store import Run

    steps = Steps()
    with open_record("write") as record:
        writer = record.writer(Run(kutip.__version__, {"command": "rebuild"}, now()), crosslingual)
        with progress(steps.show):
            writer.rebuild(steps.note)
            writer.finish(now(), steps.note)
        counts = {
            table: int(record.db.execute(f"SELECT count(*) FROM {table}").fetchone()[0]) for table in COUNTED
        }
    if as_json:
        write_json(counts)
    told = " · ".join(
        many(count, table.removesuffix("s").replace("ie", "y")) for table, count in counts.items()
    )
    say(f"{told} in {settings().record}")
