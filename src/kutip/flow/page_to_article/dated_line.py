"""The line that carries the publication date of an article."""

import re

from kutip.languages import Pack
from kutip.model import Dated
from kutip.text.dates import DateMention, find_dates

LONGEST = 100
_DIGIT = re.compile(r"\d")
_WORD = re.compile(r"[^\W\d_]{2,}")
OTHER_WORDS = 5  # beside the date: "Published", the outlet, a place


def date_of_line(text: str, start: int, end: int, pack: Pack) -> DateMention | None:
    """The date on ``text[start:end]`` if it is a line that says when, and hardly anything else."""
    if end - start > LONGEST or not _DIGIT.search(text, start, end):
        return None
    dates = [m for m in find_dates(text, pack, start, end) if m.value and m.precision == "day"]
    if not dates or text[end - 1] in ".?!":
        return None
    best = next((m for m in dates if m.time), dates[0])
    others = sum(len(_WORD.findall(text, a, b)) for a, b in ((start, best.start), (best.end, end)))
    bare = best.time is None and best.weekday is None
    return best if others <= (2 if bare else OTHER_WORDS) else None


def as_dated(mention: DateMention, evidence: str) -> Dated:
    """A date read from a line of the text, with its time of day where that is told."""
    if mention.time is None:
        return Dated(mention.value or "", "day", evidence, "text")
    return Dated(f"{mention.value}T{mention.time}:00{mention.zone or ''}", "minute", evidence, "text")
