"""Paragraphs: blank lines, single line breaks, and lines broken at a width."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kutip.flow.page_to_article.paragraphs import paragraphs

SENTENCES = [
    "Wali Kota Ratna Dewi mengumumkan bahwa jembatan lama akan dibongkar bulan depan karena rusak berat.",
    "Menurut dia, jembatan itu sudah tidak aman bagi kendaraan berat yang melintas setiap hari.",
    "Warga diminta mencari jalan lain selama pekerjaan berlangsung sampai akhir tahun nanti.",
]


def words(text: str) -> list[str]:
    return [text[a:b] for a, b in paragraphs(text)]


@pytest.mark.parametrize("gap", ["\n", "\n\n", "\n \t \n", "\n\n\n\n"])
def test_line_breaks_separate(gap: str) -> None:
    assert words(gap.join(SENTENCES)) == SENTENCES


@pytest.mark.parametrize("width", [40, 60, 80])
@pytest.mark.parametrize("gap", ["\n\n", "\n\n\n"])
def test_lines_broken_at_a_width_are_joined(width: int, gap: str) -> None:
    wrapped = [_wrap(" ".join(SENTENCES), width), _wrap(" ".join(reversed(SENTENCES)), width)]
    assert words(gap.join(wrapped)) == wrapped


def test_a_line_break_within_a_sentence() -> None:
    broken = SENTENCES[0].replace("lama akan", "lama\nakan")
    assert words("\n".join([broken, *SENTENCES[1:]])) == [broken, *SENTENCES[1:]]


def test_short_paragraphs_of_full_sentences_stay_apart() -> None:
    lines = [
        "Jembatan itu dibongkar Senin.",
        "Warga diminta mencari jalan lain.",
        "Bus tetap berjalan.",
        "Toko tutup.",
    ]
    assert words("\n".join(lines)) == lines


def test_items_of_a_list_stay_apart() -> None:
    lines = ["Yang perlu dibawa warga ke kantor kota", "- kartu", "- surat", "a. foto", "1. uang"]
    assert words("\n".join(lines)) == lines


def _wrap(text: str, width: int) -> str:
    lines, line = [], ""
    for word in text.split():
        if line and len(line) + 1 + len(word) > width:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}".strip()
    return "\n".join([*lines, line])


@given(st.text(alphabet="aB. \n\t\u00a0", max_size=300))
def test_nothing_but_blanks_is_left_out(text: str) -> None:
    spans = paragraphs(text)
    assert "".join("".join(text[a:b].split()) for a, b in spans) == "".join(text.split())
    assert all(a < b for a, b in spans)
    assert spans == sorted(spans)
