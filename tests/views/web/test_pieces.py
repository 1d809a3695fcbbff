"""The small parts of pages: charts, gaps, feeds, alignments, excerpts, addresses."""

from datetime import date, datetime

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kutip.model import Role, Span
from kutip.views.shown import article_view
from kutip.views.web.align import align
from kutip.views.web.chart import gaps, hour_gaps, over_time
from kutip.views.web.excerpt import BRIDGE, excerpt
from kutip.views.web.feed import fit, moment
from kutip.views.web.page import ask, pieces
from tests.views.kept import article, said, told

days = st.dates(date(1990, 1, 1), date(2040, 1, 1)).map(date.isoformat)


@given(st.lists(st.tuples(days, st.integers(0, 1000)), min_size=1))
def test_a_chart_has_no_gap_in_time_and_loses_nothing(counts: list[tuple[str, int]]) -> None:
    chart = over_time(counts)
    if not any(count for _, count in counts):
        return
    assert chart is not None
    assert chart.total == sum(count for _, count in counts) == sum(bar.count for bar in chart.bars)
    names = [bar.name for bar in chart.bars]
    assert names == sorted(set(names))
    for bar in chart.bars:
        assert 0 <= bar.y <= chart.height
        assert bar.x + bar.width <= chart.width
        assert (bar.height > 0) == (bar.count > 0)


@pytest.mark.parametrize(
    ("names", "step"),
    [
        (["2025-02-01", "2025-02-03"], "day"),
        (["2025-02-01", "2025-09-03"], "month"),
        (["2001-02-01", "2025-09-03"], "year"),
        (["2025-02", "2025-03"], "month"),
        (["2024", "2025"], "year"),
    ],
)
def test_the_step_is_no_finer_than_what_is_known(names: list[str], step: str) -> None:
    chart = over_time((name, 1) for name in names)
    assert chart is not None
    assert chart.step == step


def test_what_is_no_date_is_in_no_chart() -> None:
    assert over_time([("someday", 3), ("2025-02-31", 2)]) is None


@given(st.sets(days, min_size=2))
def test_gaps_are_the_days_between(known: set[str]) -> None:
    missing = gaps(sorted(known), at_most=10_000)
    inside = (date.fromisoformat(max(known)) - date.fromisoformat(min(known))).days + 1
    length = sum((date.fromisoformat(b) - date.fromisoformat(a)).days + 1 for a, b in missing)
    assert length == inside - len(known)


def test_gaps_of_hours_go_over_midnight() -> None:
    known = ["2025-02-25T10", "2025-02-26T01", "2025-02-25T11", "2025-02-25T22"]
    assert hour_gaps(known) == (("2025-02-25T12", "2025-02-25T21"), ("2025-02-25T23", "2025-02-26T00"))
    assert hour_gaps(["2025-02-25T10"]) == hour_gaps([]) == ()


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2025", "2025-01-01T00:00:00Z"),
        ("2025-02", "2025-02-01T00:00:00Z"),
        ("2025-02-26", "2025-02-26T00:00:00Z"),
        ("2025-02-26T08:16", "2025-02-26T08:16:00Z"),
        ("2025-02-26T08:16+07:00", "2025-02-26T08:16:00+07:00"),
        ("2025-02-26T08:16:09+07:00", "2025-02-26T08:16:09+07:00"),
        ("2025-02-26T08:16:09.123Z", "2025-02-26T08:16:09Z"),
    ],
)
def test_moments_are_those_of_atom(value: str, expected: str) -> None:
    assert moment(value) == expected
    assert datetime.fromisoformat(moment(value)).tzinfo is not None


@given(st.text())
def test_what_xml_cannot_hold_is_replaced(text: str) -> None:
    from xml.etree import ElementTree
    from xml.sax.saxutils import escape

    ElementTree.fromstring(f"<a>{escape(fit(text))}</a>".encode())
    assert len(fit(text)) == len(text)


@given(st.text(st.sampled_from("ab c.,é"), max_size=40), st.text(st.sampled_from("ab c.,é"), max_size=40))
def test_an_alignment_holds_both_texts(reference: str, other: str) -> None:
    parts = align(reference, other)
    if parts:
        assert "".join(part.text for part in parts if part.kind != "left") == other


def test_an_alignment_marks_what_changed() -> None:
    parts = align("air turun dua meter", "Air turun tiga meter")
    assert [(p.kind, p.text) for p in parts] == [
        ("same", "Air turun "),
        ("left", "dua"),
        ("added", "tiga"),
        ("same", " meter"),
    ]
    assert align("air turun dua meter", "we agreed on nothing at all") == ()
    assert align("x " * 2000, "x " * 2000) == (), "the cost would grow with the product"


SILENT = (
    "Paragraf ini tidak mengutip siapa pun dan cukup panjang untuk tidak dibiarkan berdiri di antara tanda."
)
TEXT = f"Judul berita\n{SILENT}\n{SILENT}\nIa berkata, air surut. {SILENT} Kata Tari, air pasang.\n{SILENT}"


def test_an_excerpt_has_the_words_of_attributions_and_little_more() -> None:
    kept = told(
        article(TEXT, (Role.HEADLINE,), headline="Judul berita"),
        said(TEXT, "air surut", cue="berkata"),
        said(TEXT, "air pasang", cue="Kata", source="Tari"),
    )
    view = excerpt(article_view(kept, "a0"))
    text = ["".join(run.text for run in b.runs) for section in view.sections for b in section.blocks]
    assert text == ["[…]", "[…] berkata, air surut […] Kata Tari, air pasang […]", "[…]"]
    assert len(SILENT) > BRIDGE
    whole = article_view(kept, "a0")
    assert view.notes == whole.notes
    assert view.title == whole.title


def test_an_address_keeps_what_is_asked() -> None:
    assert ask({}) == "search.html"
    assert ask({"about": "a b", "by": ""}) == "search.html?about=a%20b"
    assert ask({"about": "x"}, in_="Warta & Co") == "search.html?about=x&in=Warta%20%26%20Co"
    assert ask({"about": "x", "by": "y"}, about_="") == "search.html?by=y"


@given(st.text(max_size=30), st.lists(st.tuples(st.integers(0, 30), st.integers(0, 5)), max_size=4))
def test_pieces_are_the_text(text: str, places: list[tuple[int, int]]) -> None:
    spans, at = [], 0
    for start, length in sorted(places):
        if at <= start < start + length <= len(text):
            spans.append(Span(start, start + length))
            at = start + length
    found = pieces(text, spans)
    assert "".join(piece.text for piece in found) == text
    assert [piece.text for piece in found if piece.found] == [span.of(text) for span in spans]
    assert msgspec.json.encode(found)
