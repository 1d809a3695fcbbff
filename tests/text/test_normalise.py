"""Canonical text: what is removed, what stays."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kutip.text.normalise import canonical, lowered


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("satu\r\ndua\rtiga", "satu\ndua\ntiga"),
        ("satu\u2028dua\u2029tiga\x0cempat", "satu\ndua\ntiga\nempat"),
        ("\ufeffsa\xadtu\u200b\x00\x1b", "satu"),
        ("tab\tdan \u00a0 ruang", "tab\tdan \u00a0 ruang"),
        ("\ud800x", "\ufffdx"),
        ("“kutip” — é ß", "“kutip” — é ß"),
    ],
)
def test_canonical(raw: str, expected: str) -> None:
    assert canonical(raw) == expected


@given(st.text(alphabet=st.characters()))
def test_canonical_is_idempotent_and_can_be_written(text: str) -> None:
    once = canonical(text)
    assert canonical(once) == once
    once.encode("utf-8")


@given(st.text())
def test_lowered_keeps_offsets(text: str) -> None:
    assert len(lowered(text)) == len(text)


def test_lowered_where_lower_case_is_longer() -> None:
    assert lowered("AİB") == "aİb"
