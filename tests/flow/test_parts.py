"""Articles over several pages become one, whatever the order of their pages."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kutip.flow.page_to_article.body import body_of
from kutip.flow.parts import Part, join_parts, part_of
from kutip.flow.pipeline import Processed, process
from kutip.model import Page

TITLE = "Jembatan Lama Segera Dibongkar"
BASE = "https://kabar.example/jembatan"


def sentences(part: int) -> list[str]:
    return [
        f"Wali Kota Ratna Dewi mengatakan bahwa jembatan nomor {part}{n} akan dibongkar pada bulan depan karena rusak."
        for n in range(4)
    ]


def page(
    part: int, url: str | None, links: str = "", title: str = TITLE, text: list[str] | None = None
) -> Page:
    body = "".join(f"<p>{s}</p>" for s in text or sentences(part))
    head = f'<title>{title}</title><link rel="canonical" href="{BASE}">'
    markup = f"<html><head>{head}</head><body><article><h1>{title}</h1>{body}</article>{links}</body></html>"
    return Page(f"{part}.html", markup.encode(), "text/html", url)


def one(page: Page) -> Part | None:
    done = process(page)
    assert done.article
    return part_of(page, done.article)


PAGES = [
    page(1, BASE, '<a href="/jembatan?page=2">2</a> <a href="/jembatan?page=3">3</a>'),
    page(2, f"{BASE}?page=2", '<a href="/jembatan">1</a> <a href="/jembatan?page=3">3</a>'),
    page(3, f"{BASE}?page=3", '<a href="/jembatan">1</a>'),
]
OTHER = page(7, "https://kabar.example/lain", title="Berita Lain Hari Ini di Kota")


def joined(pages: list[Page]) -> list[Processed]:
    return list(join_parts(map(process, pages)))


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
def test_parts_become_one_article(order: tuple[int, ...]) -> None:
    found = joined([PAGES[order[0]], OTHER, PAGES[order[1]], PAGES[order[2]]])
    assert found[0].page is OTHER
    assert len(found) == 4
    article = found[1].article
    assert article
    assert all(done.article == article for done in found[2:])
    assert body_of(article).split("\n") == [*sentences(1), *sentences(2), *sentences(3)]
    assert (article.url, article.headline) == (BASE, TITLE)
    assert len(found[1].attributions) == 12
    assert all(done.attributions == found[1].attributions for done in found[2:])
    assert article == joined(PAGES)[0].article


def test_the_page_with_all_parts_is_the_article() -> None:
    whole = page(0, f"{BASE}?page=all", text=[s for n in (1, 2, 3) for s in sentences(n)])
    found = joined([*PAGES, whole])
    assert all(done.article == process(whole).article for done in found)


def test_a_missing_part_ends_the_article() -> None:
    found = joined([PAGES[0], PAGES[2]])
    assert [done.article for done in found] == [process(PAGES[0]).article, process(PAGES[2]).article]


def test_another_headline_is_another_article() -> None:
    other = page(2, f"{BASE}?page=2", title="Daftar Berita Hari Ini di Kota")
    assert joined([PAGES[0], other])[0].article == process(PAGES[0]).article


def test_a_site_that_shows_the_same_on_every_page() -> None:
    again = page(1, f"{BASE}?page=2")
    assert joined([PAGES[0], again])[0].article == process(PAGES[0]).article


def test_the_same_page_again_has_the_joined_article_too() -> None:
    found = joined([*PAGES, PAGES[1]])
    assert len(found) == 4
    assert all(done.article == found[0].article for done in found)


@pytest.mark.parametrize(
    ("url", "links", "part"),
    [
        (f"{BASE}?page=2", "", Part(BASE, 2)),
        (f"{BASE}?id=5&halaman=3&x=1#a", "", Part(f"{BASE}?id=5&x=1", 3)),
        (f"{BASE}?page=all", "", Part(BASE, 0)),
        (f"{BASE}/page/2/", "", Part(BASE, 2)),
        (f"{BASE}/", '<link rel="next" href="/jembatan/2/">', Part(BASE, 1)),
        (f"{BASE}/2", '<a rel="prev" href="/jembatan">', Part(BASE, 2)),
        (f"{BASE}/2", '<a rel="next" href="/jembatan/3">', Part(BASE, 2)),
        (None, '<a rel="next" href="?page=3">', Part(BASE, 2)),
        (f"{BASE}/2", "", None),
        (BASE, '<a rel="next" href="/berita-berikutnya">', None),
        (BASE, '<a href="/lain?page=2">', None),
        (f"{BASE}?page=99", "", None),
        (BASE, '<a href="http://[x?page=2">', None),
    ],
)
def test_how_parts_are_known(url: str | None, links: str, part: Part | None) -> None:
    assert one(page(1, url, links)) == part


def test_articles_without_address_or_language_pack_are_their_own() -> None:
    text = Page("a.txt", "\n".join(sentences(1)).encode(), "text/plain")
    assert one(text) is None


@settings(max_examples=30)
@given(st.lists(st.sampled_from([*PAGES, OTHER]), max_size=8))
def test_no_page_is_lost(pages: list[Page]) -> None:
    assert sorted(done.page.name for done in joined(pages)) == sorted(p.name for p in pages)
