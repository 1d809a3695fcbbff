"""Dates in running text: found by the calendar of a language pack, resolved against a day that is known."""

from collections.abc import Sequence
from datetime import date, timedelta

from kutip.languages import Pack
from kutip.text.date_scan import DateMention, scan_dates, scan_full_dates, valid_day

__all__ = ["DateMention", "article_dates", "find_dates", "resolve"]


def find_dates(text: str, pack: Pack, start: int = 0, end: int | None = None) -> list[DateMention]:
    """Dates in ``text[start:end]``, in order, not overlapping. If weekday and date clash, the date stands."""
    return scan_dates(text, pack.calendar, start, len(text) if end is None else end)


def article_dates(text: str, pack: Pack) -> tuple[str, ...]:
    """The days that an article names in full, as ISO dates, sorted."""
    found = scan_full_dates(text, pack.calendar)
    return tuple(sorted({m.value for m in found if m.value and m.precision == "day"}))


def resolve(mention: DateMention, published: str | None, own_dates: Sequence[str] = ()) -> str | None:
    """The day that is meant, as ISO date, or None where it cannot be known.

    published: ISO date of publication, or None. own_dates: see article_dates; the last of them stands in for
    an unknown publication date, for weekdays and for dates without year.
    """
    if mention.precision in ("impossible", "vague"):
        return None
    if mention.value:
        return mention.value if mention.precision == "day" else None
    today = _day(published)
    if mention.offset is not None:
        return _iso(today, mention.offset)
    today = today or (_day(own_dates[-1]) if own_dates else None)
    if today is None:
        return None
    if mention.month_day:
        return _nearest(today, mention)
    if mention.weekday is None:
        return None
    if mention.direction > 0:
        return _iso(today, (mention.weekday - today.weekday() - 1) % 7 + 1)
    back = (today.weekday() - mention.weekday) % 7
    return _iso(today, -(back or 7) if mention.direction < 0 else -back)


def _day(iso: str | None) -> date | None:
    try:
        return date.fromisoformat(iso[:10]) if iso else None
    except ValueError:
        return None


def _iso(today: date | None, days: int) -> str | None:
    try:
        return (today + timedelta(days)).isoformat() if today else None
    except OverflowError:
        return None


def _nearest(today: date, mention: DateMention) -> str | None:
    """The day of month and day nearest to ``today``, or the last before it for "4 May last"."""
    month, day = mention.month_day or (0, 0)
    near = [d for year in (-1, 0, 1) if (d := valid_day(today.year + year, month, day))]
    if mention.direction < 0:
        near = [d for d in near if d <= today]
    best = min(near, key=lambda d: abs((d - today).days), default=None)
    return best.isoformat() if best else None
