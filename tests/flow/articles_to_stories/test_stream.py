import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from kutip.flow.articles_to_stories.features import ArticleFeatures
from kutip.flow.articles_to_stories.stream import StoryStream, make_stories
from tests.flow.articles_to_stories.making import DAM, DAM_AGAIN, DAM_BLAME, HARBOUR, article

ARTICLES = [
    article("a", "2025-03-04", DAM),
    article("b", "2025-03-04", DAM_AGAIN),
    article("c", "2025-03-05", DAM_BLAME),
    article("d", "2025-03-04", HARBOUR),
    article("e", "2025-03-05", DAM.replace("dini hari", "Selasa dini hari")),
]


def together(stories: tuple[object, ...]) -> set[frozenset[str]]:
    return {frozenset(s.articles) for s in stories}  # type: ignore[attr-defined]


def test_articles_of_one_event_are_one_story_and_a_reaction_of_the_next_day_is_another() -> None:
    assert together(make_stories(ARTICLES)) == {frozenset("abe"), frozenset("c"), frozenset("d")}


def test_a_copy_is_folded_and_kept() -> None:
    (story,) = [s for s in make_stories(ARTICLES) if "a" in s.articles]
    assert story.copies == {"e": "a"}
    assert (story.since, story.until) == ("2025-03-04", "2025-03-05")


def test_an_article_without_date_joins_by_content_and_the_story_gives_it_a_window() -> None:
    undated = msgspec.structs.replace(ARTICLES[1], id="u", day=None)
    (story,) = [s for s in make_stories([ARTICLES[0], undated]) if "u" in s.articles]
    assert story.articles == ("a", "u")
    assert (story.since, story.until) == ("2025-03-04", "2025-03-04")


@settings(max_examples=20)
@given(st.permutations(ARTICLES))
def test_the_canonical_answer_knows_no_order(articles: list[ArticleFeatures]) -> None:
    assert make_stories(articles) == make_stories(ARTICLES)


@settings(max_examples=20)
@given(st.permutations(ARTICLES))
def test_one_at_a_time_gives_the_same_stories(articles: list[ArticleFeatures]) -> None:
    stream = StoryStream()
    for one in articles:
        stream.learn(one)
        stream.add(one)
        stream.stories()
    assert together(stream.stories()) == together(make_stories(ARTICLES))


def test_an_article_taken_twice_changes_nothing() -> None:
    assert make_stories([*ARTICLES, *ARTICLES]) == make_stories(ARTICLES)


def test_evidence_explains_itself() -> None:
    stream = StoryStream()
    for one in ARTICLES:
        stream.learn(one)
        stream.add(one)
    same, other = stream.evidence("a", "b"), stream.evidence("a", "c")
    assert same.score > other.score
    assert same.day == 1 > other.day
    assert stream.evidence("b", "a") == same


def test_features_survive_storing() -> None:
    raw = msgspec.msgpack.encode(ARTICLES)
    assert msgspec.msgpack.decode(raw, type=list[ArticleFeatures]) == ARTICLES
