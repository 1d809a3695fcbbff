"""Which quotation marks belong together."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kutip.text.quotes import carried, find_quotations

MARKS = "\"“”„‟«»″‘’'‚‹›`"


def shown(text: str) -> list[str]:
    """Quotations as they stand, an open end as "~"."""
    return [text[q.start : q.end] + ("" if q.closed else "~") for q in find_quotations(text, 0, len(text))]


@pytest.mark.parametrize(
    ("text", "quotations"),
    [
        ('"We go," he said. "Now."', ['"We go,"', '"Now."']),
        ("“We go,” he said. “Now.”", ["“We go,”", "“Now.”"]),
        ("”We go,” he said. ”Now.”", ["”We go,”", "”Now.”"]),
        ("„Wir gehen“, sagte er, „jetzt.“", ["„Wir gehen“", "„jetzt.“"]),
        ("„Wir gehen”, sagte er.", ["„Wir gehen”"]),
        ("»Wir gehen«, sagte er.", ["»Wir gehen«"]),
        ("Il dit : «Nous partons.»", ["«Nous partons.»"]),
        ("``We go,'' he said.", ["``We go,''"]),
        ("''We go,'' he said.", ["''We go,''"]),
        ("‚Wir gehen‘, sagte er.", ["‚Wir gehen‘"]),
        ("›Wir gehen‹, sagte er.", ["›Wir gehen‹"]),
        ("'We go,' he said. It's done.", ["'We go,'"]),
    ],
)
def test_each_kind(text: str, quotations: list[str]) -> None:
    assert shown(text) == quotations


@pytest.mark.parametrize(
    ("text", "quotations"),
    [
        ("“He said “no” to me,” she said.", ["“He said “no” to me,”"]),
        ("“a “b “c” d” e” f", ["“a “b “c” d” e”"]),
        ('"A "b" c," he said. "D."', ['"A "b" c,"', '"D."']),
        ("»Das ist »schlimm« gesagt«, sagte er.", ["»Das ist »schlimm« gesagt«"]),
        ("«Il a dit «non».»", ["«Il a dit «non».»"]),
        ("„Er sagte: ‚Nein‘“, sagte sie.", ["„Er sagte: ‚Nein‘“"]),
        ("„Das ist „schlimm“.“ – „Ja.“", ["„Das ist „schlimm“.“", "„Ja.“"]),
        ("“Don't say ‘no’,” she said.", ["“Don't say ‘no’,”"]),
        ('“He said "no" to me,” she said.', ['“He said "no" to me,”']),
    ],
)
def test_marks_that_balance_nest(text: str, quotations: list[str]) -> None:
    assert shown(text) == quotations


@pytest.mark.parametrize(
    ("text", "quotations"),
    [
        ("“Never closed. “New one,” he said.", ["“Never closed.~", "“New one,”"]),
        ('"Never closed. "New one," he said.', ['"Never closed.~', '"New one,"']),
        ("“He said “no,” she said.", ["“He said~", "“no,”"]),
        ("She said: “It goes on to the end.", ["“It goes on to the end.~"]),
        ("A stray” mark. “We go,” he said.", ["“We go,”"]),
        ('A nail of 5" and "six" more', ['"six"']),
        ("", []),
        ("“”", []),
        ('"', []),
    ],
)
def test_marks_left_over(text: str, quotations: list[str]) -> None:
    assert shown(text) == quotations


def test_a_quotation_goes_on_in_the_next_paragraph() -> None:
    text = "and so on,” she said. “Yes.”"
    rest = carried(text, 0, len(text))
    assert rest is not None
    assert text[rest.inner_start : rest.inner_end] == "and so on,"
    assert carried("“New one,” she said.", 0, 20) is None
    assert carried("No mark at all.", 0, 15) is None


TEXTS = st.one_of(st.text(), st.text(alphabet=MARKS + "aB., \n"))


@given(TEXTS, st.integers(0, 5), st.integers(0, 5))
@example("a ›b", 0, 0)
@example("“", 0, 0)
def test_any_text(text: str, cut: int, left: int) -> None:
    start, end = min(cut, len(text)), max(min(cut, len(text)), len(text) - left)
    found = find_quotations(text, start, end)
    at = start
    for q in found:
        assert at <= q.start <= q.inner_start < q.inner_end <= q.end <= end
        assert text[q.start] in MARKS
        assert not q.closed or text[q.end - 1] in MARKS
        at = q.end
    assert found == find_quotations(text, start, end)
    rest = carried(text, start, end)
    assert rest is None or start == rest.start < rest.inner_end < rest.end <= end


@given(st.lists(TEXTS.map(lambda t: t.replace("\n", " ")), min_size=1, max_size=4), st.sampled_from(MARKS))
def test_a_stray_mark_costs_its_own_paragraph_at_most(paragraphs: list[str], mark: str) -> None:
    clean = [(p, find_quotations(p, 0, len(p))) for p in paragraphs]
    text, at = mark + "x\n", 3
    text += "\n".join(paragraphs)
    for paragraph, quotations in clean:
        moved = find_quotations(text, at, at + len(paragraph))
        assert [(q.start - at, q.end - at) for q in moved] == [(q.start, q.end) for q in quotations]
        at += len(paragraph) + 1
