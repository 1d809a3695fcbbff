"""Two readings of one page, beside each other: how far they agree, and what both of them take for the article.

Two ways of finding the main text fail in different places. What stands before the first or after the last line that
both have, and that one of them alone has, is most often a thing beside the article: a teaser, a credit, a list of
other articles. Within, a line that one of them left out is most often a paragraph that it missed.
"""

import re
from collections import Counter
from collections.abc import Sequence

EDGE = 50  # lines: each is looked for in the whole other text, so there must be an end to it
_WORD = re.compile(r"\w+")


def agreement(one: str, other: str) -> float:
    """F1 of the words of two texts, however they are ordered: 1 for the same words."""
    words = [Counter(_WORD.findall(text)) for text in (one, other)]
    total = words[0].total() + words[1].total()
    return 2 * (words[0] & words[1]).total() / total if total else 1.0


def without_edges(text: str, other: str) -> str:
    """``text`` from its first to its last line that ``other`` has too; an edge of more than EDGE lines is kept.

    A line is had where its words stand in the other text in their order, whatever the line breaks there.
    """
    words = f" {' '.join(_WORD.findall(other))} "
    lines = text.split("\n")
    return "\n".join(lines[_alone(lines, words) : len(lines) - _alone(lines[::-1], words)])


def _alone(lines: Sequence[str], words: str) -> int:
    """How many lines stand before the first whose words are among ``words``; 0 where there are more than EDGE."""
    for at, line in enumerate(lines[: EDGE + 1]):
        own = _WORD.findall(line)
        if own and f" {' '.join(own)} " in words:
            return at
    return 0
