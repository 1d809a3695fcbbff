"""Copies of an article: they tell what it tells, and change nothing of what is made of the others."""

import pytest

from kutip.flow.attributions_to_statements.repeats import apart
from kutip.flow.attributions_to_statements.step import make_statements
from kutip.flow.attributions_to_statements.units import StoryArticle, Unit, units
from kutip.languages import Pack
from kutip.model import Relation, Statement
from tests.flow.attributions_to_statements.test_step import PACK, STORY, article

CUT = STORY[0].text.rsplit("\n\n", 1)[0]  # as another outlet prints it, without the last quotation
OWN = CUT.replace("Bendungan Way Lirung Jebol", "Ratusan Rumah di Sumberjati Terendam", 1)


def made(story: list[StoryArticle]) -> tuple[Statement, ...]:
    return make_statements(story, [PACK] * len(story))


def _units(*story: StoryArticle) -> tuple[list[Unit], tuple[StoryArticle, ...], list[Pack]]:
    """What ``apart`` takes."""
    return [u for n, one in enumerate(story) for u in units(one, n, PACK)], story, [PACK] * len(story)


def told(statements: tuple[Statement, ...], articles: set[str]) -> list[list[tuple[str, str]]]:
    """Article and place of the renditions in these articles."""
    return [[(r.article, str(r.content)) for r in s.renditions if r.article in articles] for s in statements]


@pytest.mark.parametrize("text", [STORY[0].text, CUT, STORY[0].text.replace("\n\n", "\n\n\n")])
@pytest.mark.parametrize("copies", [1, 5])
def test_copies_change_nothing_and_tell_the_same(text: str, copies: int) -> None:
    names = [f"copy{n}" for n in range(copies)]
    found = made([*STORY, *(article(name, text) for name in names)])
    assert told(found, {"a", "b", "c"}) == told(made(STORY), {"a", "b", "c"})
    for statement in found:
        of_first = [r.kind for r in statement.renditions if r.article == "a"]
        for name in names:
            of_copy = [r.kind for r in statement.renditions if r.article == name]
            assert of_copy == of_first or text is CUT
        if statement.renditions[0].article == "a":
            copied = {r.id for r in statement.renditions if r.article in names}
            assert {edge.relation for edge in statement.edges if edge.target in copied} <= {Relation.VERBATIM}


def test_a_headline_of_its_own_is_compared() -> None:
    sentences = apart(*_units(STORY[0], article("d", OWN)))
    assert [len(same) for same in sentences] == [1, 2, 2, 1, 1]


def test_a_sentence_in_common_makes_no_copy() -> None:
    other = article("d", STORY[1].text + "\n\n" + STORY[0].text.rsplit("\n\n", 1)[1])
    assert all(len(same) == 1 for same in apart(*_units(STORY[0], other)))


def test_a_sentence_that_an_article_has_twice_is_two() -> None:
    twice = article("d", "\n\n".join([STORY[0].text, STORY[0].text.rsplit("\n\n", 1)[1]]))
    assert sorted(len(same) for same in apart(*_units(twice, twice))) == [2] * len(units(twice, 0, PACK))


def test_another_day_is_another_sentence() -> None:
    later = StoryArticle("d", STORY[0].text, STORY[0].blocks, STORY[0].attributions, "2025-03-05")
    assert all(len(same) == 1 for same in apart(*_units(STORY[0], later)))
