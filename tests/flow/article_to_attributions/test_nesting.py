"""Reports within reports: languages whose pack counts the outermost alone, and those that count all."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from kutip import attribute
from kutip.languages import available, load

WORDS = st.sampled_from(
    [
        "he",
        "she",
        "said",
        "that",
        "the",
        "mayor",
        "claims",
        "Smith",
        ",",
        "and",
        '"',
        "road",
        "is",
        "closed",
        ".",
    ]
)


@given(st.lists(WORDS, max_size=60).map(" ".join))
def test_what_is_reported_never_overlaps_where_the_outermost_counts_alone(text: str) -> None:
    flat = [code for code in available() if not load(code).grammar.frames.nested]
    for code in flat:
        spans = sorted((c.start, c.end) for a in attribute(text, code) for c in a.content)
        assert all(end <= start for (_, end), (start, _) in pairwise(spans))


def test_a_report_within_a_report_counts_where_the_pack_says_so() -> None:
    assert load("id").grammar.frames.nested
    found = attribute("Budi mengatakan, Ani meminta warga untuk pulang.", "id")
    assert {a.speaker for a in found} == {"Budi", "Ani"}
