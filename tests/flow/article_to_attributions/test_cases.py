"""Cases in Markdown, tests/cases/<language>/*.md: what must be found in short texts."""

from pathlib import Path

import pytest

from kutip import attribute
from kutip.measure.cases import BadCase, Case, compare, parse, shown

CASES = Path(__file__).parents[2] / "cases"


def all_cases() -> list[Case]:
    return [
        case
        for path in sorted(CASES.glob("*/*.md"))
        for case in parse(path.parent.name, path.read_text(encoding="utf-8"))
    ]


def _marked(case: Case) -> object:
    marks = [pytest.mark.xfail(strict=True, reason=case.not_yet)] if case.not_yet else []
    return pytest.param(case, id=f"{case.lang}: {case.name}", marks=marks)


@pytest.mark.parametrize("case", [_marked(case) for case in all_cases()])
def test_case(case: Case) -> None:
    missing, beyond = compare(case, attribute(case.text, case.lang, case.published))
    assert not missing, f"not found: {missing}\nfound beyond what is listed: {beyond}"
    assert not beyond, f"found beyond what is listed: {beyond}"


def test_every_case_has_a_text_and_its_own_name() -> None:
    cases = all_cases()
    assert cases
    assert all(case.text for case in cases)
    names = [(case.lang, case.name) for case in cases]
    assert len(names) == len(set(names))


def test_a_list_that_begins_with_dots_names_only_some() -> None:
    whole, some = parse(
        "xx", "## A\nText.\n\n- direct | B | c | d\n## B\nText.\n\n- …\n- direct | B | c | d | to: e\n"
    )
    assert whole.complete
    assert not some.complete
    assert whole.expected == [{"kind": "direct", "speaker": "B", "cue": "c", "content": "d"}]
    assert some.expected == [{"kind": "direct", "speaker": "B", "cue": "c", "content": "d", "to": "e"}]


def test_what_is_no_case_says_so() -> None:
    with pytest.raises(BadCase, match="'A' has no text"):
        parse("xx", "## A\n\n- direct | B | c | d\n")
    with pytest.raises(BadCase, match=r"'A': 'direct \| B' must be kind"):
        parse("xx", "## A\nText.\n\n- direct | B\n")
    text = '"Jalan rusak," kata Budi.'
    (found,) = attribute(text, "id")
    with pytest.raises(BadCase, match="no field 'speeker'"):
        shown(text, found, ["speeker"])
