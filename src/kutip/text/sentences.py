"""Sentences of a text, as spans."""

import re
from collections.abc import Iterator

from kutip.languages import Pack
from kutip.model import Span

_END = re.compile(r"(?<![.?!…])[.?!…]++[\"”’'»)\]]*+\s++(?=[\"“‘«(\[]*[^\Wa-z_])|\n+")
_EDGE = " \t\n\"“”‘’'«»,;:.()[]–—-"


def sentences(text: str, pack: Pack, start: int = 0, end: int | None = None) -> list[Span]:
    """Sentences of ``text[start:end]`` in order, without the white space between them.

    A full stop after an abbreviation of the pack or after an initial ends no sentence.
    """
    stops = frozenset(word.rstrip(".").casefold() for word in pack.grammar.words.abbreviations.split())
    last = len(text) if end is None else end
    return list(_sentences(text, start, last, stops))


def trimmed(text: str, start: int, end: int) -> Span:
    """``text[start:end]`` without marks and white space at its edges."""
    while start < end and text[start] in _EDGE:
        start += 1
    while end > start and text[end - 1] in _EDGE:
        end -= 1
    return Span(start, end)


def _sentences(text: str, start: int, end: int, stops: frozenset[str]) -> Iterator[Span]:
    at = start
    for found in _END.finditer(text, start, end):
        if text[found.start()] == "." and _abbreviated(text, at, found.start(), stops):
            continue
        if text[at : found.end()].strip():
            yield _bare(text, at, found.end())
        at = found.end()
    if text[at:end].strip():
        yield _bare(text, at, end)


def _abbreviated(text: str, start: int, stop: int, stops: frozenset[str]) -> bool:
    before = re.search(r"[^\W\d_]+$", text[start:stop])
    return before is not None and (
        before[0].casefold() in stops or (len(before[0]) == 1 and before[0].isupper())
    )


def _bare(text: str, start: int, end: int) -> Span:
    while text[start].isspace():
        start += 1
    while text[end - 1].isspace():
        end -= 1
    return Span(start, end)
