"""When an article was published: as declared, else as a line says, else a guess marked as one."""

import re
from datetime import date, datetime
from email.utils import parsedate_to_datetime

from kutip.languages import Pack
from kutip.model import Dated
from kutip.text.dates import DateMention, find_dates

LONGEST = 100
OTHER_WORDS = 5  # beside the date: "Published", the outlet, a place
FIRST_YEAR, LAST_YEAR = 1950, 2100  # others are mistakes
_ISO = re.compile(
    r"(?P<y>\d{4})-?(?P<m>\d\d)-?(?P<d>\d\d)"
    r"(?:[T ]+(?P<t>\d\d:\d\d)(?::\d\d(?:\.\d+)?)? ?(?P<z>Z|[+-]\d\d:?\d\d)?)?"
)
_DIGIT = re.compile(r"\d")
_WORD = re.compile(r"[^\W\d_]{2,}")


def read_declared(written: str, origin: str, pack: Pack | None) -> Dated | None:
    """A date that a page or a row declares (ISO, e-mail style, or as its language writes), or None."""
    match = _ISO.match(written.strip())
    if match:
        value = f"{match['y']}-{match['m']}-{match['d']}"
        return _checked(value, match["t"], match["z"], (written, origin))
    try:
        parsed = parsedate_to_datetime(written)
        return _checked(parsed.date().isoformat(), f"{parsed:%H:%M}", f"{parsed:%z}", (written, origin))
    except (ValueError, IndexError, TypeError, OverflowError):
        pass
    for mention in find_dates(written[:LONGEST], pack) if pack else ():
        if mention.value and mention.precision == "day":
            return _checked(mention.value, mention.time, mention.zone, (written, origin))
    return None


def _checked(day: str, clock: str | None, zone: str | None, source: tuple[str, str]) -> Dated | None:
    """The date with its time, if the calendar has that day and no clock or zone is absurd."""
    zone = "+00:00" if zone == "Z" else f"{zone[:3]}:{zone[-2:]}" if zone else ""
    try:
        if not FIRST_YEAR <= datetime.fromisoformat(day).year <= LAST_YEAR:
            return None
        datetime.fromisoformat(f"{day}T{clock or '00:00'}:00{zone}")
    except ValueError:
        return None
    if clock is None:
        return Dated(day, "day", *source)
    return Dated(f"{day}T{clock}:00{zone}", "minute", *source)


def is_after(dated: Dated, fetched_at: str | None) -> bool:
    """Whether an article would have been published more than a day after its page was fetched."""
    try:
        fetched = date.fromisoformat(fetched_at[:10]) if fetched_at else None
        return fetched is not None and (date.fromisoformat(dated.value[:10]) - fetched).days > 1
    except ValueError:
        return False


def date_of_line(
    text: str, start: int, end: int, pack: Pack, other_words: int = OTHER_WORDS
) -> DateMention | None:
    """The date on ``text[start:end]`` if it is a line that says when, and hardly anything else."""
    if end - start > LONGEST or not _DIGIT.search(text, start, end):
        return None
    dates = [m for m in find_dates(text, pack, start, end) if m.value and m.precision == "day"]
    if not dates or text[end - 1] in ".?!":
        return None
    best = next((m for m in dates if m.time), dates[0])
    others = sum(len(_WORD.findall(text, a, b)) for a, b in ((start, best.start), (best.end, end)))
    bare = best.time is None and best.weekday is None
    return best if others <= (min(2, other_words) if bare else other_words) else None


def as_dated(mention: DateMention, evidence: str) -> Dated | None:
    """A date read from a line of the text, with its time of day where that is told."""
    return _checked(mention.value or "", mention.time, mention.zone, (evidence, "text"))
