"""Blocks of an article to attributions."""

from kutip.languages import Pack
from kutip.model import Attribution, Block


def find_attributions(
    text: str, blocks: tuple[Block, ...], pack: Pack, published: str | None = None
) -> tuple[Attribution, ...]:
    """Attributions in ``text``, in order of their first content span.

    ``blocks`` tells which spans of ``text`` may state something; ``published`` is an ISO date that relative dates
    ("pada hari Senin") are resolved against, or None.
    """
    return ()
