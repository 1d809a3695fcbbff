"""What stands around source, cue and content: channel, addressee, date, venue."""

from typing import NamedTuple

from kutip.flow.article_to_attributions.chart import Chart
from kutip.flow.article_to_attributions.found import Found
from kutip.flow.article_to_attributions.lexicon import Lexicon
from kutip.languages import Pack


class Around(NamedTuple):
    """Satellites of one attribution."""

    via: tuple[str, ...] = ()
    to: str = ""
    said_on: str | None = None
    said_on_evidence: str = ""


def satellites(f: Found, chart: Chart, lexicon: Lexicon, pack: Pack, published: str | None) -> Around:
    """Chunks of the sentence outside the content that tell channel, addressee and date."""
    return Around()
