"""Passages: stating blocks, of which those that furniture printed into one paragraph has parted stand together."""

from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from kutip.model import Block, Role, Span

STATING = frozenset(
    {Role.HEADLINE, Role.KICKER, Role.LEAD, Role.BODY, Role.SUBHEAD, Role.REPEAT, Role.CAPTION}
)
RUNNING = frozenset({Role.LEAD, Role.BODY, Role.CAPTION})  # sentences, where capitals are names
_PARTING = frozenset({Role.ADVERTISEMENT, Role.RELATED, Role.PROMOTION, Role.PAGINATION, Role.FURNITURE})
_ENDS = '.!?…:"”’»'


class Passage(NamedTuple):
    """Blocks of one paragraph, in order; ``holes``: what stands between them."""

    blocks: tuple[Block, ...]

    @property
    def start(self) -> int:
        """Where the first block begins."""
        return self.blocks[0].start

    @property
    def end(self) -> int:
        """Where the last block ends."""
        return self.blocks[-1].end

    @property
    def role(self) -> Role:
        """The role of the first block."""
        return self.blocks[0].role

    @property
    def holes(self) -> Iterator[Span]:
        """Spans of the furniture between the blocks."""
        return (Span(a.end, b.start) for a, b in zip(self.blocks, self.blocks[1:], strict=False))


def passages(text: str, blocks: tuple[Block, ...]) -> list[Passage]:
    """The stating blocks of ``text`` as passages.

    A block goes on the paragraph of the one before it where nothing but furniture stands between them, and
    either no line ends there, or a sentence runs on: no final mark before, a small letter after.
    """
    out: list[Passage] = []
    between: set[Role] = set()
    for block in blocks:
        if block.role not in STATING:
            between.add(block.role)
            continue
        if out and between and between <= _PARTING and _goes_on(text, out[-1], block):
            out[-1] = Passage((*out[-1].blocks, block))
        else:
            out.append(Passage((block,)))
        between.clear()
    return out


def _goes_on(text: str, before: Passage, block: Block) -> bool:
    if before.role not in RUNNING or block.role not in RUNNING:
        return False
    between = text[before.end : block.start]
    return "\n" not in between or (text[before.end - 1] not in _ENDS and text[block.start].islower())


def without_holes(spans: list[Span], holes: list[Span]) -> list[Span]:
    """``spans`` cut where a hole lies in one. ``holes`` are in order."""
    return [part for span in spans for part in _cut(span, holes)]


def _cut(span: Span, holes: list[Span]) -> Iterator[Span]:
    start = span.start
    for hole in (holes[i] for i in range(bisect_right(holes, Span(start, span.end)), len(holes))):
        if hole.end >= span.end:
            break
        if hole.start > start:
            yield Span(start, hole.start)
        start = hole.end
    yield Span(start, span.end)
