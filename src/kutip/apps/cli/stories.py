"""``kutip stories``: what the news was."""

from typing import TYPE_CHECKING, Any

import click

from kutip.apps.cli.common import open_record, recorded, say, spoken
from kutip.apps.cli.dates import IsoDate, window
from kutip.apps.cli.output import console, write_array
from kutip.apps.cli.words import SHORT_ID, many

if TYPE_CHECKING:
    from kutip.store.lineage import StoryLine

ROWS = 30  # of a table, unless --limit says otherwise
OUTLETS = 3  # that are named


@click.command(epilog="Example: kutip stories --since 2025-02 --about 'logam tanah jarang'")
@click.option("--since", type=IsoDate(), metavar="DATE", help="Reported on or after.")
@click.option("--until", type=IsoDate(), metavar="DATE", help="Reported on or before.")
@click.option("--about", metavar="WORDS", help="Words in one of its articles: all of them.")
@click.option("--speaker", metavar="NAME", help="Somebody who speaks in it, or part of the name.")
@click.option(
    "--limit", type=click.IntRange(0), metavar="N", help=f"At most N; 0: all. A table shows {ROWS}."
)
@click.option("--json", "as_json", is_flag=True, help="A JSON array.")
@recorded
@spoken
def stories(as_json: bool, limit: int | None, **asked: str | None) -> None:
    """Stories: the articles that report one event. The last reported first.

    Dates may be a year, a month or a day; a story passes whose window touches them.
    """
    from kutip.store import tracing

    if limit is None and not as_json:
        limit = ROWS
    query = tracing.StoryQuery(**{name: value or "" for name, value in asked.items()}, limit=limit or None)
    with open_record() as record:
        view = record.lineage()
        rows = ((one, view.outlets(one.id)) for one in view.stories(query))
        if as_json:
            write_array(_shape(*row) for row in rows)
            return
        found = list(rows)
        total, waiting = view.count_stories(query), view.waiting()
    _print(found)
    counted = many(total, "story")
    say(f"{len(found):,} of {counted}; --limit 0 shows all" if total > len(found) else counted)
    if waiting:
        say(f"{many(waiting, 'article')} not in these stories as now read: `kutip rebuild` works that out")


def _shape(story: "StoryLine", outlets: tuple[str, ...]) -> dict[str, Any]:
    return {
        "id": story.id,
        "headline": story.headline,
        "since": story.since,
        "until": story.until,
        "articles": story.articles,
        "copies": story.copies,
        "outlets": outlets,
        "statements": story.statements,
    }


def _print(rows: "list[tuple[StoryLine, tuple[str, ...]]]") -> None:
    from rich.table import Table
    from rich.text import Text

    from kutip.apps.cli.marked import visible

    table = Table(box=None, padding=(0, 2, 1, 0), header_style="bold", expand=True)
    table.add_column("Reported", width=12)
    table.add_column("Story", ratio=5)
    table.add_column("Outlets", ratio=2, min_width=12, overflow="fold")
    for name in ("Articles", "Statements"):
        table.add_column(name, justify="right", no_wrap=True)
    for story, outlets in rows:
        more = f" and {len(outlets) - OUTLETS} more" if len(outlets) > OUTLETS else ""
        named = ", ".join(outlets[:OUTLETS]) + more
        copies = f"\n{many(story.copies, 'copy')}" if story.copies else ""
        table.add_row(
            window(story.since, story.until),
            Text.assemble(visible(story.headline or "no headline"), (f"\n{story.id[:SHORT_ID]}", "dim")),
            visible(named or "not known"),
            Text.assemble(f"{story.articles:,}", (copies, "dim")),
            f"{story.statements:,}",
        )
    if rows:
        console().print(table)
