"""Frames over sentences: which units are source, cue and content."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from kutip.flow.article_to_attributions.chart import Chart
from kutip.flow.article_to_attributions.lexicon import CompiledFrame, Lexicon
from kutip.model import Role

CONTENT_ROLES = ("content", "content2", "content3")
LEAD = 2  # sentences of the first paragraph that are the lead: without paragraphs it is the whole article
LONGEST = (
    240  # units: a longer sentence is a list, a table or a text without full stops, and is read in pieces
)


class Sentence(NamedTuple):
    """Units ``first`` to ``last`` of the chart; ``cls`` their classes; ``block`` counts the blocks of the chart."""

    first: int
    last: int
    cls: str
    block: int
    role: Role


class Match(NamedTuple):
    """A frame found: units (half-open ranges in the chart) by role. ``cue`` is None for frames without one."""

    frame: CompiledFrame
    sentence: Sentence
    cue: int | None
    roles: dict[str, tuple[int, int]]


def sentences(chart: Chart, lexicon: Lexicon) -> list[Sentence]:
    """Sentences of the chart, without the mark that ends them.

    A frame looks at all units of a sentence, for each cue in it. So that a text without full stops costs no more than
    another, a sentence of more than ``LONGEST`` units is cut, after a comma or the like where there is one.
    """
    edge = lexicon.chars["edge"]
    cls = chart.cls
    found, start, block, number = [], 0, 0, 0
    for m in lexicon.ends.finditer(cls):
        role = chart.roles[block]
        role = Role.BODY if role is Role.LEAD and number >= LEAD else role
        for a, b in _pieces(cls, start, m.start(), lexicon.pauses):
            found.append(Sentence(a, b, cls[a:b], block, role))
            number += 1
        if m[0] == edge:
            block, number = block + 1, 0
        start = m.end()
    return found


def _pieces(cls: str, start: int, end: int, pauses: str) -> Iterator[tuple[int, int]]:
    """``start:end`` in pieces of at most ``LONGEST`` units, the last of which ends at ``end``."""
    while end - start > LONGEST:
        middle = start + LONGEST // 2
        cut = next(
            (i + 1 for i in range(start + LONGEST - 1, middle, -1) if cls[i] in pauses), start + LONGEST
        )
        yield start, cut
        start = cut
    if end > start:
        yield start, end


def find_frames(sentence: Sentence, lexicon: Lexicon) -> Iterator[Match]:
    """For each cue of the sentence the first frame that fits; for a sentence without any, a frame without cue."""
    found = False
    for cue in lexicon.cues.finditer(sentence.cls):
        at = cue.start()
        for frame in lexicon.frames_at(cue[0], sentence.cls[at + 1 : at + 2]):
            if frame.frame.roles and sentence.role not in frame.frame.roles:
                continue
            roles = _match(frame, sentence.cls, at)
            if roles is not None:
                found = True
                yield Match(frame, sentence, sentence.first + at, _shift(roles, sentence.first))
                break
    if not found:
        for frame in lexicon.without_cue:
            if frame.frame.roles and sentence.role not in frame.frame.roles:
                continue
            m = frame.whole.search(sentence.cls) if frame.whole else None
            if m:
                yield Match(frame, sentence, None, _shift(_roles(m), sentence.first))
                return


def _match(frame: CompiledFrame, cls: str, at: int) -> dict[str, tuple[int, int]] | None:
    right = frame.right.match(cls, at + 1) if frame.right else None
    if right is None:
        return None
    if frame.left is None:
        return _roles(right)
    left = frame.left.search(cls, 0, at)
    return _roles(left) | _roles(right) if left else None


def _roles(m: re.Match[str]) -> dict[str, tuple[int, int]]:
    """Spans of the named groups that matched. A second source group is for an alternative of the pattern."""
    roles = {k: m.span(k) for k, v in m.groupdict().items() if v}
    if "source2" in roles:
        roles["source"] = roles.pop("source2")
    return roles


def _shift(roles: dict[str, tuple[int, int]], by: int) -> dict[str, tuple[int, int]]:
    return {k: (a + by, b + by) for k, (a, b) in roles.items()}
