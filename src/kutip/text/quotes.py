"""Quotation marks: which open and close together, within one paragraph.

Marks are paired by kind and never across paragraphs, so that one stray mark costs its own paragraph at most.
"""

import re
from typing import NamedTuple

_MARK = re.compile("[\"“”„‟«»″]|``|''|[‘’'‹›]")
_DOUBLE = re.compile("[\"“”„‟«»″]|``|''")
# What may close each opening mark, best first. ” opens in papers that use one shape for both sides.
_CLOSES = {
    '"': '"”“″',
    "“": '”"“″',
    "”": '”"″',
    "„": '“”"',
    "‟": '”"',
    "«": "»",
    "»": "«",
    "″": '″"”',
    "``": ("''", '"', "”"),
    "''": ("''", '"'),
    "‘": "’'",
    "'": "'’",
    "’": "’",
    "‹": "›",
}
_SINGLE = "‘’'‹›"
_NEVER_OPENS = ("›",)


class Quotation(NamedTuple):
    """``text[start:end]`` with its marks; ``inner_start:inner_end`` without. ``closed`` is False when the closing
    mark is missing and the quotation runs to the end of its paragraph. ``single``: in single marks."""

    start: int
    end: int
    inner_start: int
    inner_end: int
    closed: bool
    single: bool


def carried(text: str, start: int, end: int) -> Quotation | None:
    """The rest of a quotation that an earlier paragraph opened and did not close: from ``start`` to the first mark
    of ``text[start:end]``, when that mark can only close."""
    mark = _DOUBLE.search(text, start, end)
    if mark is None or mark.start() == start or not _is_closing(text, mark.start(), mark.end(), start, end):
        return None
    return Quotation(start, mark.end(), start, mark.start(), True, False)


def find_quotations(text: str, start: int, end: int) -> list[Quotation]:
    """Outermost quotations of one paragraph ``text[start:end]``, in order.

    An opening mark stands before a letter, after a blank or an opening bracket; a closing mark stands after a
    non-blank. Apostrophes inside words are no marks. Single marks inside double ones are part of the quotation.
    """
    found: list[Quotation] = []
    open_at: re.Match[str] | None = None
    for mark in _MARK.finditer(text, start, end):
        kind = mark[0]
        at, after = mark.start(), mark.end()
        before_blank = at == start or not text[at - 1].isalnum() and text[at - 1] not in ".,!?…"
        after_blank = after >= end or not text[after].isalnum()
        if open_at is None:
            if kind in _SINGLE:
                if before_blank and not after_blank:
                    close = _single_close(text, after, end, kind)
                    if close:
                        found.append(Quotation(at, close + 1, after, close, True, True))
                continue
            if found and at < found[-1].end:
                found.pop()  # a single mark that was an apostrophe: the double one rules
            if kind == "''" and not (before_blank and not after_blank):
                continue
            if kind in _NEVER_OPENS or (after_blank and _is_closing(text, at, after, start, end)):
                continue
            open_at = mark
        elif kind in _CLOSES[open_at[0]] and not _opens_again(text, at, after, start, end):
            found.append(Quotation(open_at.start(), after, open_at.end(), at, True, False))
            open_at = None
        elif kind not in _SINGLE and _opens_again(text, at, after, start, end):
            # The first mark was never closed: its quotation ends where its sentence does.
            stop = _sentence_end(text, open_at.end(), at)
            found.append(Quotation(open_at.start(), stop, open_at.end(), stop, False, False))
            open_at = mark
    if open_at is not None and end - open_at.end() > 1:
        found.append(Quotation(open_at.start(), end, open_at.end(), end, False, False))
    return _outermost(found)


def _is_closing(text: str, at: int, after: int, start: int, end: int) -> bool:
    return (
        at > start
        and not text[at - 1].isspace()
        and (after >= end or text[after].isspace() or text[after] in ",.;:")
    )


def _opens_again(text: str, at: int, after: int, start: int, end: int) -> bool:
    """A mark that can only open: blank before it, a letter after it."""
    return at > start and text[at - 1].isspace() and after < end and text[after].isalnum()


def _sentence_end(text: str, start: int, end: int) -> int:
    """End of the text before ``end``, blanks cut off."""
    return start + len(text[start:end].rstrip())


def _single_close(text: str, start: int, end: int, kind: str) -> int | None:
    """Place of the single mark that closes one opened before ``start``, within 300 characters."""
    at = start
    limit = min(end, start + 300)
    while at < limit:
        at += 1
        if at < end and text[at] in _CLOSES[kind] and not text[at - 1].isspace():
            if at + 1 >= end or not text[at + 1].isalnum():
                return at
    return None


def _outermost(found: list[Quotation]) -> list[Quotation]:
    out: list[Quotation] = []
    for q in sorted(found):
        if out and q.start < out[-1].end:
            continue
        if q.inner_end > q.inner_start:
            out.append(q)
    return out
