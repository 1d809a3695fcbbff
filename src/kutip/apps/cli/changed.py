"""``kutip changed``: renditions that differ in a fact."""

import click

from kutip.apps.cli.common import open_record, recorded, spoken
from kutip.apps.cli.pairs import print_pairs, write_pairs


@click.command(epilog="Example: kutip changed --story s1a157b6")
@click.option("--story", metavar="ID", help="In this story only; the beginning of an id will do.")
@click.option("--limit", type=click.IntRange(0), metavar="N", help="At most N; 0: all. A table shows 50.")
@click.option("--json", "as_json", is_flag=True, help="A JSON array.")
@recorded
@spoken
def changed(story: str | None, limit: int | None, as_json: bool) -> None:
    """Renditions that differ from the reference in a number, a negation, a modality, a name or a date."""
    from kutip.store.tracing import RenditionQuery

    with open_record() as record:
        lineage = record.lineage()
        key = lineage.story(story).story.id if story else ""
        found = lineage.renditions(RenditionQuery(changed=True, story=key, limit=limit or None))
        if as_json:
            write_pairs(found)
        else:
            print_pairs(list(found), limit, "with a change")
