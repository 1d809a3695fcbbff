"""Datelines: their many shapes, and what only looks like one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kutip.flow.page_to_article.datelines import (
    agency_of,
    dateline_end,
    domain_of,
    head_of,
    inner_datelines,
    is_dateline_alone,
)

SENTENCE = "Wali kota mengatakan jembatan itu akan diperbaiki tahun ini."


@pytest.mark.parametrize(
    "dateline",
    [
        "KABARBANGKA.COM - ",
        "KABARBANGKA.COM, PANGKAL PINANG - ",
        "PANGKAL PINANG, KABAR.com - ",
        "KABAR.CO.ID - BELINYU. ",
        "KABAR.CO.ID, Belinyu - ",
        "Kabar.com, BELINYU – ",
        "Belinyu (KABAR) - ",
        "Mentok, Bangka (KABAR News) - ",
        "BELINYU (KB) — ",
        "BELINYU, Bangka, Oct. 4 (KBI) — ",
        "BELINYU, B.B., Sept. 26 (KBI) — ",
        "BELINYU, 23 Februari 2016 (Kabar/Siaran) - ",
        "BELINYU, Feb 25 (Kabar) - ",
        "BELINYU — ",
        "BELINYU, KABAR — ",
        "(Kabar) - ",
    ],
)
@pytest.mark.parametrize("bold", [True, False])
def test_datelines_that_show_what_they_are(dateline: str, bold: bool) -> None:
    text = f"x {dateline}{SENTENCE}"
    assert text[2 : dateline_end(text, 2, len(text), bold)] == dateline


@pytest.mark.parametrize(
    "dateline",
    [
        "Kabar6.com, Belinyu ",
        "KABAR.CO, ",
        "Poros Bangka – ",
        "Belinyu - ",
        "Belinyu, Kabar Bangka -- ",
        "kabarNews - ",
    ],
)
def test_plain_names_only_at_the_head_of_a_first_paragraph(dateline: str) -> None:
    text = f"{dateline}{SENTENCE}"
    assert dateline_end(text, 0, len(text), bold=True) == len(dateline)
    assert dateline_end(text, 0, len(text), bold=False) == 0


@pytest.mark.parametrize(
    "text",
    [
        "Ratna Dewi - yang baru tiba - mengatakan bahwa jembatan itu rusak berat.",
        "Mr. Smith - a lawyer - said he would appeal the decision to the court.",
        "Kabar.com, situs berita itu, melaporkan bahwa jembatan itu rusak berat.",
        "Kabar.com, Bangka Pos and others said they would not take part in the event.",
        "Mentok-Belinyu dapat ditempuh dalam waktu kurang dari satu jam dengan bus.",
        "Wali Kota Mentok (Ratna) - mengatakan hal itu kepada wartawan di kantornya.",
        "BELINYU — pendek",
    ],
)
def test_sentences_are_no_datelines(text: str) -> None:
    assert dateline_end(text, 0, len(text), bold=False) == 0


def test_inner_datelines() -> None:
    text = f"Jembatan rusak berat Pangkal Pinang (KABAR) - {SENTENCE}"
    assert [text[a:b] for a, b in inner_datelines(text, 0, len(text))] == ["Pangkal Pinang (KABAR) - "]


def test_the_names_in_a_dateline() -> None:
    assert domain_of("BELINYU, KABAR.com -") == "KABAR.com"
    assert domain_of("BELINYU, B.B. (KBI) —") is None
    assert agency_of("BELINYU, B.B. (KBI) —") == "KBI"
    assert agency_of("Belinyu (1) -") is None
    assert head_of("Poros Bangka –") == "Poros Bangka"


@given(st.text(alphabet="AB.a-–( ),1“ \n", max_size=200), st.booleans())
def test_any_text(text: str, bold: bool) -> None:
    assert 0 <= dateline_end(text, 0, len(text), bold) <= len(text)


@pytest.mark.parametrize(
    ("line", "alone"),
    [
        ("JAKARTA, KABAR.com", True),
        ("BELINYU, BANGKA", True),
        ("BELINYU (KBI)", True),
        ("BELINYU", False),
        ("Belinyu, Bangka", False),
        ("WALI KOTA: JEMBATAN RUSAK", False),
    ],
)
def test_a_dateline_alone(line: str, alone: bool) -> None:
    assert is_dateline_alone(line, 0, len(line)) is alone
