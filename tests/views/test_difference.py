"""Two renderings word by word: both can be read off the pieces, and words of weight are named for what they are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kutip.languages import load
from kutip.views.difference import Piece, Rendered, difference

ID, EN = load("id"), load("en")
WORDS = st.lists(
    st.sampled_from(
        ["kapal", "Kapal", "tidak", "30", "hari,", "boleh", "Selat", "pada", "17/11/2024", "…", "\n"]
    ),
    max_size=12,
).map(" ".join)


def pieces(reference: str, other: str) -> list[tuple[str, str, str]]:
    found = difference(Rendered(reference, ID), Rendered(other, ID))
    return [(piece.kind, piece.text.strip(), piece.what) for piece in found if piece.text.strip()]


def bare(text: str) -> str:
    return "".join(text.casefold().split())


@given(WORDS, WORDS)
def test_both_renderings_can_be_read_off(reference: str, other: str) -> None:
    found = difference(Rendered(reference, ID), Rendered(other, ID))
    assert "".join(piece.text for piece in found if piece.kind != "left") == other
    assert bare("".join(piece.text for piece in found if piece.kind != "added")) == bare(reference)
    assert all(piece.text for piece in found)
    assert all(piece.kind != "same" or not piece.what for piece in found)


def test_what_was_left_out_stands_before_what_was_added_in_its_place() -> None:
    assert pieces("air naik sejak sore hari itu", "air turun menjelang subuh hari itu") == [
        ("same", "air", ""),
        ("left", "naik sejak sore", ""),
        ("added", "turun menjelang subuh", ""),
        ("same", "hari itu", ""),
    ]


@pytest.mark.parametrize(
    ("reference", "other", "what"),
    [
        ("selat dibuka dalam 30 hari", "selat dibuka dalam 13 hari", "number"),
        ("selat dibuka dalam tiga hari", "selat dibuka dalam lima hari", "number"),
        ("warga boleh pulang", "warga tidak boleh pulang", "negation"),
        ("warga boleh pulang", "warga harus pulang", "modality"),
        ("kapal itu milik Wiraseno", "kapal itu milik Lembayung", "name"),
        ("air naik pada 17 November 2024 malam", "air naik pada 18 Desember 2024 malam", "date"),
    ],
)
def test_words_of_weight_are_named(reference: str, other: str, what: str) -> None:
    named = {piece[2] for piece in pieces(reference, other) if piece[0] != "same"}
    assert what in named
    assert named <= {what, ""}


def test_of_two_languages_each_stands_as_a_whole() -> None:
    found = difference(Rendered("Tidak ada korban jiwa", ID), Rendered("Nobody has died", EN))
    assert {piece.kind for piece in found} == {"left", "added"}
    assert [piece.text for piece in found if piece.what == "negation"]


def test_without_a_pack_words_are_just_words() -> None:
    found = difference(Rendered("tidak 30", None), Rendered("tidak 13", None))
    assert Piece("left", "30") in found
    assert Piece("added", "13") in found
