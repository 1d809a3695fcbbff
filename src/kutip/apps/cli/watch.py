"""``kutip watch``: ``kutip fetch``, again and again."""

import time
from typing import Any

import click

from kutip.apps.cli.common import NOT_ALL, now, recorded, say, spoken
from kutip.apps.cli.fetch import fetch_once, fetching


@click.command(epilog="Example: kutip watch feeds.opml --every 30 --record news.db")
@fetching
@click.option(
    "--every", type=click.FloatRange(0), default=15.0, metavar="MINUTES", help="Time between two rounds."
)
@click.option("--rounds", type=click.IntRange(1), metavar="N", help="End after so many.")
@recorded
@spoken
def watch(sources: tuple[str, ...], every: float, rounds: int | None, **how: Any) -> None:
    """Do what `kutip fetch` does, round after round, until it is stopped by Ctrl-C."""
    rejected, number = False, 0
    while True:
        number += 1
        started = time.monotonic()
        say(f"{now()} round {number}")
        rejected |= fetch_once("watch", sources, how)
        if number == rounds:
            break
        time.sleep(max(0.0, every * 60 - (time.monotonic() - started)))
    if rejected:
        click.get_current_context().exit(NOT_ALL)
