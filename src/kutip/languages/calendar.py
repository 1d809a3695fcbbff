"""``calendar.toml``: how a language writes dates. All words in lower case."""

import re

import msgspec

_ZONE = re.compile(r"[+-]\d\d:\d\d")


class Calendar(msgspec.Struct, frozen=True, forbid_unknown_fields=True, eq=False):
    """Words of dates and what they mean.

    months, weekdays: names and abbreviations to numbers (months 1 to 12, weekdays Monday = 0).
    short_weekdays: abbreviations, known as weekdays only beside a date. capitalised: names that mean
    something else in lower case. orders: how a date with the name of a month is put ("dmy", "mdy"). numeric:
    how one of numbers alone is, "" where the habit is divided. ordinals: endings of day numbers ("th").
    before_day: words between weekday and day ("tanggal"). of: words between day and month.

    relative: phrases for a day, to days from today. vague: phrases for a time that is no day ("last week").
    past, future: words that send a weekday to the one before or after today, by place: before or after it.
    units: words for a number of days, to that number. ago: what follows "three days". numbers: number words.
    parts: parts of a day, to their English names. clock: words before a time of day. halves: "a.m." and the
    like, to hours to add. zones: time zones, to offsets from UTC.
    """

    months: dict[str, int]
    weekdays: dict[str, int]
    short_weekdays: dict[str, int] = {}
    capitalised: frozenset[str] = frozenset()
    orders: tuple[str, ...] = ("dmy",)
    numeric: str = ""
    ordinals: tuple[str, ...] = ()
    before_day: tuple[str, ...] = ()
    of: tuple[str, ...] = ()
    relative: dict[str, int] = {}
    vague: tuple[str, ...] = ()
    past_before: tuple[str, ...] = ()
    past_after: tuple[str, ...] = ()
    future_before: tuple[str, ...] = ()
    future_after: tuple[str, ...] = ()
    units: dict[str, int] = {}
    ago: tuple[str, ...] = ()
    numbers: dict[str, int] = {}
    parts: dict[str, str] = {}
    clock: tuple[str, ...] = ()
    halves: dict[str, int] = {}
    zones: dict[str, str] = {}

    def __post_init__(self) -> None:
        if set(self.months.values()) != set(range(1, 13)) or set(self.weekdays.values()) != set(range(7)):
            raise ValueError("months must name 1 to 12 and weekdays 0 to 6, each at least once")
        if not set(self.orders) <= {"dmy", "mdy"} or self.numeric not in ("", "dmy", "mdy"):
            raise ValueError('orders and numeric may hold "dmy" and "mdy"')
        if bad := [zone for zone in self.zones.values() if not _ZONE.fullmatch(zone)]:
            raise ValueError(f"zones: {bad[0]!r} is no offset such as +07:00")
