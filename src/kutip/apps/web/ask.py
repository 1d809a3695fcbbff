"""What a URL asks for, to what the store is asked. What cannot be understood is said, with what would be."""

import re
from collections.abc import Iterable, Mapping
from datetime import date

import msgspec

from kutip.model import Force, Kind
from kutip.store import SaidQuery
from kutip.store.asked import Wanted

# Names in URLs -> fields of SaidQuery: the options of `kutip said`; "speaker" is the id of one.
FILTERS = {
    "speaker": "",
    "by": "by",
    "about": "about",
    "to": "to",
    "via": "via",
    "in": "outlet",
    "since": "since",
    "until": "until",
    "kind": "kind",
    "force": "force",
}
PAGING = ("after", "size")
CHOICES = {"kind": tuple(k.value for k in Kind), "force": tuple(f.value for f in Force)}
SIZE, MAX_SIZE = 50, 200
LONGEST = 500  # letters of one filter
_DATE = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?")


class BadQuestion(Exception):
    """A URL asks for what there cannot be. field: which part; the message says what can be asked."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


class Question(msgspec.Struct, frozen=True):
    """What was asked for. asked: the filters that ask something, by their names in URLs."""

    asked: dict[str, str]
    wanted: Wanted


def question(pairs: Iterable[tuple[str, str]], more: tuple[str, ...] = ()) -> Question:
    """The question in the parameters of a URL. more: names that are allowed beside. Raises BadQuestion."""
    given: dict[str, str] = {}
    for name, value in pairs:
        if name not in FILTERS and name not in PAGING and name not in more:
            raise BadQuestion(
                name, f"there is no filter {name!r}; there are: {', '.join((*FILTERS, *PAGING))}"
            )
        if name in given:
            raise BadQuestion(name, f"{name!r} is given twice; give it once")
        given[name] = value.strip()
    asked = {name: given[name] for name in FILTERS if given.get(name)}
    for name, value in asked.items():
        _check(name, value)
    fields = {field: value for name, value in asked.items() if (field := FILTERS[name])}
    query = msgspec.convert(fields, SaidQuery)
    return Question(asked, Wanted(query, after=given.get("after", ""), size=_size(given)))


def _check(name: str, value: str) -> None:
    if len(value) > LONGEST:
        raise BadQuestion(name, f"{name!r} is longer than {LONGEST} letters")
    if name in CHOICES and value not in CHOICES[name]:
        raise BadQuestion(name, f"{value!r} is no {name}; there are: {', '.join(CHOICES[name])}")
    if name in ("since", "until") and not _is_date(value):
        raise BadQuestion(name, f"{value!r} is not a date; write 2025, 2025-02 or 2025-02-25")


def _is_date(value: str) -> bool:
    try:
        return bool(_DATE.fullmatch(value) and date.fromisoformat(value + "-01-01"[len(value) - 4 :]))
    except ValueError:
        return False


def _size(given: Mapping[str, str]) -> int:
    written = given.get("size") or str(SIZE)
    if not (written.isascii() and written.isdigit() and len(written) < 5 and 1 <= int(written) <= MAX_SIZE):
        raise BadQuestion("size", f"{written!r} is no size of a page; give 1 to {MAX_SIZE}")
    return int(written)
