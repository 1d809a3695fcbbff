"""Whatever stands in a text: no exception, spans that hold, the same result twice; damage costs little."""

import re
from collections.abc import Callable

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kutip import attribute
from kutip.flow.article_to_attributions.step import find_attributions
from kutip.flow.page_to_article.blocks import split_blocks
from kutip.languages import available, load
from kutip.model import Attribution, Kind, Span
from tests.flow.article_to_attributions.test_cases import Case, all_cases

MARKS = "\"“”„‟«»‘’'‚‹›()[].,;:!?…–—-\n "
CASES = [case for case in all_cases() if not case.not_yet]
WORDS = sorted({word for case in CASES for word in case.text.split()})

# Words of the cases with marks anywhere between them, and any characters at all.
BROKEN = st.lists(st.sampled_from(WORDS) | st.sampled_from(MARKS) | st.text(max_size=3), max_size=60).map(
    " ".join
)
TEXTS = BROKEN | st.text() | st.lists(st.sampled_from(WORDS) | st.sampled_from(MARKS)).map("".join)


def spans(a: Attribution) -> list[Span]:
    return [*a.content, *(s for s in (a.cue, a.source) if s is not None)]


@settings(max_examples=200)
@given(TEXTS, st.sampled_from(available()))
@example("a ›b", available()[0])
@example('"' * 50, available()[0])
@example("İ “İ,” kata İ İ.", available()[0])
def test_any_text(text: str, code: str) -> None:
    found = attribute(text, code)
    assert found == attribute(text, code)
    blocks = split_blocks(text, load(code))
    for a in found:
        assert a.content
        assert list(a.content) == sorted(a.content)
        for span in spans(a):
            assert 0 <= span.start < span.end <= len(text)
            assert text[span.start : span.end].strip()
            assert any(b.start <= span.start and span.end <= b.end for b in blocks)
        assert 0 <= a.confidence <= 1
        assert a.speaker is None or a.speaker.strip()


@settings(max_examples=60)
@given(TEXTS, st.sampled_from(available()))
def test_blocks_of_other_roles_state_nothing(text: str, code: str) -> None:
    pack = load(code)
    assert not find_attributions(text, (), pack)


def case_names(case: Case) -> str:
    return f"{case.lang}: {case.name}"


def plain(words: str) -> str:
    return " ".join(words.split()).casefold()


def mojibake(text: str) -> str:
    """Read in the wrong coding, as half of the web has been once."""
    return text.encode("utf-8").decode("cp1252", "replace")


def broken(text: str) -> str:
    """Hard line breaks within sentences."""
    return re.sub(r"((?:\S+ ){6}\S+) (?=\w)", r"\1\n", text)


def doubled(text: str) -> str:
    """Each paragraph twice."""
    return "\n\n".join(p for p in text.split("\n\n") for _ in range(2))


DAMAGE: dict[str, tuple[Callable[[str], str], float]] = {
    # How -> what it does, and the share of the quotations in the cases that must still be found.
    "capitals": (str.upper, 0.85),
    "lower case": (str.lower, 0.85),
    "doubled": (doubled, 0.95),
    "line breaks": (broken, 0.8),
    "mojibake": (mojibake, 0.0),
    "no marks": (lambda text: re.sub('["“”„«»]', "", text), 0.0),
    "one mark less": (lambda text: re.sub('[”»]|(?<=[.,?!])"', "", text, count=1), 0.6),
    "one mark more": (lambda text: text + "\n\nX “ y", 0.95),
}


@pytest.mark.parametrize("how", DAMAGE)
@pytest.mark.parametrize("code", available())
def test_damage_costs_little(code: str, how: str) -> None:
    damage, share = DAMAGE[how]
    kept, lost = 0, []
    for case in CASES:
        if case.lang != code:
            continue
        text = damage(case.text)
        found = {plain(c.of(text)) for a in attribute(text, code, case.published) for c in a.content}
        for expected in case.expected:
            if expected["kind"] == Kind.DIRECT:
                for words in expected["content"].split(" … "):
                    if plain(words) in found:
                        kept += 1
                    else:
                        lost.append((case.name, words))
    assert kept >= share * (kept + len(lost)), lost


PUSHED = "SCROLL TO CONTINUE WITH CONTENT"


@pytest.mark.parametrize("mark", ['""', "“”"])
@pytest.mark.parametrize("code", ["id", "en"])
def test_an_advertisement_inside_a_quotation(code: str, mark: str) -> None:
    """What is pushed into a quotation is no part of it; both halves are found, and what stands after them."""
    direct = (c for c in CASES if c.lang == code and c.expected and c.expected[0]["kind"] == Kind.DIRECT)
    cue = next(filter(None, (re.split('["”]', c.text)[-1].strip() for c in direct)))
    text = (
        f"{mark[0]}The first half goes on and on and on {PUSHED} and the second half ends here,{mark[1]} {cue}\n\n"
        f"{mark[0]}Another one,{mark[1]} {cue}"
    )
    contents = [c.of(text) for a in attribute(text, code) for c in a.content]
    assert any("second half ends here" in c for c in contents)
    assert any("The first half goes on" in c for c in contents)
    assert "Another one" in contents
    assert not any(PUSHED in c for c in contents)
