from hypothesis import given
from hypothesis import strategies as st

from kutip.model import Span
from kutip.views.marks import PARTS, UNSEEN, Mark, Run, close, cut

TEXTS = st.text(st.one_of(st.sampled_from("ab \n"), st.sampled_from(sorted(UNSEEN)), st.characters()))
SPANS = st.tuples(st.integers(-5, 40), st.integers(-5, 40)).map(lambda pair: Span(*pair))
MARKS = st.lists(st.builds(Mark, SPANS, st.sampled_from(PARTS), st.integers(0, 4)), max_size=12)


def shape(runs: list[Run]) -> list[tuple[str, tuple[int, ...], tuple[str, ...]]]:
    return [(run.text, run.owners, run.parts) for run in runs]


def test_text_without_marks_is_one_run() -> None:
    assert cut("Ia pergi.", 0, 9, []) == [Run("Ia pergi.")]


def test_nothing_is_no_run() -> None:
    assert cut("abc", 1, 1, [Mark(Span(0, 3), "content", 0)]) == []


def test_marks_cut_the_text() -> None:
    marks = [Mark(Span(0, 5), "source", 0), Mark(Span(6, 10), "cue", 0), Mark(Span(11, 15), "content", 0)]
    assert shape(cut("Marsk kata ini.", 0, 15, marks)) == [
        ("Marsk", (0,), ("source",)),
        (" ", (), ()),
        ("kata", (0,), ("cue",)),
        (" ", (), ()),
        ("ini.", (0,), ("content",)),
    ]


def test_a_report_within_a_report() -> None:
    marks = [
        Mark(Span(0, 10), "content", 0),
        Mark(Span(2, 4), "source", 1),
        Mark(Span(5, 10), "content", 1),
    ]
    runs = cut("abcdefghij", 0, 10, marks)
    assert shape(runs) == [
        ("ab", (0,), ("content",)),
        ("cd", (0, 1), ("content", "source")),
        ("e", (0,), ("content",)),
        ("fghij", (0, 1), ("content",)),
    ]
    assert [run.depth for run in runs] == [1, 1, 1, 2]


def test_spans_that_overlap_without_nesting() -> None:
    marks = [Mark(Span(0, 4), "content", 0), Mark(Span(2, 6), "content", 1)]
    assert shape(cut("abcdef", 0, 6, marks)) == [
        ("ab", (0,), ("content",)),
        ("cd", (0, 1), ("content",)),
        ("ef", (1,), ("content",)),
    ]


def test_marks_are_clipped_to_the_block() -> None:
    assert shape(cut("abcdef", 2, 4, [Mark(Span(0, 6), "content", 0)])) == [("cd", (0,), ("content",))]


def test_an_unseen_character_stands_alone_and_has_a_name() -> None:
    assert [(run.text, run.unseen) for run in cut("a\u202eb", 0, 3, [])] == [
        ("a", ""),
        ("\u202e", "U+202E"),
        ("b", ""),
    ]


def test_the_last_run_closes_an_attribution_across_blocks() -> None:
    first, second = [Run("a", owners=(0,)), Run("b", owners=(0, 1))], [Run("c"), Run("d", owners=(1,))]
    closed = close([first, second])
    assert [[run.closes for run in block] for block in closed] == [[(), (0,)], [(), (1,)]]


@given(TEXTS, MARKS)
def test_runs_join_to_the_text_and_know_their_marks(text: str, marks: list[Mark]) -> None:
    runs = cut(text, 0, len(text), marks)
    assert "".join(run.text for run in runs) == text
    at = 0
    for run in runs:
        covering = [m for m in marks if m.span.start <= at and at + len(run.text) <= m.span.end]
        assert run.owners == tuple(sorted({m.owner for m in covering}))
        assert set(run.parts) == {m.part for m in covering}
        touching = [m for m in marks if m.span.start < at + len(run.text) and at < m.span.end]
        assert [m for m in touching if m.span.start < m.span.end] == covering
        at += len(run.text)


@given(st.lists(st.tuples(TEXTS, MARKS), max_size=4))
def test_each_attribution_is_closed_once(blocks: list[tuple[str, list[Mark]]]) -> None:
    runs = [cut(text, 0, len(text), marks) for text, marks in blocks]
    closes = [owner for block in close(runs) for run in block for owner in run.closes]
    assert sorted(closes) == sorted({owner for block in runs for run in block for owner in run.owners})
