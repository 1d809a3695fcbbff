"""Stories by blocks of time: those of all at once, whatever the length of the blocks."""

from collections import defaultdict
from collections.abc import Iterable

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kutip.flow.articles_to_stories import blocks
from kutip.flow.articles_to_stories.blocks import NO_DAY, Found, Stitching, compared, day_of, length_of
from kutip.flow.articles_to_stories.features import ArticleFeatures
from kutip.flow.articles_to_stories.stream import make_stories
from kutip.model import Story
from tests.flow.articles_to_stories.making import DAM, DAM_AGAIN, DAM_BLAME, HARBOUR, article

ARTICLES = [
    article("a", "2025-03-04", DAM),
    article("b", "2025-03-05", DAM_AGAIN),
    article("c", "2025-03-05", DAM_BLAME),
    article("d", "2025-03-04", HARBOUR),
    article("e", "2025-03-05", DAM.replace("dini hari", "Selasa dini hari")),
    article("f", "2025-03-06", DAM.replace("dini hari", "Selasa dini hari")),
    article("g", "2025-06-01", DAM),
]
LENGTHS = (1, 3, 60)


def stitched(articles: Iterable[ArticleFeatures], length: int) -> list[Story]:
    by_block: dict[int, list[ArticleFeatures]] = defaultdict(list)
    for one in articles:
        by_block[day_of(one.day, None) // length].append(one)
    stitching, out = Stitching(), []
    for number in sorted(by_block):
        out += stitching.add(compared(by_block.get(number - 1, []), by_block[number]))
    return out + stitching.rest()


@pytest.mark.parametrize("length", LENGTHS)
def test_they_are_those_of_all_at_once(length: int) -> None:
    """Copies of copies too: where a block does not see the original, it sees a copy."""
    early = [one for one in ARTICLES if one.id != "g"]
    assert sorted(stitched(early, length), key=lambda s: s.id) == sorted(
        make_stories(early), key=lambda s: s.id
    )
    assert {s.articles for s in stitched(early, length)} == {("a", "b", "e", "f"), ("c",), ("d",)}


def test_what_is_further_apart_than_two_blocks_is_not_compared() -> None:
    assert {s.articles for s in stitched(ARTICLES, 60)} >= {("a", "b", "e", "f"), ("g",)}


@settings(max_examples=20)
@given(articles=st.permutations(ARTICLES), length=st.sampled_from(LENGTHS))
def test_the_order_does_not_matter(articles: list[ArticleFeatures], length: int) -> None:
    assert stitched(articles, length) == stitched(ARTICLES, length)


def test_stories_are_given_as_soon_as_they_cannot_grow() -> None:
    stitching = Stitching()
    a, b, d = (Found(("2025-03-04", one)) for one in "abd")
    assert stitching.add([a, b]) == []
    grown = stitching.add([Found(("2025-03-05", "c"), None, {"a": 0.9}), d])
    assert [story.articles for story in grown] == [("b",)]
    assert [story.articles for story in stitching.rest()] == [("a", "c"), ("d",)]


def test_an_article_without_day_that_two_blocks_have_is_in_one_story() -> None:
    undated = msgspec.structs.replace(ARTICLES[1], day=None)
    stitching, out = Stitching(), []
    for block in ([ARTICLES[0], undated], [undated, ARTICLES[3]], [ARTICLES[2]]):
        out += stitching.add(compared([], block))
    out += stitching.rest()
    assert sorted(id_ for story in out for id_ in story.articles) == ["a", "b", "c", "d"]


def test_copies_of_what_is_not_there_are_articles() -> None:
    stitching = Stitching()
    stitching.add([Found(("2025-03-04", "b"), "a", {})])
    assert [(s.articles, s.copies) for s in stitching.rest()] == [(("b",), {})]


def test_blocks_are_as_long_as_can_be(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(blocks, "MOST", 100)
    assert length_of({}) == 60
    assert length_of(dict.fromkeys(range(1000, 1100), 1)) == 60
    assert length_of(dict.fromkeys(range(1000, 1100), 2)) == 14
    assert length_of(dict.fromkeys(range(1000, 1100), 10)) == 3
    assert length_of({1000: 500}) == 1


@pytest.mark.parametrize(
    ("published", "fetched", "day"),
    [
        ("1970-01-02", None, 719164),
        ("1970-01-02T10:00:00Z", "2025-01-01", 719164),
        (None, "1970-01-02T10:00:00Z", 719164),
        ("1970-99-99", "1970-01-02", 719164),
        (None, None, NO_DAY),
        ("never", "", NO_DAY),
    ],
)
def test_the_day_of_an_article(published: str | None, fetched: str | None, day: int) -> None:
    assert day_of(published, fetched) == day


def test_each_article_is_told_before_it_is_worked_on() -> None:
    told: list[str] = []
    list(compared(ARTICLES[:1], ARTICLES[1:4], told.append))
    assert told[0] == "a"
    assert sorted(told) == ["a", "b", "c", "d"]
