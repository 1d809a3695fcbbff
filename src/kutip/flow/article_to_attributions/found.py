"""What a frame found, in places of the text, before the speaker is known."""

import msgspec

from kutip.flow.article_to_attributions.match import Match
from kutip.model import Kind, Span


class Found(msgspec.Struct):
    """One attribution in the making."""

    match: Match
    cue: Span | None
    source: Span | None
    content: list[Span]
    kind: Kind
    sentence: int  # running number in the article
    block: int
    carried_on: bool = False  # a quotation that the next paragraph goes on with
