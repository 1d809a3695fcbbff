"""Bars over time, drawn as plain SVG; the numbers stand in a table beside them."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from itertools import pairwise

import msgspec

WIDTH, HEIGHT = 640, 96  # units of the drawing
DAILY = 92  # days up to which each has its bar; months up to MONTHLY, then years
MONTHLY = 120
_HOUR = "%Y-%m-%dT%H"


class Bar(msgspec.Struct, frozen=True):
    """One bar. name: a day, month or year in ISO 8601; the rest is the rectangle."""

    name: str
    count: int
    x: float
    y: float
    width: float
    height: float


class Chart(msgspec.Struct, frozen=True):
    """Bars without a gap in time. step: "day", "month" or "year", of which there is one bar each."""

    bars: tuple[Bar, ...]
    step: str
    most: int
    total: int
    width: int = WIDTH
    height: int = HEIGHT


def over_time(counts: Iterable[tuple[str, int]]) -> Chart | None:
    """A chart of (ISO date, count); dates less precise than its step stand where they begin. None if empty."""
    given = [(name, count) for name, count in counts if _is_date(name)]
    if not given:
        return None
    first, last = _day(min(name for name, _ in given)), _day(max(name for name, _ in given))
    days, months = (last - first).days + 1, _month(last) - _month(first) + 1
    finest = max(len(name) for name, _ in given)
    step = (
        "day" if days <= DAILY and finest == 10 else "month" if months <= MONTHLY and finest > 4 else "year"
    )
    letters = {"day": 10, "month": 7, "year": 4}[step]
    found: Counter[str] = Counter()
    for name, count in given:
        found[_day(name).isoformat()[:letters]] += count
    return _chart([(name, found[name]) for name in _names(first, last, step)], step)


def gaps(days: Sequence[str], at_most: int = 200) -> tuple[tuple[str, str], ...]:
    """Ranges (first, last) of days without articles between the first and the last day that has some."""
    known = sorted(_day(name) for name in days if _is_date(name))
    one = timedelta(days=1)
    missing = (((a + one).isoformat(), (b - one).isoformat()) for a, b in pairwise(known) if b - a > one)
    return tuple(missing)[-at_most:]


def hour_gaps(hours: Sequence[str], at_most: int = 200) -> tuple[tuple[str, str], ...]:
    """Ranges (first, last) of hours ("2025-02-25T10") without articles between the first and the last that has some."""
    known = sorted(datetime.strptime(name, _HOUR) for name in hours)
    one = timedelta(hours=1)
    missing = [
        ((a + one).strftime(_HOUR), (b - one).strftime(_HOUR)) for a, b in pairwise(known) if b - a > one
    ]
    return tuple(missing[-at_most:])


def _chart(counts: Sequence[tuple[str, int]], step: str) -> Chart:
    most = max(count for _, count in counts)
    space = WIDTH / len(counts)
    bars = []
    for at, (name, count) in enumerate(counts):
        height = round(max(count / most * HEIGHT, 1.5), 1) if count else 0.0
        x, width = round(at * space, 2), round(max(space * 0.82, 0.5), 2)
        bars.append(Bar(name, count, x, round(HEIGHT - height, 1), width, height))
    return Chart(tuple(bars), step, most, sum(count for _, count in counts))


def _names(first: date, last: date, step: str) -> Iterable[str]:
    if step == "day":
        return [(first + timedelta(days=n)).isoformat() for n in range((last - first).days + 1)]
    if step == "month":
        return [f"{n // 12:04}-{n % 12 + 1:02}" for n in range(_month(first), _month(last) + 1)]
    return [f"{year:04}" for year in range(first.year, last.year + 1)]


def _month(day: date) -> int:
    return day.year * 12 + day.month - 1


def _day(name: str) -> date:
    return date.fromisoformat(name + "-01-01"[len(name) - 4 :] if len(name) < 10 else name)


def _is_date(name: str) -> bool:
    try:
        return len(name) in (4, 7, 10) and bool(_day(name))
    except ValueError:
        return False
