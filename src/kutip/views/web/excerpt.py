"""An article as it may be passed on: the words that attributions are made of, and the place of all others."""

import msgspec

from kutip.model import Role
from kutip.views.marks import Run
from kutip.views.shown import ArticleView, BlockView, SectionView

GAP = Run("[…]")
BRIDGE = 60  # code points between marks that are kept, so that a sentence can still be read


def excerpt(view: ArticleView) -> ArticleView:
    """The same article, with [...] for what belongs to no attribution; its headline stays."""
    sections = []
    for section in view.sections:
        blocks = tuple(_cut(block) for block in section.blocks if not section.folded or _has_marks(block))
        if blocks:
            sections.append(SectionView(section.folded, _joined(blocks), section.roles))
    return msgspec.structs.replace(view, sections=tuple(sections))


def _has_marks(block: BlockView) -> bool:
    return any(run.owners for run in block.runs)


def _cut(block: BlockView) -> BlockView:
    if block.role is Role.HEADLINE:
        return block
    runs: list[Run] = []
    last = len(block.runs) - 1
    for at, run in enumerate(block.runs):
        inner = 0 < at < last and len(run.text) <= BRIDGE
        if run.owners or inner or run.unseen:
            runs.append(run)
        else:
            runs += [*([Run(" ")] if at else []), GAP, *([Run(" ")] if at < last else [])]
    return msgspec.structs.replace(block, runs=tuple(runs))


def _joined(blocks: tuple[BlockView, ...]) -> tuple[BlockView, ...]:
    """One gap for blocks in a row of which nothing is left."""
    kept: list[BlockView] = []
    for block in blocks:
        empty = not _has_marks(block) and block.role is not Role.HEADLINE
        if not (empty and kept and not _has_marks(kept[-1]) and kept[-1].role is not Role.HEADLINE):
            kept.append(msgspec.structs.replace(block, runs=(GAP,)) if empty else block)
    return tuple(kept)
