"""Every frame of every pack finds its own example; every pack is whole."""

import pytest

from kutip.flow.article_to_attributions.step import find_attributions
from kutip.flow.page_to_article.blocks import split_blocks
from kutip.languages import Pack, available, load
from kutip.languages.grammar import Frame
from kutip.model import Block, Role


def _frames() -> list[object]:
    return [
        pytest.param(code, frame, id=f"{code}: {frame.name}")
        for code in available()
        for frame in load(code).grammar.frames.frame
    ]


@pytest.mark.parametrize(("code", "frame"), _frames())
def test_a_frame_finds_its_example(code: str, frame: Frame) -> None:
    pack, text = load(code), frame.example
    blocks = split_blocks(text, pack)
    if frame.roles:
        blocks = tuple(Block(b.start, b.end, frame.roles[0]) for b in blocks)
    found = find_attributions(text, blocks, pack)
    assert frame.name in {a.rule for a in found}, [(a.rule, a.content) for a in found]


@pytest.mark.parametrize("code", available())
def test_a_pack_has_frames_of_different_names(code: str) -> None:
    pack: Pack = load(code)
    names = [frame.name for frame in pack.grammar.frames.frame]
    assert names
    assert len(names) == len(set(names))
    assert all(role in Role for frame in pack.grammar.frames.frame for role in frame.roles)
