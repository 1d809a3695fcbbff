import pytest
from hypothesis import given
from hypothesis import strategies as st

from kutip.languages import load
from kutip.text.numbers import find_numbers

CASES = [
    ("id", "menerima sekurang-kurangnya USD2,9 juta", [("2900000", "USD", "least")]),
    ("id", "sekitar 6.000 hektare", [("6000", "ha", "about")]),
    ("id", "40.000 orang, dua puluh lima rumah", [("40000", "people", ""), ("25", "", "")]),
    ("id", "kurang lebih 14 pasal", [("14", "articles", "about")]),
    ("id", "tidak lebih dari tiga ratus ribu rupiah", [("300000", "IDR", "under")]),
    ("id", "naik 12,5 persen", [("12.5", "percent", "")]),
    ("id", "pukul 10.30 WIB", [("10.3", "", "")]),
    ("en", "about 4,200 residents of seven villages", [("4200", "", "about"), ("7", "", "")]),
    ("en", "more than $3 billion", [("3000000000", "USD", "over")]),
    ("en", "two hundred and five ships", [("205", "", "")]),
    ("en", "nothing to count", []),
]


@pytest.mark.parametrize(("lang", "text", "expected"), CASES)
def test_numbers(lang: str, text: str, expected: list[tuple[str, str, str]]) -> None:
    found = find_numbers(text, load(lang))
    assert [(q.value, q.unit, q.hedge) for q in found] == expected


@given(st.text(alphabet="0123456789.,:/ abcdua puluh ratus juta$%"), st.sampled_from(["id", "en"]))
def test_spans_hold_numbers_in_order(text: str, lang: str) -> None:
    end = 0
    for quantity in find_numbers(text, load(lang)):
        assert end <= quantity.start < quantity.end <= len(text)
        assert text[quantity.start : quantity.end].strip() == text[quantity.start : quantity.end]
        end = quantity.end
