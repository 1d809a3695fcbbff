"""The definition, one rule at a time."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kutip.measure import GoldError, Marked, Options, compare, read_gold, read_predicted, score
from kutip.model import Attribution, Force, Kind, Span, SpeakerKind

TEXT = '"Satu dua tiga empat," kata Budi Raya. "Lima," ujarnya.'


def mark(start: int, end: int, **fields: object) -> Marked:
    return Marked.of({"content": [{"start": start, "end": end}], "kind": "direct", **fields})


def test_quotation_marks_and_edge_punctuation_do_not_count() -> None:
    (pair,) = compare("a", TEXT, [mark(1, 20)], [mark(0, 22)]).pairs
    assert pair.exact


def test_close_starts_at_four_fifths() -> None:
    (three_of_four,) = compare("a", TEXT, [mark(1, 20)], [mark(1, 14)]).pairs
    assert three_of_four.jaccard == 0.75
    assert not three_of_four.close
    text = "a b c d e"
    (four_of_five,) = compare("a", text, [mark(0, 9)], [mark(0, 7)]).pairs
    assert four_of_five.close


def test_pairs_are_one_to_one_best_first() -> None:
    compared = compare("a", TEXT, [mark(1, 20)], [mark(1, 10), mark(1, 20)])
    assert [pair.predicted for pair in compared.pairs] == [mark(1, 20)]
    assert compared.alone_predicted == (mark(1, 10),)


@pytest.mark.parametrize(
    ("gold", "predicted", "right", "equal"),
    [
        ("Budi Raya", "Raya", True, False),
        ("Budi Raya", "BUDI raya", True, True),
        ("Budi Raya", "Budi Raya (42)", True, True),
        ("Budi Raya", "Raya Putra", False, False),
        ("Budi Raya", None, False, False),
        (None, None, True, True),
        (None, "Raya", False, False),
    ],
)
def test_speaker(gold: str | None, predicted: str | None, right: bool, equal: bool) -> None:
    (pair,) = compare("a", TEXT, [mark(1, 20, speaker=gold)], [mark(1, 20, speaker=predicted)]).pairs
    assert (pair.speaker_right, pair.speaker_equal) == (right, equal)


def test_without_names_the_sources_must_overlap() -> None:
    gold = mark(1, 20, source={"start": 28, "end": 37})
    for source, right in (({"start": 33, "end": 37}, True), ({"start": 0, "end": 5}, False), (None, False)):
        (pair,) = compare("a", TEXT, [gold], [mark(1, 20, source=source, speaker="Budi")]).pairs
        assert pair.speaker_right is right


def test_fields_that_differ_are_named() -> None:
    gold = mark(1, 20, speaker="Budi", via=["Antara"], to="", said_on="2025-01-02")
    ours = mark(1, 20, speaker="Budi", via=["antara"], to="media", said_on="2025-01-02T08:00")
    (pair,) = compare("a", TEXT, [gold], [ours]).pairs
    assert pair.wrong() == ("to",)


def test_breakdown_by_rule_and_by_cue() -> None:
    gold = [mark(1, 20, cue={"start": 23, "end": 27}), mark(40, 44)]
    figures = score([compare("a", TEXT, gold, [mark(1, 20, rule="r"), mark(23, 27, rule="r")])])
    assert {name: (s.right, s.total) for name, s in figures.by_rule.items()} == {"r": (1, 2)}
    assert {name: (s.right, s.total) for name, s in figures.by_cue.items()} == {
        "(no cue)": (0, 1),
        "kata": (1, 1),
    }


def test_pieces_and_kinds() -> None:
    both = Marked(content=(Span(0, 3), Span(5, 8)), kind="direct")
    other = Marked(content=(Span(9, 10),), kind="indirect")
    kept = Options(kinds=frozenset({"direct"}), pieces=True).keep([both, other])
    assert [m.content for m in kept] == [(Span(0, 3),), (Span(5, 8),)]


def test_marked_from_an_attribution() -> None:
    attribution = Attribution(
        kind=Kind.DIRECT,
        content=(Span(1, 20),),
        cue=None,
        source=None,
        speaker=None,
        speaker_kind=SpeakerKind.PERSON,
        via=("Antara",),
        to="",
        said_on=None,
        force=Force.SAYS,
        negated=False,
        confidence=1.0,
        rule="r",
    )
    assert Marked.of(attribution) == mark(1, 20, speaker=None, via=["Antara"], to="", rule="r")


@given(st.text(max_size=60), st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=6))
def test_identical_sides_are_all_exact(text: str, ranges: list[tuple[int, int]]) -> None:
    marks = [mark(min(r), max(r), speaker="A") for r in ranges]
    compared = compare("a", text, marks, marks)
    assert all(pair.exact for pair in compared.pairs)
    assert {m.content for m in compared.alone_gold} == {m.content for m in compared.alone_predicted}
    assert compared.tokens_both == compared.tokens_gold == compared.tokens_predicted


def test_gold_errors_name_line_and_field() -> None:
    with pytest.raises(GoldError, match=r"g, line 2: .*text"):
        read_gold("g", b'{"id": "a", "text": "x"}\n{"id": "b"}\n')
    with pytest.raises(GoldError, match="'a' stands twice"):
        read_gold("g", b'{"id": "a", "text": "x"}\n{"id": "a", "text": "y"}\n')
    with pytest.raises(GoldError, match=r"attribution 0.*outside the text of 1"):
        read_gold("g", b'{"id": "a", "text": "x", "attributions": [{"content": [{"start": 0, "end": 2}]}]}')


def test_predictions_by_id() -> None:
    rows = read_predicted("p", b'{"id": "a", "attributions": [{"content": [{"start": 0, "end": 2}]}]}\n\n')
    assert rows == {"a": (Marked(content=(Span(0, 2),)),)}
