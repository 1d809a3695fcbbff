"""What a pattern may begin with: a search with that look finds what a search without it finds."""

import re

import pytest

from kutip.flow.article_to_attributions.lexicon import lexicon_of
from kutip.flow.article_to_attributions.opening import searched
from kutip.languages import load
from kutip.languages.loader import available

A, B, C = "\ue000", "\ue001", "\ue002"


@pytest.mark.parametrize(
    ("pattern", "opening"),
    [
        (f"{A}{B}", A),
        (f"[{A}{B}]+{C}", A + B),
        (f"{A}?{B}", A + B),
        (f"{A}*?(?:{B}|{C}{A})", A + B + C),
        (f"(?P<x>{A}{{0,3}})(?<!{C}){B}", A + B),
        (f"^(?={C}){A}{{1,2}}", A),
        (f"(?:{A}|{B}?){C}", A + B + C),
        (f"{A}(?={B}.*|$)|{C}$", A + C),
    ],
)
def test_first_classes_are_told(pattern: str, opening: str) -> None:
    assert searched(pattern) == f"(?=[{opening}])(?:{pattern})"


@pytest.mark.parametrize(
    "pattern", [f"{A}?", f"[^{A}]{B}", f".{A}", f"(?:{A}|){B}?", "x", "$", f"{A}(?=x)|{B}"]
)
def test_a_pattern_that_may_begin_with_anything_stays(pattern: str) -> None:
    assert searched(pattern) == pattern


@pytest.mark.parametrize("code", sorted(available()))
def test_every_level_of_every_pack_has_a_look(code: str) -> None:
    for level in lexicon_of(load(code)).levels:
        look = re.match(r"\(\?=\[[^\]]+\]\)", level.regex.pattern)
        assert look, level


@pytest.mark.parametrize("code", sorted(available()))
def test_frames_are_tried_where_they_can_go_on(code: str) -> None:
    lexicon = lexicon_of(load(code))
    classes = ["", *lexicon.chars.values()]
    for cue, frames in lexicon.by_cue.items():
        for behind in classes:
            tried = lexicon.frames_at(cue, behind)
            rest = behind and behind + "".join(classes)
            assert all(f in tried for f in frames if f.right is None or f.right.match(rest))
