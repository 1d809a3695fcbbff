"""Publication dates: as declared in many styles, and as a line of the text says."""

import pytest

from kutip.flow.page_to_article.published import as_dated, date_of_line, is_after, read_declared
from kutip.languages import load
from kutip.model import Dated


@pytest.mark.parametrize(
    ("written", "value", "precision"),
    [
        ("2025-02-26", "2025-02-26", "day"),
        ("20250226", "2025-02-26", "day"),
        ("2025-02-26 08:16", "2025-02-26T08:16:00", "minute"),
        ("2025-02-26T08:16:30.123+0700", "2025-02-26T08:16:00+07:00", "minute"),
        ("2025-02-26T08:16Z", "2025-02-26T08:16:00+00:00", "minute"),
        ("Wed, 26 Feb 2025 08:16:00 +0700", "2025-02-26T08:16:00+07:00", "minute"),
        ("Rabu, 26 Februari 2025 | 08:16 WIB", "2025-02-26T08:16:00+07:00", "minute"),
        ("26/02/2025", "2025-02-26", "day"),
    ],
)
def test_declared(written: str, value: str, precision: str) -> None:
    assert read_declared(written, "declared", load("id")) == Dated(value, precision, written, "declared")


@pytest.mark.parametrize(
    "written", ["", "besok", "2025-02-30", "2025-02-26T99:99", "0001-01-01", "9999-12-31", "12", "99/99/9999"]
)
def test_not_a_date(written: str) -> None:
    assert read_declared(written, "declared", load("id")) is None


def test_a_line_with_its_time() -> None:
    line = "Rabu, 26 Februari 2025 / 08:16 WIB"
    mention = date_of_line(line, 0, len(line), load("id"))
    assert mention
    assert as_dated(mention, line) == Dated("2025-02-26T08:16:00+07:00", "minute", line, "text")


def test_later_than_fetched() -> None:
    dated = Dated("2025-02-28", "day", "", "declared")
    assert is_after(dated, "2025-02-26T10:00:00Z")
    assert not is_after(dated, "2025-02-27T10:00:00Z")
    assert not is_after(dated, None)
    assert not is_after(dated, "nonsense")
