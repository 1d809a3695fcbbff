from hypothesis import given
from hypothesis import strategies as st

from kutip.flow.articles_to_stories.features import Source, features
from kutip.flow.articles_to_stories.score import OTHER_VOICES, Indexed, voices_agree
from kutip.flow.articles_to_stories.weights import Vocabulary
from kutip.flow.page_to_article.blocks import split_blocks
from kutip.languages import load
from tests.flow.articles_to_stories.making import DAM, DAM_BLAME, article


def test_days_of_the_news_and_whose_words_it_is() -> None:
    one = article("a", "2025-03-05", DAM_BLAME)
    assert one.said == ("2025-03-05",)
    assert [name.split()[-1] for name, _, _ in one.voices] == ["Pangaribuan"]
    assert sum(share for *_, share in one.voices) == 1


def test_a_day_long_before_is_not_that_of_the_news() -> None:
    assert article("a", "2025-04-20", DAM).said == ()


def test_the_headline_is_not_part_of_the_body() -> None:
    one = article("a", "2025-03-04", DAM)
    assert one.title["jebol"] == 1
    assert one.body["jebol"] == 1


@given(st.text(), st.one_of(st.none(), st.text(), st.dates().map(str)), st.one_of(st.none(), st.text()))
def test_any_article_has_features(text: str, published: str | None, headline: str | None) -> None:
    pack = load("id")
    features(Source("a", text, split_blocks(text, pack), headline, published), pack)


def test_who_is_named_by_a_role_alone_is_heard() -> None:
    vocabulary = Vocabulary()

    def of(text: str) -> Indexed:
        return Indexed(article(text[:9], "2025-03-05", text), vocabulary)

    named = of(
        "Pangaribuan Tutup Jembatan\n\nMenteri Perikanan, Rustam Pangaribuan, mengatakan jembatan ditutup."
    )
    by_role = of("Jembatan Ditutup\n\nMenteri Perikanan mengatakan jembatan ditutup karena retak.")
    somebody = of("Jembatan Dibuka\n\nGubernur Halimah Tanjungsari mengatakan jembatan dibuka.")
    assert voices_agree(named, by_role) == 1
    assert voices_agree(named, somebody) == OTHER_VOICES


def test_the_day_of_the_outlet_that_it_came_from_is_not_that_of_the_news() -> None:
    text = (
        "Jembatan Ditutup\n\n"
        '"Jembatan kami tutup," kata Gubernur Halimah Tanjungsari, dikutip dari Meridian Wire, Selasa (4/3/2025).'
    )
    assert article("a", "2025-03-05", text).said == ()
    assert article("a", "2025-03-05", text.replace(", dikutip dari Meridian Wire", "")).said == (
        "2025-03-04",
    )
