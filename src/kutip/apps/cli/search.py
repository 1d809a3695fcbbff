"""``kutip search``: full text."""

from typing import TYPE_CHECKING

import click

from kutip.apps.cli.common import open_record, recorded, say, spoken
from kutip.apps.cli.output import console, write_array
from kutip.apps.cli.words import SHORT_ID, many

if TYPE_CHECKING:
    from rich.text import Text

    from kutip.store import Hit


@click.command(epilog="Example: kutip search logam tanah jarang")
@click.argument("words", nargs=-1, required=True, metavar="WORDS…")
@click.option(
    "--limit", type=click.IntRange(1), default=20, show_default=True, help="At most so many of each."
)
@click.option("--json", "as_json", is_flag=True, help="A JSON array.")
@recorded
@spoken
def search(words: tuple[str, ...], limit: int, as_json: bool) -> None:
    """Attributions, then articles, that have all of WORDS, the best first.

    The beginning of a word is enough from four letters on, so that endings do not matter. '"two words"' in
    quotation marks stand together. Of words that more than 10,000 have, the last to be taken in come first.
    """
    with open_record() as record:
        hits = record.view().search(" ".join(words), limit)
    if as_json:
        write_array({**_plain(hit), "snippet": hit.snippet.translate(_BRACKETS)} for hit in hits)
        return
    out = console()
    for hit in hits:
        out.print(_text(hit, colour=out.color_system is not None and not out.no_color))
        out.print()
    attributions = sum(hit.what == "attribution" for hit in hits)
    articles = len(hits) - attributions
    say(f"{many(attributions, 'attribution')}, {many(articles, 'article')} (at most {limit} of each)")


_BRACKETS = {2: "[", 3: "]"}


def _plain(hit: "Hit") -> dict[str, object]:
    import msgspec

    return msgspec.structs.asdict(hit)


def _text(hit: "Hit", colour: bool) -> "Text":
    from rich.text import Text

    from kutip.apps.cli.marked import visible

    facts = (
        hit.id[:SHORT_ID],
        hit.what,
        hit.day or "undated",
        hit.outlet or "",
        hit.speaker or hit.title or "",
    )
    text = Text(visible(" · ".join(filter(None, facts))) + "\n", "dim")
    text.append("  ")
    for number, piece in enumerate(hit.snippet.replace("\x03", "\x02").split("\x02")):
        words = " ".join(visible(piece).split("\n")) if piece else ""
        found = number % 2
        text.append(
            words if colour or not found else f"[{words}]", "not dim bold yellow" if found else "not dim"
        )
    return text
