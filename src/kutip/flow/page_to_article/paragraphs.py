"""Text to paragraphs: blank lines separate them, and so do single line breaks, unless a sentence runs on."""

import re

_ENDS = re.compile(r"[.!?:…]['\"”’»)\]]{0,3}$")
_ITEM = re.compile(r"[a-z0-9]{1,2}[.)]\s|[-–—•*·]\s?")
WIDEST = 130  # characters: lines of wrapped text are no longer


def paragraphs(text: str) -> list[tuple[int, int]]:
    """(start, end) of the paragraphs of ``text``, without edge whitespace, in order.

    Lines that were broken at a width are joined: where the text shows the habit (most lines about equally
    long, half of them ending within a sentence), and anywhere before a line that goes on in lower case.
    """
    if "\n" not in text:
        return _trim(text, 0, len(text))
    runs = _runs(text)
    width = _width(text, runs)
    out: list[tuple[int, int]] = []
    for run in runs:
        at = 0
        for i in range(1, len(run) + 1):
            if i == len(run) or not _goes_on(text, run[i - 1], run[i], width):
                out.append((run[at][0], run[i - 1][1]))
                at = i
    return out


def _trim(text: str, start: int, end: int) -> list[tuple[int, int]]:
    left = len(text[start:end].lstrip())
    start, end = end - left, start + len(text[start:end].rstrip())
    return [(start, end)] if start < end else []


def _runs(text: str) -> list[list[tuple[int, int]]]:
    """Lines as (start, end), grouped by the blank lines between them."""
    runs: list[list[tuple[int, int]]] = [[]]
    at = 0
    for line in text.split("\n"):
        spans = _trim(text, at, at + len(line))
        if spans:
            runs[-1].append(spans[0])
        elif runs[-1]:
            runs.append([])
        at += len(line) + 1
    return [run for run in runs if run]


def _width(text: str, runs: list[list[tuple[int, int]]]) -> int:
    """The width at which the text was wrapped, 0 where it was not."""
    broken = [(start, end) for run in runs for start, end in run[:-1]]
    lengths = [end - start for start, end in broken]
    widest = max(lengths, default=0)
    if len(broken) < 3 or widest > WIDEST:
        return 0
    full = [(start, end) for start, end in broken if (end - start) * 10 >= widest * 7]
    within = sum(not _ENDS.search(text, max(start, end - 4), end) for start, end in full)
    goes_on = sum(_lower_start(text, run[i]) for run in runs for i in range(1, len(run)))
    wrapped = (
        len(full) * 10 >= len(broken) * 6 and within * 2 >= len(full) and goes_on * 10 >= len(broken) * 3
    )
    return widest if wrapped else 0


def _lower_start(text: str, line: tuple[int, int]) -> bool:
    return text[line[0]].islower() and not _ITEM.match(text, *line)


def _goes_on(text: str, line: tuple[int, int], following: tuple[int, int], width: int) -> bool:
    """Whether the paragraph of ``line`` goes on in the line below it."""
    if width:
        return (line[1] - line[0]) * 10 >= width * 7 and not _ITEM.match(text, *following)
    inside = not _ENDS.search(text, max(line[0], line[1] - 4), line[1])
    return inside and _lower_start(text, following) and any(map(str.isupper, text[line[0] : line[1]]))
