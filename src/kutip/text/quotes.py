"""Quotation marks: which open and close together, within one paragraph.

Marks are paired by kind and never across paragraphs, so that one stray mark costs its own paragraph at most. Each mark
is looked at once or twice: the cost grows with the length of the paragraph, whatever stands in it.
"""

import re
from typing import NamedTuple

# Any mark, two like '' and `` as one; a single ` is none. It begins with a set, which is looked for fast.
_MARK = re.compile("[\"“”„‟«»″‘’'‚‹›`](?:(?<=')'|(?<=`)`|(?<!`))")
_DOUBLE = re.compile("[\"“”„‟«»″]|``|''")
OPENERS = '"“”„‟«»″'
# What may close each opening mark, best first. ” opens in papers that use one shape for both sides, » where « closes.
_CLOSES: dict[str, tuple[str, ...]] = {
    '"': ('"', "”", "“", "″"),
    "“": ("”", '"', "“", "″"),
    "”": ("”", '"', "″"),
    "„": ("“", "”", '"'),
    "‟": ("”", '"'),
    "«": ("»",),
    "»": ("«",),
    "″": ("″", '"', "”"),
    "``": ("''", '"', "”"),
    "''": ("''", '"'),
    "‘": ("’", "'"),
    "'": ("'", "’"),
    "’": ("’",),
    "‚": ("‘", "’", "'"),
    "‹": ("›",),
    "›": ("‹",),
}
_SINGLE = "‘’'‚‹›"
_SHORT = 300  # characters between single marks: more often than not, farther ones are apostrophes
# The single mark that closes one of each kind: after a non-blank, not before a letter or digit.
_SINGLE_END = {mark: re.compile(rf"(?<!\s)[{''.join(_CLOSES[mark])}](?![^\W_])") for mark in _SINGLE}


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
    non-blank. Apostrophes inside words are no marks. Single marks inside double ones are part of the quotation, and so
    are double ones where all marks of the paragraph balance. Where they do not, a mark that can only open tells that
    the one before was never closed: that quotation ends before it.
    """
    if not _MARK.search(text, start, end):
        return []
    pairing = _Pairing(text, start, end, nests=True)
    if not pairing.balanced:
        pairing = _Pairing(text, start, end, nests=False)
    return pairing.outermost()


class _Pairing:
    """One reading of a paragraph. nests: whether a quotation may stand in another one.

    open: marks that wait for their closing one, the innermost last. found: what was closed, or given up.
    balanced: no mark is left over, so far.
    """

    def __init__(self, text: str, start: int, end: int, nests: bool) -> None:
        self.text, self.start, self.end, self.nests = text, start, end, nests
        self.open: list[re.Match[str]] = []
        self.found: list[Quotation] = []
        self.balanced = True
        self.singles_end = start
        for mark in _MARK.finditer(text, start, end):
            if mark[0] not in _SINGLE:
                self._double(mark)
            elif not self.open and mark.start() >= self.singles_end:
                self._single(mark)
        self.balanced = self.balanced and not self.open
        self._give_up(end)

    def outermost(self) -> list[Quotation]:
        """Quotations that stand in no other one, in order."""
        out: list[Quotation] = []
        for q in sorted(self.found):
            if (not out or q.start >= out[-1].end) and q.inner_end > q.inner_start:
                out.append(q)
        return out

    def _double(self, mark: re.Match[str]) -> None:
        text, at, after = self.text, mark.start(), mark.end()
        reopens = _opens_again(text, at, after, self.start, self.end)
        depth = -1 if reopens else self._closed_by(mark[0])
        if depth >= 0:
            first = self.open[depth]
            del self.open[depth:]
            self.found.append(Quotation(first.start(), after, first.end(), at, True, False))
        elif self.open and reopens:
            if not self.nests:
                self._give_up(at)
            self.open.append(mark)
        elif not self.open:
            self._first(mark)

    def _first(self, mark: re.Match[str]) -> None:
        """A mark where no quotation is open."""
        text, at, after = self.text, mark.start(), mark.end()
        after_blank = after >= self.end or not text[after].isalnum()
        if mark[0] == "''" and (after_blank or not self._before_blank(at)):
            return
        if after_blank and _is_closing(text, at, after, self.start, self.end):
            self.balanced = False
            return
        if self.found and self.found[-1].single and at < self.found[-1].end:
            self.found.pop()  # a single mark that was an apostrophe: the double one rules
            self.singles_end = at
        self.open.append(mark)

    def _closed_by(self, kind: str) -> int:
        """The place among the open marks of the one that ``kind`` closes, -1 for none.

        It closes the innermost one that it may, but rather one further out that it is the best partner of.
        """
        near = range(len(self.open) - 1, max(-1, len(self.open) - 4), -1)
        best = next((i for i in near if _CLOSES[self.open[i][0]][0] == kind), -1)
        return best if best >= 0 else next((i for i in near if kind in _CLOSES[self.open[i][0]]), -1)

    def _give_up(self, end: int) -> None:
        """The open marks were never closed: each quotation ends before the next one, the last before ``end``."""
        for i, mark in enumerate(self.open):
            stop = self.open[i + 1].start() if i + 1 < len(self.open) else end
            stop = mark.end() + len(self.text[mark.end() : stop].rstrip())
            if stop - mark.end() > 1:
                self.found.append(Quotation(mark.start(), stop, mark.end(), stop, False, False))
        self.open.clear()

    def _single(self, mark: re.Match[str]) -> None:
        text, at, after = self.text, mark.start(), mark.end()
        if not self._before_blank(at) or after >= self.end or not text[after].isalnum():
            return
        close = _SINGLE_END[mark[0]].search(text, after + 1, min(self.end, after + _SHORT))
        if close:
            self.found.append(Quotation(at, close.end(), after, close.start(), True, True))
            self.singles_end = close.end()

    def _before_blank(self, at: int) -> bool:
        return at == self.start or not (self.text[at - 1].isalnum() or self.text[at - 1] in ".,!?…")


def _is_closing(text: str, at: int, after: int, start: int, end: int) -> bool:
    return (
        at > start
        and not text[at - 1].isspace()
        and (after >= end or text[after].isspace() or text[after] in ",.;:")
    )


def _opens_again(text: str, at: int, after: int, start: int, end: int) -> bool:
    """A mark that can only open: blank before it, a letter after it."""
    return at > start and text[at - 1].isspace() and after < end and text[after].isalnum()
