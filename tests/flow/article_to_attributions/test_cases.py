"""Cases in Markdown, tests/cases/<language>/*.md: what must be found in short texts."""

import re
from pathlib import Path
from typing import NamedTuple

import pytest

from kutip import attribute
from kutip.model import Attribution

CASES = Path(__file__).parents[2] / "cases"
NOT_YET = re.compile(r"\(not yet: (.+)\)$")
PUBLISHED = re.compile(r"^Published: (\S+)$", re.MULTILINE)


class Case(NamedTuple):
    """One case. ``complete``: nothing but ``expected`` may be found."""

    lang: str
    name: str
    text: str
    published: str | None
    expected: list[dict[str, str]]
    complete: bool
    not_yet: str


def parse(lang: str, markdown: str) -> list[Case]:
    """The cases of one file."""
    return [_case(lang, section) for section in re.split(r"^## ", markdown, flags=re.MULTILINE)[1:]]


def _case(lang: str, section: str) -> Case:
    name, _, rest = section.partition("\n")
    published = PUBLISHED.search(rest)
    rest = PUBLISHED.sub("", rest)
    lines = rest.splitlines()
    listed = [line[2:] for line in lines if line.startswith("- ")]
    text = "\n".join(line for line in lines if not line.startswith("- ")).strip()
    fenced = re.fullmatch(r"```\n(.*)\n```", text, re.DOTALL)
    text = fenced[1] if fenced else "\n\n".join(" ".join(p.split()) for p in text.split("\n\n"))
    not_yet = NOT_YET.search(name.strip())
    return Case(
        lang=lang,
        name=name.strip(),
        text=text,
        published=published[1] if published else None,
        expected=[_expected(line) for line in listed if line.strip() != "…"],
        complete="…" not in (line.strip() for line in listed),
        not_yet=not_yet[1] if not_yet else "",
    )


def _expected(line: str) -> dict[str, str]:
    kind, speaker, cue, content, *more = (field.strip() for field in line.split(" | "))
    fields = {"kind": kind, "speaker": speaker, "cue": cue, "content": content}
    for field in more:
        key, _, value = field.partition(":")
        fields[key.strip()] = value.strip()
    return fields


def found(text: str, a: Attribution, keys: list[str]) -> dict[str, str]:
    """An attribution as a case writes it, for the fields ``keys``."""
    fields = {
        "kind": a.kind.value,
        "speaker": a.speaker or "-",
        "cue": text[a.cue.start : a.cue.end] if a.cue else "-",
        "content": " … ".join(" ".join(text[c.start : c.end].split()) for c in a.content),
        "to": a.to,
        "via": ", ".join(a.via),
        "said_on": a.said_on or "-",
        "force": a.force.value,
        "venue": a.venue,
        "role": a.role,
        "rule": a.rule,
    }
    return {key: fields[key] for key in keys}


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
    attributions = attribute(case.text, case.lang, case.published)
    missing = list(case.expected)
    beyond = []
    for a in attributions:
        match = next((e for e in missing if found(case.text, a, list(e)) == e), None)
        if match is None:
            beyond.append(found(case.text, a, ["kind", "speaker", "cue", "content", "rule"]))
        else:
            missing.remove(match)
    assert not missing, f"not found: {missing}\nfound instead: {beyond}"
    assert not case.complete or not beyond, f"found beyond what is listed: {beyond}"


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
