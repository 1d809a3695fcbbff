"""Hours of the last week in which nothing was published."""

from pathlib import Path

import msgspec

from kutip.flow.pipeline import process
from kutip.model import Page
from kutip.store import Record
from kutip.store.summary import summary
from tests.store.upkeep.reading import take_in

TIMES = (
    "2025-02-01T10:00:00+07:00",  # before the week
    "2025-02-25T08:30:00+07:00",
    "2025-02-25T01:40:00Z",
    "2025-02-25T06:05:00Z",
    "2025-02-26",
)


def test_hours_are_those_of_the_last_week_in_utc(tmp_path: Path) -> None:
    rows = (
        {"text": f"Jembatan nomor {n} dibuka kembali setelah diperbaiki.", "published": time, "lang": "id"}
        for n, time in enumerate(TIMES)
    )
    pages = (Page(f"r:{n}", msgspec.json.encode(row), "application/json") for n, row in enumerate(rows))
    with Record.open(str(tmp_path / "r.db"), "write") as record:
        take_in(record, *map(process, pages))
        assert summary(record.db).hours == ("2025-02-25T01", "2025-02-25T06")
