"""The lines of a page that are the article, told by how they are marked up, without knowing their language.

What is read is a page reduced to paragraphs, headings, lists and links, in which navigation is left out
already. Long sentences outside of links, in paragraphs where the page has such, show where the article begins
and ends; what stands around them is not the article.
"""

import re
from html import unescape
from typing import NamedTuple

from kutip.flow.page_to_article.datelines import dateline_end, is_dateline_alone

SENTENCE = 60  # characters: from this length on, a line with a final mark is prose
LOOSE = 80  # the same for a line in no paragraph, just before the first one that is in one
LINK = 140  # characters: a longer line is no title of another article
AGAINST = {
    "p": -5,
    "l": -5,
    "h": -20,
    "u": -5,
    "o": -5,
    "": -50,
}  # what a line weighs that is no prose, by kind
AGAINST_LINK = -40
NEAR = 4  # lines from the start of the article among which a dateline stands
_TAG = re.compile(r"<(/?)(p|h[1-6]|ul|ol|li|pre|a|br)\b[^>]*>")
_ENDS = re.compile(r"[.!?…:。！？]['\"”’»)\]」]{0,3}$")
_STOPS = re.compile(r"[.!?…。！？]['\"”’»)\]」]{0,3}$")
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


class Line(NamedTuple):
    """kind: "p", "h1" …, "li", "pre", or "" for text in none of them. linked: the share of it in links."""

    kind: str
    text: str
    linked: float

    @property
    def is_prose(self) -> bool:
        """Whether it is a long sentence outside of links and headings."""
        if len(self.text) <= SENTENCE or self.linked >= 0.5 or self.kind in _HEADINGS:
            return False
        return _ENDS.search(self.text, len(self.text) - 5) is not None


def lines_of(reduced: str) -> list[Line]:
    """The lines of reduced markup: p, h1 to h6, ul, ol, li, pre, a and br."""
    found: list[Line] = []
    kind, words, linked, in_link, at = "", list[str](), 0, 0, 0

    def close() -> None:
        nonlocal words, linked, in_link
        if not (text := "".join(words)):
            return
        rows = [" ".join(row.split()) for row in text.split("\n")]
        length = sum(map(len, rows)) or 1
        found.extend(Line(kind, row, linked / length) for row in rows if row)
        in_link = max(0, in_link - 1) if found and rows != [""] else in_link
        words, linked = [], 0

    for match in _TAG.finditer(reduced):
        if piece := unescape(reduced[at : match.start()]):
            words.append(piece)
            if in_link:
                linked += len(piece.strip())
        at = match.end()
        if match[2] == "a":
            in_link = 0 if match[1] else 2  # a link that runs over several paragraphs was never closed
        elif match[2] == "br":
            words.append("\n")
        else:
            close()
            kind = "" if match[1] else match[2]
    words.append(unescape(reduced[at:]))
    close()
    return found


class Chosen(NamedTuple):
    """article: the lines that are the article, in order. above: those between the headline and its first."""

    article: list[Line]
    above: list[Line]


def choose(lines: list[Line], headline: str | None = None) -> Chosen:
    """Which of ``lines`` are the article; all of them where no prose shows where it is.

    headline: as the page declares it; what stands before a heading of those words is not the article.
    """
    below = _below_headline(lines, headline)
    named, lines = below < len(lines) and below > 0, lines[below:]
    marked = sum(len(line.text) for line in lines if line.is_prose and line.kind)
    loose = sum(len(line.text) for line in lines if line.is_prose and not line.kind)
    marked_up = marked >= loose
    start, stop = _heaviest([_weight(line, marked_up) for line in lines])
    if stop == start:
        return Chosen(lines, [])
    while stop < len(lines) and _goes_on(lines[stop], marked_up):
        stop += 1
    while start and (_goes_on(lines[start - 1], marked_up) or _may_lead(lines[start - 1])):
        start -= 1
    start = _dateline(lines, start, min(start + NEAR, stop))
    article = [line for line in lines[start:stop] if _belongs(line, marked_up)]
    return Chosen(article, lines[:start] if named else [])


def _below_headline(lines: list[Line], headline: str | None) -> int:
    """How many lines end with the article's headline; 0 where it is not among them, or little stands below."""
    wanted = _letters(headline or "")
    for n, line in enumerate(lines):
        if wanted and line.kind in _HEADINGS and _letters(line.text) == wanted:
            above = sum(len(other.text) for other in lines[:n] if other.is_prose)
            below = sum(len(other.text) for other in lines[n:] if other.is_prose)
            return n + 1 if below > above else 0
    return 0


def _letters(words: str) -> str:
    return "".join(filter(str.isalnum, words.casefold()))


def _weight(line: Line, marked_up: bool) -> int:
    """How much a line speaks for the article (above 0) or against it."""
    if line.linked > 0.8:
        return AGAINST_LINK
    if line.is_prose:
        return len(line.text) if line.kind or not marked_up else 0
    if line.kind == "p" and _ENDS.search(line.text, len(line.text) - 5):
        return len(line.text)
    return AGAINST[line.kind[:1]]


def _heaviest(weights: list[int]) -> tuple[int, int]:
    """Start and stop of the run with the greatest sum (maximum subsequence; Pasternack and Roth 2009)."""
    best = total = start = 0
    found = (0, 0)
    for n, weight in enumerate(weights):
        if total <= 0:
            total, start = 0, n
        total += weight
        if total > best:
            best, found = total, (start, n + 1)
    return found


def _goes_on(line: Line, marked_up: bool) -> bool:
    """Whether a line beside the heaviest run is of its kind, though it is no prose."""
    if line.linked >= 0.5:
        return False
    return line.kind in ("p", "li") if marked_up else len(line.text) > SENTENCE and not line.kind


def _may_lead(line: Line) -> bool:
    """Whether a line just before may be a lead printed straight into the container of the paragraphs."""
    if line.kind or len(line.text) <= LOOSE or line.linked >= 0.5:
        return False
    return _STOPS.search(line.text, len(line.text) - 5) is not None


def _dateline(lines: list[Line], start: int, stop: int) -> int:
    """Where the first line with a dateline stands, if only captions and the like are before it; else ``start``."""
    for n in range(start, stop):
        if dateline_end(lines[n].text, 0, len(lines[n].text), bold=False):
            return n
        if lines[n].kind:
            break
    return start


def _belongs(line: Line, marked_up: bool) -> bool:
    """Whether a line within the article is part of it: no link alone, no caption or label in no paragraph."""
    if line.linked > 0.8 and len(line.text) < LINK:
        return False
    text = line.text
    if line.kind or not marked_up or len(text) > SENTENCE or _ENDS.search(text, len(text) - 5):
        return True
    return is_dateline_alone(text, 0, len(text))
