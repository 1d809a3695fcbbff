"""``kutip furniture``: what the articles of each outlet share, to be kept and given to the commands that read."""

import click

from kutip.apps.cli.common import open_record, recorded, say, spoken
from kutip.apps.cli.words import many


@click.command(
    epilog="Example: kutip furniture > furniture.json && kutip ingest new/ --furniture furniture.json"
)
@click.option(
    "--least", type=click.IntRange(2), metavar="N", help="Articles with a block that make it furniture: 5."
)
@click.option(
    "--share",
    type=click.FloatRange(0, 1, min_open=True),
    metavar="S",
    help="Least share of an outlet's articles that have it: 0.2.",
)
@recorded
@spoken
def furniture(least: int | None, share: float | None) -> None:
    """Write the blocks that many articles of an outlet share, as JSON, by outlet.

    Keep it as a file, take out what is no furniture, and name it with --furniture to the commands that read pages:
    they give these blocks the role furniture, so that nobody is taken to have said what a site prints everywhere.
    Only articles that are read from then on are changed.
    """
    import msgspec

    from kutip.flow.page_to_article import learned
    from kutip.store.repeated import LATEST

    with open_record() as record:
        articles = record.view().outlet_articles(LATEST)
        found = learned.learn(articles, least or learned.LEAST, share or learned.SHARE)
    text = msgspec.json.format(msgspec.json.encode(dict(sorted(found.items()))), indent=1)
    click.echo(text.decode())
    say(f"{many(sum(len(f.blocks) for f in found.values()), 'block')} of {many(len(found), 'outlet')}")
