"""Times of day in running text, by the calendar of a language pack."""

import re
from collections.abc import Iterable
from functools import lru_cache

import msgspec

from kutip.languages import Pack
from kutip.languages.calendar import Calendar

_DAY = 24 * 60


class Clock(msgspec.Struct, frozen=True):
    """A time as a text has it: ``text[start:end]``. minute: of the day. offset: of its zone from UTC in minutes."""

    start: int
    end: int
    minute: int
    offset: int | None = None

    def same(self, other: "Clock") -> bool:
        """Whether both are one time, in zones that may differ."""
        if self.offset is None or other.offset is None:
            return self.minute == other.minute
        return (self.minute - self.offset - other.minute + other.offset) % _DAY == 0


def find_times(text: str, pack: Pack) -> list[Clock]:
    """Times in ``text``, in order: with a word for time before them, a half of the day or a zone behind, or a colon."""
    out = []
    halves = _bare_halves(pack.calendar)
    for match in _pattern(pack.calendar).finditer(text):
        hour, minute = int(match["h"]), int(match["n"] or 0)
        if match["half"]:
            hour = hour % 12 + halves[match["half"].casefold()]
        told = match["half"] or (match["zone"] and (match["n"] or match["word"]))
        if (told or (match["n"] and (match["word"] or match["s"] == ":"))) and hour < 24 and minute < 60:
            zone = pack.calendar.zones.get((match["zone"] or "").casefold())
            out.append(
                Clock(match.start(), match.end(), hour * 60 + minute, _minutes(zone) if zone else None)
            )
    return out


def _bare_halves(calendar: Calendar) -> dict[str, int]:
    """Halves of the day without their last full stop, which may be missing at the end of a clause."""
    return {half.rstrip("."): hours for half, hours in calendar.halves.items()}


def _minutes(zone: str) -> int:
    """ "+07:00" in minutes."""
    hours, minutes = zone[1:].split(":")
    return (int(hours) * 60 + int(minutes)) * (-1 if zone[0] == "-" else 1)


@lru_cache(maxsize=32)
def _pattern(calendar: Calendar) -> re.Pattern[str]:
    return re.compile(
        rf"(?<![\w.,:/])(?:(?P<word>{_any(calendar.clock)}) )?"
        r"(?P<h>\d{1,2})(?:(?P<s>[.:])(?P<n>\d\d)(?::\d\d)?)?(?![\d/]|[.,:]\d)"
        rf"(?: ?(?P<half>{_any(_bare_halves(calendar))})\b\.?)?(?: (?P<zone>{_any(calendar.zones)})\b)?",
        re.IGNORECASE,
    )


def _any(words: Iterable[str]) -> str:
    """An alternation, longest first; never matches where there are no words."""
    return "|".join(map(re.escape, sorted(words, key=lambda word: (-len(word), word)))) or r"(?!)"
