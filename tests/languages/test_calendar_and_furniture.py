"""The checks on calendar.toml and furniture.toml: a contradiction is told with its place."""

from typing import Any

import msgspec
import pytest

from kutip.languages import available, load
from kutip.languages.calendar import Calendar
from kutip.languages.furniture import Furniture

MONTHS = {f"m{n}": n for n in range(1, 13)}
WEEKDAYS = {f"w{n}": n for n in range(7)}


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"months": {"m1": 1}}, "months must name 1 to 12"),
        ({"weekdays": {"w0": 0}}, "weekdays 0 to 6"),
        ({"orders": ["ymd"]}, "orders"),
        ({"numeric": "ymd"}, "numeric"),
        ({"zones": {"wib": "7"}}, "'7' is no offset"),
        ({"moths": {}}, "moths"),
    ],
)
def test_calendar(fields: dict[str, Any], message: str) -> None:
    with pytest.raises(msgspec.ValidationError, match=message):
        msgspec.convert({"months": MONTHS, "weekdays": WEEKDAYS, **fields}, Calendar)


@pytest.mark.parametrize(
    ("signs", "message"),
    [
        ({"starts": ["Baca juga"]}, "must be lower case"),
        ({"starts": ["*"]}, "hold a word"),
        ({"shapes": ["("]}, "no regular expression"),
        ({"shapes": ["(a)"]}, "capturing group"),
        ({"start": []}, "start"),
    ],
)
def test_furniture(signs: dict[str, Any], message: str) -> None:
    with pytest.raises(msgspec.ValidationError, match=message):
        msgspec.convert({"roles": {"related": signs}}, Furniture)


def test_furniture_names_a_known_role() -> None:
    with pytest.raises(msgspec.ValidationError, match="sidebar"):
        msgspec.convert({"roles": {"sidebar": {}}}, Furniture)


def test_a_phrase_stands_for_one_role() -> None:
    with pytest.raises(msgspec.ValidationError, match="stands for related and for legal"):
        msgspec.convert({"roles": {"related": {"starts": ["baca"]}, "legal": {"alone": ["baca"]}}}, Furniture)


@pytest.mark.parametrize("code", available())
def test_every_pack_has_furniture_and_dates(code: str) -> None:
    pack = load(code)
    assert pack.furniture.roles
    assert pack.calendar.relative
