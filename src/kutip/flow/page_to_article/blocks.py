"""Text to blocks: the paragraphs of a canonical text, each with its role."""

import re

from kutip.languages import Pack
from kutip.model import Block, Role

_LINE = re.compile(r"[^\S\n]*(\S[^\n]*)")


def split_blocks(text: str, pack: Pack | None) -> tuple[Block, ...]:
    """Blocks of ``text`` in order, as spans of it; nothing is dropped and nothing is shifted."""
    return tuple(Block(m.start(1), m.start(1) + len(m[1].rstrip()), Role.BODY) for m in _LINE.finditer(text))
