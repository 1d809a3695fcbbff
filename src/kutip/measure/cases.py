"""Cases: short texts in Markdown with what must be found in them (tests/cases/README.md describes the form)."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from kutip.model import Attribution

_NOT_YET = re.compile(r"\(not yet: (.+)\)$")
_PUBLISHED = re.compile(r"^Published: (\S+)$", re.MULTILINE)
_LISTED = ("kind", "speaker", "cue", "content")


class Case(NamedTuple):
    """One case. ``complete``: nothing but ``expected`` may be found. ``not_yet``: why it is known to fail, or ""."""

    lang: str
    name: str
    text: str
    published: str | None
    expected: list[dict[str, str]]
    complete: bool
    not_yet: str


class BadCase(ValueError):
    """A case that is not written as one. The message says which and why."""


def parse(lang: str, markdown: str) -> list[Case]:
    """The cases of one file. Raises BadCase."""
    return [_case(lang, section) for section in re.split(r"^## ", markdown, flags=re.MULTILINE)[1:]]


def _case(lang: str, section: str) -> Case:
    name, _, rest = section.partition("\n")
    published = _PUBLISHED.search(rest)
    lines = _PUBLISHED.sub("", rest).splitlines()
    listed = [line[2:] for line in lines if line.startswith("- ")]
    text = "\n".join(line for line in lines if not line.startswith("- ")).strip()
    fenced = re.fullmatch(r"```\n(.*)\n```", text, re.DOTALL)
    text = fenced[1] if fenced else "\n\n".join(" ".join(p.split()) for p in text.split("\n\n"))
    if not text:
        raise BadCase(f"the case {name.strip()!r} has no text")
    not_yet = _NOT_YET.search(name.strip())
    return Case(
        lang=lang,
        name=name.strip(),
        text=text,
        published=published[1] if published else None,
        expected=[_expected(name.strip(), line) for line in listed if line.strip() != "…"],
        complete="…" not in (line.strip() for line in listed),
        not_yet=not_yet[1] if not_yet else "",
    )


def _expected(name: str, line: str) -> dict[str, str]:
    fields = [field.strip() for field in line.split(" | ")]
    if len(fields) < len(_LISTED):
        raise BadCase(f"the case {name!r}: {line!r} must be kind | speaker | cue | content")
    expected = dict(zip(_LISTED, fields, strict=False))
    for field in fields[len(_LISTED) :]:
        key, _, value = field.partition(":")
        expected[key.strip()] = value.strip()
    return expected


def shown(text: str, a: Attribution, keys: Sequence[str] = (*_LISTED, "rule")) -> dict[str, str]:
    """An attribution as a case writes it, for the fields ``keys``. Raises BadCase for a field that there is not."""
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
    if unknown := [key for key in keys if key not in fields]:
        raise BadCase(f"there is no field {unknown[0]!r}; there are: {', '.join(fields)}")
    return {key: fields[key] for key in keys}


def compare(case: Case, found: Sequence[Attribution]) -> tuple[list[dict[str, str]], list[dict[str, str]]]:
    """(what of the case was not found, what was found beyond it and may not be)."""
    missing, beyond = list(case.expected), []
    for a in found:
        match = next((e for e in missing if shown(case.text, a, list(e)) == e), None)
        if match is None:
            beyond.append(shown(case.text, a))
        else:
            missing.remove(match)
    return missing, beyond if case.complete else []
