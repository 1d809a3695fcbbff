"""What the pages say to their reader: a file for each language, all with the same keys."""

import re
import tomllib
from functools import lru_cache
from importlib.resources import files

import msgspec

from kutip.model import Dated, Force, Kind, Role, SpeakerKind

FOLDER = "interface"
_NO_OFFSET = re.compile(r"Z|[+-]00:?00")


class WordsError(Exception):
    """A file of words contradicts its schema. The message names the file, the field and what is wrong."""


class DatePatterns(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How a date of each precision is written; ``zone`` adds the offset from UTC to a written date."""

    year: str
    month: str
    day: str
    minute: str
    zone: str


class Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One interface language.

    thousands: what stands between the thousands of a number. languages: names of those of articles; one without
    a name shows its code. web: for the pages of a record.
    """

    name: str
    thousands: str
    months: tuple[str, ...]
    dates: DatePatterns
    ui: dict[str, str]
    kinds: dict[Kind, str]
    speaker_kinds: dict[SpeakerKind, str]
    forces: dict[Force, str]
    roles: dict[Role, str]
    origins: dict[str, str]
    languages: dict[str, str]
    web: dict[str, str]

    def flat(self, leave_out: tuple[str, ...] = ()) -> dict[str, str]:
        """All words under one key each: "ui.find", "forces.says" … leave_out: tables that are not wanted."""
        tables: dict[str, dict[str, str]] = msgspec.to_builtins(self)
        return {
            f"{table}.{key}": word
            for table, entries in tables.items()
            if isinstance(entries, dict) and table not in ("dates", *leave_out)
            for key, word in entries.items()
        }

    def date(self, dated: Dated) -> str:
        """A date in words, as precise as it is known; a value that is no ISO date is given as it is."""
        return self.day(dated.value, dated.precision)

    def day(self, value: str, precision: str = "day") -> str:
        """An ISO 8601 date in words. precision: "year", "month", "day" or "minute"."""
        digits = value[:4], value[5:7] or "1", value[8:10] or "1"
        if not all(part.isascii() and part.isdigit() for part in digits) or not 1 <= int(digits[1]) <= 12:
            return value
        pattern = getattr(self.dates, precision, self.dates.day)
        written: str = pattern.format(
            year=digits[0],
            month=self.months[int(digits[1]) - 1],
            day=int(digits[2]),
            hour=value[11:13],
            minute=value[14:16],
        )
        zone = value[16:].lstrip("0123456789:.") if precision == "minute" else ""
        return self.dates.zone.format(date=written, zone=_NO_OFFSET.sub("", zone)) if zone else written


@lru_cache
def interface_languages() -> tuple[str, ...]:
    """Codes of the interface languages, sorted."""
    names = (path.name for path in files(__package__).joinpath(FOLDER).iterdir())
    return tuple(sorted(name.removesuffix(".toml") for name in names if name.endswith(".toml")))


@lru_cache
def words(code: str) -> Words:
    """The words of an interface language. Raises WordsError where its file contradicts the schema."""
    name = f"{FOLDER}/{code}.toml"
    try:
        raw = files(__package__).joinpath(name).read_text(encoding="utf-8")
        return msgspec.convert(tomllib.loads(raw), Words)
    except (FileNotFoundError, tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise WordsError(f"views/{name}: {error}") from error
