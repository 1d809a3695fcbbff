"""Words, numbers and marks of a text, with their places."""

import re
from collections.abc import Iterator
from itertools import accumulate

_SITE = r"(?:\.[^\W_]++){0,4}?\.(?:com|co|net|org|id|go|gov|news|info|tv)(?:\.[a-z]{2})?+\b"
_DEGREE = r"[A-Z][A-Za-z]{0,3}(?:\.[A-Z][A-Za-z]{0,2}){1,6}+(?![A-Za-z])(?:\.(?=,))?"
# Blanks are stepped over at the first look, and most words are nothing but small letters before a blank: the rest of
# the pattern is tried where neither holds.
_PATTERN = (
    r"(?=\S)(?:[a-z]++(?= )"
    r"|\d++(?:[.,:/]\d++)*+%?+"  # a number
    rf"|(?:[^\W\d_]\.){{2,}}+|{_DEGREE}|[^\W_]++(?:['’\-&@/][^\W_]++)*+(?:{_SITE})?+"  # a word
    r"|\.{2,}+|…"
    r"|[^\w\s]|_)"
)
_TOKEN = re.compile(_PATTERN)
_PARTS = re.compile(f"({_PATTERN})")

CLOSERS = {")": "rparen", "]": "rparen", "(": "lparen", "[": "lparen"}


def scan(text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """Words, numbers and marks of ``text[start:end]``. All but blanks is in one of them."""
    return _TOKEN.finditer(text, start, end)


def split(text: str, start: int, end: int) -> tuple[list[str], list[int], list[int]]:
    """The same as columns: the tokens, where they start and where they end."""
    parts = _PARTS.split(text[start:end])  # blanks and tokens by turns
    places = list(accumulate(map(len, parts), initial=start))
    return parts[1::2], places[1:-1:2], places[2::2]
