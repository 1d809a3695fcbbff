"""Words, numbers and marks of a text, with their places."""

import re
from collections.abc import Iterator

_SITE = r"(?:\.[^\W_]++){0,4}?\.(?:com|co|net|org|id|go|gov|news|info|tv)(?:\.[a-z]{2})?+\b"
_DEGREE = r"[A-Z][A-Za-z]{0,3}(?:\.[A-Z][A-Za-z]{0,2}){1,6}+(?![A-Za-z])(?:\.(?=,))?"
_TOKEN = re.compile(
    r"(?P<number>\d++(?:[.,:/]\d++)*+%?+)"
    rf"|(?P<word>(?:[^\W\d_]\.){{2,}}+|{_DEGREE}|[^\W_]++(?:['’\-&@/][^\W_]++)*+(?:{_SITE})?+)"
    r"|(?P<dots>\.{2,}+|…)"
    r"|(?P<mark>[^\w\s]|_)"
)

CLOSERS = {")": "rparen", "]": "rparen", "(": "lparen", "[": "lparen"}


def scan(text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """Tokens of ``text[start:end]``; ``match.lastgroup`` is number, word, dots or mark. Blanks are no tokens."""
    return _TOKEN.finditer(text, start, end)
