"""The same words once more, in the report of another event: what a later article repeats of an earlier one."""

import re
from itertools import combinations

from kutip.flow.attributions_to_statements.edges import in_order
from kutip.text.fold import fold

LEAST = 6  # words: fewer are said by anybody at any time
SAME = 0.9  # share of the shorter one's words that stand in the longer one in the same order
KNOWN_BY, OF_THEM = 5, 3  # of the longest words, how many a text must have to be compared
_WORD = re.compile(r"[^\W_]+")


def known_by(content: str) -> tuple[tuple[str, ...], ...]:
    """Sets of words of ``content``, folded; another text must have all of one to be compared. () where it is too
    short.
    """
    words = _WORD.findall(fold(content))
    if len(words) < LEAST:
        return ()
    longest = sorted(dict.fromkeys(words), key=lambda word: -len(word))[:KNOWN_BY]
    return tuple(combinations(longest, min(OF_THEM, len(longest))))


def same_words(one: str, other: str) -> bool:
    """Whether one of two contents runs in the words of the other, nothing but what is left out being between them.

    Other words for the same do not count: from one event to the next, what is alike is most often another act of
    saying on the same matter.
    """
    shorter, longer = sorted((_WORD.findall(fold(text)) for text in (one, other)), key=len)
    return len(shorter) >= LEAST and in_order(tuple(longer), tuple(shorter))[0] >= SAME
