"""Fast reading: the same articles from the same pages, for a fraction of the cost."""

import pytest

from kutip.flow.page_to_article.body import body_of
from kutip.flow.page_to_article.draft import Reading
from kutip.flow.pipeline import process, read_page
from kutip.model import Article, Page, Rejection

pytest.importorskip("resiliparse", reason="needs kutip[bulk]")

PARAGRAPHS = [
    "Wali Kota Ratna Dewi mengumumkan bahwa jembatan lama akan dibongkar pada bulan depan karena rusak.",
    "Menurut dia, jembatan itu sudah tidak aman bagi kendaraan berat yang melintas setiap hari di sana.",
    "“Kami siapkan jalan lain untuk warga,” kata Ratna kepada wartawan di kantornya, Selasa (25/2/2025).",
]
BODY = "".join(f"<p>{p}</p>" for p in PARAGRAPHS)
FAST = Reading(fast=True)


def read(body: str, head: str = "", url: str | None = None) -> Article | Rejection:
    markup = f"<html><head>{head}</head><body>{body}</body></html>"
    return read_page(Page("a.html", markup.encode(), "text/html", url), FAST)


def article(body: str, head: str = "", url: str | None = None) -> Article:
    found = read(body, head, url)
    assert isinstance(found, Article), found
    return found


def test_the_article_is_that_of_careful_reading() -> None:
    markup = f"""<html><head><title>Jembatan</title></head><body><nav><a href=x>Beranda</a></nav>
    <article><h1>Jembatan</h1>{BODY}</article><footer>Hubungi kami</footer></body></html>"""
    page = Page("a.html", markup.encode(), "text/html")
    fast, careful = process(page, FAST), process(page)
    assert fast.article
    assert careful.article
    assert body_of(fast.article) == body_of(careful.article)
    assert fast.article.headline == careful.article.headline
    assert [a.speaker for a in fast.attributions] == [a.speaker for a in careful.attributions]


def test_posts_quoted_in_the_article_stay() -> None:
    quoted = f'<blockquote class="twitter-tweet"><p>{PARAGRAPHS[2]}</p></blockquote>'
    assert PARAGRAPHS[2] in body_of(
        article(f"<article>{BODY}{quoted}<p>{PARAGRAPHS[0][:-1]} lagi.</p></article>")
    )


def test_comments_are_no_article() -> None:
    comments = "".join(
        f"<p>{p} Saya tidak setuju sama sekali dengan rencana itu.</p>" for p in PARAGRAPHS * 3
    )
    found = article(f'<article>{BODY}</article><div id="comments">{comments}</div>')
    assert body_of(found).split("\n") == PARAGRAPHS


def test_an_article_inside_of_something_named_after_comments_is_found() -> None:
    assert (
        body_of(article(f'<div class="has-comments"><article>{BODY}</article></div>')).split("\n")
        == PARAGRAPHS
    )


@pytest.mark.parametrize("deep", [600, 50_000])
def test_deep_nesting_takes_the_careful_way(deep: int) -> None:
    found = read("<div>" * deep + BODY + "</div>" * deep)
    assert isinstance(found, Article) or found.reason == "empty"


def test_a_date_between_headline_and_text() -> None:
    found = article(
        f"<article><h1>Jembatan</h1><div>26 Februari 2025</div>{BODY}</article>", "<title>Jembatan</title>"
    )
    assert found.published
    assert (found.published.value, found.published.origin) == ("2025-02-26", "text")


@pytest.mark.parametrize(
    ("url", "value"),
    [
        ("https://kabar.example/2025/02/26/jembatan", "2025-02-26"),
        ("https://kabar.example/2025/2/6-jembatan", "2025-02-06"),
        ("https://kabar.example/2025/13/26/jembatan", None),
        ("https://kabar.example/12025/02/26/jembatan", None),
    ],
)
def test_a_date_in_the_address_is_inferred(url: str, value: str | None) -> None:
    found = article(f"<article>{BODY}</article>", url=url)
    assert (found.published.value if found.published else None) == value
    assert found.published is None or found.published.origin == "inferred"


def test_without_the_library_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(*_: object) -> None:
        raise ImportError("no resiliparse")

    monkeypatch.setattr("kutip.flow.page_to_article.fast.main_text", missing)
    found = read(BODY)
    assert isinstance(found, Rejection)
    assert (found.reason, "kutip[bulk]" in found.detail) == ("needs-extra", True)
