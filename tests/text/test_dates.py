"""Dates: found in running text, resolved against a day that is known."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kutip.languages import available, load
from kutip.text.dates import article_dates, find_dates, resolve

WEDNESDAY = "2025-02-26"

INDONESIAN = [
    # words in a sentence, what is found, the day meant when published on Wednesday 2025-02-26
    ("pada hari Selasa (25/2/2025) bahwa", "Selasa (25/2/2025)", "2025-02-25"),
    ("katanya, Selasa (25/2).", "Selasa (25/2)", "2025-02-25"),
    ("katanya, Selasa, (25/02).", "Selasa, (25/02)", "2025-02-25"),
    ("kemudian (10/09) ia", "(10/09)", "2024-09-10"),
    ("Rabu, 26 Februari 2025 / 08:16 WIB", "Rabu, 26 Februari 2025 / 08:16 WIB", "2025-02-26"),
    ("sejak Rabu 11 September 2019 itu", "Rabu 11 September 2019", "2019-09-11"),
    ("terbit 26 Feb 2025 di", "26 Feb 2025", "2025-02-26"),
    ("terbit 25/2/2025 di", "25/2/2025", "2025-02-25"),
    ("terbit 2025-02-25 di", "2025-02-25", "2025-02-25"),
    ("pada hari Senin, wali kota", "Senin", "2025-02-24"),
    ("pada Rabu malam wali kota", "Rabu malam", "2025-02-26"),
    ("Senin malam (24/2/2025) di", "Senin malam (24/2/2025)", "2025-02-24"),
    ("Senin (24/2/2025) malam di", "Senin (24/2/2025) malam", "2025-02-24"),
    ("Senin (24/2) dini hari di", "Senin (24/2) dini hari", "2025-02-24"),
    ("pada Rabu lalu ia", "Rabu lalu", "2025-02-19"),
    ("pada Jumat mendatang ia", "Jumat mendatang", "2025-02-28"),
    ("pada Rabu, 11 September lalu ia", "Rabu, 11 September lalu", "2024-09-11"),
    ("katanya kemarin di", "kemarin", "2025-02-25"),
    ("katanya hari ini di", "hari ini", "2025-02-26"),
    ("hari ini, Rabu (26/2), ia", "Rabu (26/2)", "2025-02-26"),
    ("sejak Senin (24/2/2025) kemarin ia", "Senin (24/2/2025)", "2025-02-24"),
    ("tiga hari lalu ia", "tiga hari lalu", "2025-02-23"),
    ("2 hari yang lalu ia", "2 hari yang lalu", "2025-02-24"),
    ("katanya Minggu (23/2/2025).", "Minggu (23/2/2025)", "2025-02-23"),
    ("katanya, Jumat (28/12).", "Jumat (28/12)", "2024-12-28"),
    ("pada Februari 2025 ia", "Februari 2025", None),
    ("pekan lalu ia", "pekan lalu", None),
    ("seminggu itu minggu lalu ia", "minggu lalu", None),
    ("pada Senin (31/2/2025) ia", "Senin (31/2/2025)", None),
    ("tanggal 99/99/9999 ia", "99/99/9999", None),
    # weekday and date clash: the date stands
    ("katanya, Senin (25/2/2025).", "Senin (25/2/2025)", "2025-02-25"),
]

ENGLISH = [
    ("on Oct. 4, 2016, she", "Oct. 4, 2016", "2016-10-04"),
    ("on 4 October 2016 she", "4 October 2016", "2016-10-04"),
    ("on the 4th of October 2016 she", "4th of October 2016", "2016-10-04"),
    ("said Monday that", "Monday", "2025-02-24"),
    ("said on Monday night that", "Monday night", "2025-02-24"),
    ("said last Wednesday that", "last Wednesday", "2025-02-19"),
    ("will meet next Friday in", "next Friday", "2025-02-28"),
    ("said yesterday that", "yesterday", "2025-02-25"),
    ("two days ago she", "two days ago", "2025-02-24"),
    ("said last week that", "last week", None),
    ("BELINYU, Sept. 28 (KBI)", "Sept. 28", "2024-09-28"),
    ("Tuesday, Feb. 25, she", "Tuesday, Feb. 25", "2025-02-25"),
    ("Wed, 26 Feb 2025 08:16 GMT", "Wed, 26 Feb 2025 08:16 GMT", "2025-02-26"),
    ("February 26, 2025 at 5 p.m. EST", "February 26, 2025 at 5 p.m. EST", "2025-02-26"),
    ("dated 2/25/2025 by", "2/25/2025", "2025-02-25"),
    ("in March 2016 she", "March 2016", None),
]

CASES = [("id", *case) for case in INDONESIAN] + [("en", *case) for case in ENGLISH]


@pytest.mark.parametrize(("lang", "text", "words", "day"), CASES)
def test_found_and_resolved(lang: str, text: str, words: str, day: str | None) -> None:
    (mention,) = find_dates(text, load(lang))
    assert text[mention.start : mention.end] == words
    assert resolve(mention, WEDNESDAY) == day


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("id", "sekitar 3/4 siswa hadir"),
        ("id", "nomor 12-34 dan 1.250.000 rupiah"),
        ("id", "mei dan agus bukan tanggal"),
        ("id", "sepanjang minggu ia menunggu"),
        ("en", "she may 4 times a year march on"),
        ("en", "the attacks of 9/11 changed it"),
        ("en", "due 4/5/2016 in one country or another"),
        ("en", "the sun and a sat nav"),
    ],
)
def test_not_dates(lang: str, text: str) -> None:
    assert find_dates(text, load(lang)) == []


def test_unknown_publication_day_stays_unknown() -> None:
    for words in ("kemarin", "hari ini", "Senin", "Senin (24/2)"):
        (mention,) = find_dates(words, load("id"))
        assert resolve(mention, None) is None


def test_own_dates_stand_in_for_weekdays_but_not_for_yesterday() -> None:
    text = "Selasa (25/2/2025) dan pada hari Senin, juga kemarin. (20/2)"
    mentions = find_dates(text, load("id"))
    own = article_dates(text, load("id"))
    assert own == ("2025-02-25",)
    assert [resolve(m, None, own) for m in mentions] == ["2025-02-25", "2025-02-24", None, "2025-02-20"]


def test_time_zone_and_part_of_the_day() -> None:
    (mention,) = find_dates("Rabu, 26 Februari 2025 / 08:16 WIB", load("id"))
    assert (mention.time, mention.zone) == ("08:16", "+07:00")
    (mention,) = find_dates("Oct. 4, 2016 at 12:30 a.m.", load("en"))
    assert mention.time == "00:30"
    (mention,) = find_dates("Rabu malam", load("id"))
    assert mention.part == "night"


def test_a_span_counts_from_the_start_of_the_text() -> None:
    text = "Kamis. Senin (24/2/2025)"
    (mention,) = find_dates(text, load("id"), 7)
    assert text[mention.start : mention.end] == "Senin (24/2/2025)"


def test_published_with_time_or_absurd() -> None:
    (mention,) = find_dates("kemarin", load("id"))
    assert resolve(mention, "2025-02-26T08:16:00+07:00") == "2025-02-25"
    assert resolve(mention, "kapan?") is None
    assert resolve(mention, "0001-01-01") is None


PARTS = st.sampled_from(
    [
        "Senin",
        "Monday",
        "minggu",
        "lalu",
        "last",
        "(",
        ")",
        "25",
        "/",
        "2",
        "-",
        ".",
        "2025",
        "31",
        "Februari",
        "Feb.",
        "May",
        "th",
        "kemarin",
        "hari",
        "ago",
        "days",
        " ",
        ", ",
        "pukul",
        "08:16",
        "WIB",
        "99",
        "0",
        "İ",
        "²",
        "٣",
    ]
)


@given(st.lists(PARTS, max_size=20).map("".join) | st.text(max_size=100), st.sampled_from(available()))
def test_any_text(text: str, lang: str) -> None:
    at = 0
    for mention in find_dates(text, load(lang)):
        assert at <= mention.start < mention.end <= len(text)
        at = mention.end
        for published in (None, WEDNESDAY, "9999-12-31", "0001-01-01"):
            day = resolve(mention, published, ("2025-02-25",))
            assert day is None or len(day) == 10
