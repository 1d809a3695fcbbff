"""Two readings of one page, beside each other: how far they agree, and what both of them take for the article.

Two ways of finding the main text fail in different places. What stands before the first or after the last line that
both have, and that one of them alone has, is most often a thing beside the article: a teaser, a credit, a list of
other articles. Within, a line that one of them left out is most often a paragraph that it missed.
"""

import re
from collections import Counter

_WORD = re.compile(r"\w+")


def agreement(one: str, other: str) -> float:
    """F1 of the words of two texts, however they are ordered: 1 for the same words."""
    words = [Counter(_WORD.findall(text)) for text in (one, other)]
    total = words[0].total() + words[1].total()
    return 2 * (words[0] & words[1]).total() / total if total else 1.0


def without_edges(text: str, other: str) -> str:
    """``text`` from its first to its last line that ``other`` has too; all of it where there is none.

    A line is had where its words stand in the other text in their order, whatever the line breaks there.
    """
    words = f" {' '.join(_WORD.findall(other))} "
    lines = text.split("\n")
    shared = [
        at for at, line in enumerate(lines) if (own := _WORD.findall(line)) and f" {' '.join(own)} " in words
    ]
    return "\n".join(lines[shared[0] : shared[-1] + 1]) if shared else text
