from pathlib import Path

import pytest

from kutip.flow.linking import Given, link
from kutip.languages import PackError
from tests.flow.articles_to_stories.making import DAM, DAM_AGAIN, DAM_BLAME, HARBOUR

GIVEN = [
    Given(name, text, published=day)
    for name, day, text in (
        ("a", "2025-03-04", DAM),
        ("b", "2025-03-04", DAM_AGAIN),
        ("c", "2025-03-05", DAM_BLAME),
        ("d", "2025-03-04", HARBOUR),
    )
]


def test_articles_to_stories_and_statements() -> None:
    linked = link(GIVEN)
    assert {s.articles for s in linked.stories} == {("a", "b"), ("c",), ("d",)}
    texts = {one.id: one.text for one in GIVEN}
    for statement in linked.statements:
        for rendition in statement.renditions:
            assert all(span.of(texts[rendition.article]).strip() for span in rendition.content)


def test_order_of_the_input_tells_nothing() -> None:
    assert link(GIVEN[::-1]) == link(GIVEN)


def test_what_cannot_be_read_is_a_story_of_its_own() -> None:
    linked = link([*GIVEN, Given("x", "12 34 56")])
    assert ("x",) in {s.articles for s in linked.stories}


def test_an_unknown_language_is_told() -> None:
    with pytest.raises(PackError):
        link([Given("a", DAM, lang="xx")])


def test_the_sample_stories_come_together_across_outlets_and_languages() -> None:
    folder = Path(__file__).parents[2] / "samples"
    given = [
        Given(str(path.relative_to(folder)), path.read_text(encoding="utf-8"))
        for path in sorted(folder.rglob("*.txt"))
    ]
    stories = {frozenset(s.articles) for s in link(given).stories}
    flood = {g.id for g in given if g.id.startswith("banjir-lamandaru/2024-11-18")}
    assert any(flood <= story for story in stories), stories
