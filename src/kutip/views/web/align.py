"""Two renderings of one statement, word by word: what both have, what was left out, what was added."""

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

import msgspec

_TOKEN = re.compile(r"\w+|\s+|[^\w\s]")
LONGEST = 600  # tokens of a rendering; longer ones are not aligned, as the cost grows with their product
ALIKE = (
    0.3  # share of common words and signs from which an alignment tells something; below, all would be marked
)


class Part(msgspec.Struct, frozen=True):
    """A part of an alignment. kind: "same", "left" (out of the reference) or "added"."""

    kind: str
    text: str


def tokens(text: str) -> list[str]:
    """Words, runs of white space, and signs; together they are the text."""
    return _TOKEN.findall(text)


def align(reference: str, other: str, alike: float = ALIKE) -> tuple[Part, ...]:
    """The other rendering with what is the same, left out and added; empty where less than ``alike`` is common."""
    a, b = tokens(reference), tokens(other)
    if not a or not b or len(a) > LONGEST or len(b) > LONGEST:
        return ()
    matcher = SequenceMatcher(None, _folded(a), _folded(b), autojunk=False)
    blocks = matcher.get_matching_blocks()
    common = sum(bool(token.strip()) for block in blocks for token in a[block.a : block.a + block.size])
    if common < alike * min(_words(a), _words(b)):
        return ()
    parts: list[Part] = []
    for what, a1, a2, b1, b2 in matcher.get_opcodes():
        if what == "equal":
            parts.append(Part("same", "".join(b[b1:b2])))
            continue
        parts += [Part("left", "".join(a[a1:a2])), Part("added", "".join(b[b1:b2]))]
    return tuple(part for part in parts if part.text)


def _words(tokens: Sequence[str]) -> int:
    return sum(bool(token.strip()) for token in tokens)


def _folded(tokens: Sequence[str]) -> list[str]:
    return [token.casefold() if token.strip() else " " for token in tokens]
