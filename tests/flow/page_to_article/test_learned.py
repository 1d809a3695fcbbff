"""Furniture that is learned from an outlet's articles."""

from hypothesis import given
from hypothesis import strategies as st

from kutip.flow.page_to_article.blocks import split_blocks
from kutip.flow.page_to_article.draft import Reading
from kutip.flow.page_to_article.learned import (
    LONGEST,
    Learned,
    OutletArticle,
    Repeated,
    block_key,
    keys_by_outlet,
    learn,
)
from kutip.flow.pipeline import process
from kutip.languages import load
from kutip.model import Page, Role

NOTE = "Kabar Bangka hadir di 12 kota."


def article(n: int, *blocks: str, outlet: str = "Kabar") -> OutletArticle:
    return OutletArticle(outlet, f"Judul {'x' * n}", (f"Isi berita yang {'y' * n}.", *blocks))


def test_what_many_articles_share_is_furniture() -> None:
    articles = [article(n, NOTE.replace("12", str(n))) for n in range(6)]
    assert learn(articles) == {"Kabar": Learned(6, (Repeated("Kabar Bangka hadir di 0 kota.", 6),))}


def test_four_articles_are_too_few() -> None:
    assert learn([article(n, NOTE) for n in range(4)]) == {}


def test_a_fifth_of_the_articles_must_have_it() -> None:
    others = [article(n) for n in range(100, 120)]
    assert learn([*(article(n, NOTE) for n in range(5)), *others]) == {
        "Kabar": Learned(25, (Repeated(NOTE, 5),))
    }
    assert learn([*(article(n, NOTE) for n in range(5)), *others, article(200)]) == {}


def test_one_article_many_times_is_one() -> None:
    assert learn([article(1, NOTE)] * 9) == {}


def test_long_blocks_and_marks_are_none() -> None:
    assert learn([article(n, "kata " * LONGEST, "* * *", "12345") for n in range(9)]) == {}


def test_outlets_are_apart() -> None:
    articles = [article(n, NOTE, outlet=outlet) for outlet in ("A", "B") for n in range(3)]
    assert learn(articles) == {}


@given(st.permutations([article(n % 7, *[NOTE, "Ikuti kami."][: n % 3]) for n in range(14)]))
def test_the_order_of_articles_changes_nothing(articles: list[OutletArticle]) -> None:
    assert learn(articles) == learn(sorted(articles, key=lambda a: (a.headline, a.blocks)))


def test_keys() -> None:
    assert block_key(" Édisi  3/2025 ") == "edisi 0/0"
    assert block_key("3/2025 * *") == ""
    learned = {name: Learned(9, (Repeated(NOTE, 9),)) for name in ("KABAR.com", "Kabar.com")}
    assert keys_by_outlet(learned) == {"kabar.com": ("kabar bangka hadir di 0 kota.",)}


LEAD = "Wali Kota Sungailiat Ratna Dewi mengumumkan bahwa jembatan lama akan dibongkar pada bulan depan."


def test_known_blocks_get_their_role_and_say_nothing() -> None:
    slogan = "Pemimpin redaksi Budi Anwar mengatakan bahwa berita ini sudah diperiksa oleh 12 orang."
    text = f"Jembatan Lama Dibongkar\n\n{slogan}\n\nKABAR.COM - {LEAD}\n\n{slogan}"
    page = Page("a.txt", text.encode(), "text/plain")
    known = keys_by_outlet({"Kabar.com": Learned(9, (Repeated(slogan.replace("12", "9"), 9),))})
    without, done = process(page), process(page, Reading(furniture=known))
    assert done.article
    assert [b.role for b in done.article.blocks] == [
        Role.HEADLINE, Role.FURNITURE, Role.DATELINE, Role.LEAD, Role.FURNITURE,
    ]  # fmt: skip
    assert len(without.attributions) > len(done.attributions) == 1
    assert process(page, Reading(furniture={"lain": known["kabar.com"]})) == without


def test_signs_of_the_pack_come_first() -> None:
    text = f"{LEAD}\n\nBaca juga: Judul lain"
    blocks = split_blocks(text, load("id"), learned=frozenset({block_key("Baca juga: Judul lain")}))
    assert [b.role for b in blocks] == [Role.LEAD, Role.RELATED]
