"""Tokens one by one and in columns."""

from hypothesis import given
from hypothesis import strategies as st

from kutip.text.tokens import scan, split

PIECES = [
    "kata ",
    "Kata",
    " 12.500,",
    "U.S. ",
    "Prof.Dr.",
    "(",
    ")",
    "…",
    "\n\n",
    "\u00a0",
    "al-Maliki’s ",
    "a.co.id",
]


@given(st.lists(st.sampled_from(PIECES) | st.characters(), max_size=30), st.integers(0, 9), st.integers(0, 9))
def test_columns_are_those_of_the_tokens(pieces: list[str], before: int, after: int) -> None:
    text = "".join(pieces)
    end = max(before, len(text) - after)
    words, starts, ends = split(text, before, end)
    assert list(zip(words, starts, ends, strict=True)) == [
        (m[0], m.start(), m.end()) for m in scan(text, before, end)
    ]
