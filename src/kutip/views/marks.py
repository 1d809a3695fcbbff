"""Marks in a text: spans that may overlap, nest and cross blocks become runs of text that do neither."""

from collections.abc import Iterable
from itertools import pairwise

import msgspec

from kutip.model import Attribution, Span

PARTS = ("content", "cue", "source")

# Characters that nobody sees and that reorder or hide others: they are shown by name, and each is isolated
# so that it has no power over its neighbours. Joiners (U+200C, U+200D) stay: words and emoji need them.
UNSEEN = frozenset(
    "\u061c\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff"
)


class Mark(msgspec.Struct, frozen=True):
    """A span that is part of an attribution. part: "content", "cue" or "source"; owner: its number."""

    span: Span
    part: str
    owner: int


class Run(msgspec.Struct, frozen=True):
    """A piece of text under the same marks from end to end.

    owners: numbers of the attributions that it belongs to, ascending. parts: what it is to them, in the order
    of PARTS. depth: of how many contents it is part. unseen: the name of a character that nobody sees
    ("U+202E"), which then is the whole text, else "". closes: attributions whose last run this is.
    """

    text: str
    owners: tuple[int, ...] = ()
    parts: tuple[str, ...] = ()
    depth: int = 0
    unseen: str = ""
    closes: tuple[int, ...] = ()


def marks_of(attributions: Iterable[Attribution]) -> list[Mark]:
    """The marks of attributions; the owner is an attribution's place in the order given."""
    marks: list[Mark] = []
    for owner, a in enumerate(attributions):
        marks.extend(Mark(span, "content", owner) for span in a.content)
        marks.extend(Mark(span, part, owner) for span, part in ((a.cue, "cue"), (a.source, "source")) if span)
    return marks


def cut(text: str, start: int, end: int, marks: Iterable[Mark]) -> list[Run]:
    """``text[start:end]`` as runs; marks are clipped to it. Their texts joined are that text exactly."""
    inside = [m for m in marks if m.span.start < end and m.span.end > start and m.span.start < m.span.end]
    unseen = [at for at in range(start, end) if text[at] in UNSEEN]
    edges = {start, end, *unseen, *(at + 1 for at in unseen)}
    for m in inside:
        edges.update((max(m.span.start, start), min(m.span.end, end)))
    opens = sorted(inside, key=lambda m: m.span.start)
    active: list[Mark] = []
    runs: list[Run] = []
    following = 0
    for a, b in pairwise(sorted(edges)):
        while following < len(opens) and opens[following].span.start <= a:
            active.append(opens[following])
            following += 1
        active = [m for m in active if m.span.end > a]
        runs.append(_run(text[a:b], active))
    return runs


def close(blocks: list[list[Run]]) -> list[list[Run]]:
    """The same runs, each telling which attributions end with it. blocks: runs in the order of the text."""
    seen: set[int] = set()
    closed: list[list[Run]] = []
    for runs in reversed(blocks):
        out: list[Run] = []
        for run in reversed(runs):
            ending = tuple(owner for owner in run.owners if owner not in seen)
            seen.update(ending)
            out.append(msgspec.structs.replace(run, closes=ending) if ending else run)
        closed.append(out[::-1])
    return closed[::-1]


def _run(text: str, active: list[Mark]) -> Run:
    held = {m.part for m in active}
    return Run(
        text=text,
        owners=tuple(sorted({m.owner for m in active})),
        parts=tuple(part for part in PARTS if part in held),
        depth=len({m.owner for m in active if m.part == "content"}),
        unseen=f"U+{ord(text):04X}" if text in UNSEEN else "",
    )
