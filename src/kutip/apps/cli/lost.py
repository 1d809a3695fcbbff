"""``kutip lost``: statements told as the outlet's own words."""

import click

from kutip.apps.cli.common import open_record, recorded, spoken
from kutip.apps.cli.pairs import print_pairs, write_pairs


@click.command(epilog="Example: kutip lost --story s1a157b6")
@click.option("--story", metavar="ID", help="In this story only; the beginning of an id will do.")
@click.option("--limit", type=click.IntRange(0), metavar="N", help="At most N; 0: all. A table shows 50.")
@click.option("--json", "as_json", is_flag=True, help="A JSON array.")
@recorded
@spoken
def lost(story: str | None, limit: int | None, as_json: bool) -> None:
    """Statements that an article tells as its own words and nowhere ascribes: where the source was lost, and who
    had it.
    """
    from kutip.store.tracing import RenditionQuery

    with open_record() as record:
        lineage = record.lineage()
        key = lineage.story(story).story.id if story else ""
        found = lineage.renditions(RenditionQuery(lost=True, story=key, limit=limit or None))
        if as_json:
            write_pairs(found)
        else:
            print_pairs(list(found), limit, "told without a source")
