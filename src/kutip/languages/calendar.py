"""``calendar.toml``: how a language writes dates."""

import msgspec


class Calendar(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Month and weekday names (lower case) to their numbers (months 1 to 12, weekdays Monday = 0)."""

    months: dict[str, int]
    weekdays: dict[str, int]
