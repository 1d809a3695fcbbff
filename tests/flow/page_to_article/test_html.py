"""HTML pages: main text, metadata with its place, and bounds against broken and hostile pages."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kutip.flow.page_to_article import fast
from kutip.flow.page_to_article.body import body_of
from kutip.flow.page_to_article.html import MAX_ELEMENTS, MAX_MARKUP, _long_pieces, _within_bounds
from kutip.flow.pipeline import process, read_page
from kutip.model import Article, Page, Rejection

PARAGRAPHS = [
    "Wali Kota Ratna Dewi mengumumkan bahwa jembatan lama akan dibongkar pada bulan depan karena rusak.",
    "Menurut dia, jembatan itu sudah tidak aman bagi kendaraan berat yang melintas setiap hari di sana.",
    "“Kami siapkan jalan lain untuk warga,” kata Ratna kepada wartawan di kantornya, Selasa (25/2/2025).",
]
LINKED = PARAGRAPHS[0].replace("jembatan", "<a href=x>jembatan</a>")
BODY = "".join(f"<p>{p}</p>" for p in PARAGRAPHS)


def page(head: str = "", body: str = "", fetched_at: str | None = None) -> Page:
    markup = f"<html><head>{head}</head><body><article>{body or BODY}</article></body></html>"
    return Page("a.html", markup.encode(), "text/html", fetched_at=fetched_at)


def article(head: str = "", body: str = "") -> Article:
    result = read_page(page(head, body))
    assert isinstance(result, Article), result
    return result


def ld(**fields: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(fields)}</script>'


def test_paragraphs_are_blocks() -> None:
    found = article("<title>Jembatan</title>")
    assert body_of(found).split("\n") == PARAGRAPHS
    assert found.lang == "id"


def test_json_ld_comes_first() -> None:
    head = (
        ld(
            **{"@type": "NewsArticle"},
            headline="Jembatan Lama Segera Dibongkar",
            author=[{"@type": "Person", "name": "Sari Wulan"}],
            publisher={"name": "Kabar Bangka"},
            datePublished="2025-02-26T08:16:00+0700",
            mainEntityOfPage={"@id": "https://kabar.example/1"},
        )
        + '<meta property="og:title" content="Lain"><meta property="og:site_name" content="Lain">'
    )
    found = article(head)
    assert (found.headline, found.byline, found.outlet) == (
        "Jembatan Lama Segera Dibongkar",
        "Sari Wulan",
        "Kabar Bangka",
    )
    assert found.url == "https://kabar.example/1"
    assert found.published
    assert (found.published.value, found.published.origin) == ("2025-02-26T08:16:00+07:00", "declared")
    assert set(found.found_in.values()) == {"json-ld"}
    assert found.text.startswith("Jembatan Lama Segera Dibongkar\n\n")


def test_meta_tags_come_next_and_lose_the_name_of_the_site() -> None:
    head = (
        '<meta property="og:title" content="Jembatan Lama Dibongkar - Kabar Bangka">'
        '<meta property="og:site_name" content="Kabar Bangka"><meta name="author" content="Sari">'
        '<meta property="article:published_time" content="2025-02-26T01:16:00Z">'
    )
    found = article(head)
    assert (found.headline, found.outlet, found.byline) == ("Jembatan Lama Dibongkar", "Kabar Bangka", "Sari")
    assert found.found_in["published"] == "meta:article:published_time"
    assert found.published
    assert found.published.value == "2025-02-26T01:16:00+00:00"


def test_the_page_as_shown_comes_last() -> None:
    body = f'<h1>Jembatan Lama Dibongkar</h1><time datetime="2025-02-26">Rabu</time>{BODY}'
    found = article('<link rel="canonical" href="https://kabar.example/1">', body)
    assert (found.headline, found.outlet) == ("Jembatan Lama Dibongkar", "kabar.example")
    assert (found.found_in["headline"], found.found_in["published"], found.found_in["outlet"]) == (
        "h1",
        "time",
        "url",
    )


def test_a_date_that_only_a_library_sees_is_marked_inferred() -> None:
    found = article(body=f"{BODY}<footer>Copyright 2019</footer>")
    assert found.published is None or found.published.origin == "inferred"


def test_a_date_after_the_fetch_is_suspect() -> None:
    head = '<meta property="article:published_time" content="2031-01-01T00:00:00Z">'
    done = process(page(head, fetched_at="2025-02-26T00:00:00Z"))
    assert [r.reason for r in done.rejections] == ["suspect-date"]
    assert done.article
    assert done.article.published is None or done.article.published.origin == "inferred"


def test_declared_shown_and_fetched_dates_are_kept_apart() -> None:
    shown = f'<div class="date">Selasa, 25 Februari 2025 10:00 WIB</div>{BODY}'
    head = '<meta property="article:published_time" content="{}">'
    found = process(page(head.format("2025-02-24T09:00:00Z"), shown, "2025-02-26T00:00:00Z"))
    assert found.article
    assert found.article.published
    assert (found.article.published.value, found.article.published.origin) == (
        "2025-02-24T09:00:00+00:00",
        "declared",
    )
    assert (found.page.fetched_at, found.rejections) == ("2025-02-26T00:00:00Z", ())
    found = process(
        page(head.format("2031-01-01T00:00:00Z"), f"<p>1 Januari 2031</p>{shown}", "2025-02-26T00:00:00Z")
    )
    assert found.article
    assert found.article.published
    assert (found.article.published.value, found.article.found_in["published"]) != ("2031-01-01", "text")
    assert {r.reason for r in found.rejections} == {"suspect-date"}


@pytest.mark.parametrize("written", ["99/99/9999", "2025-13-45", "0000-00-00", "kemarin", "1025-01-01", ""])
def test_absurd_dates_are_none(written: str) -> None:
    done = process(page(f'<meta property="article:published_time" content="{written}">'))
    assert done.article
    assert done.article.published is None or done.article.published.origin == "inferred"
    assert [r.reason for r in done.rejections] == ["suspect-date"] * any(map(str.isdigit, written))


@pytest.mark.parametrize(
    "data", ["{", "[[[[[[[[[[", "[" * 100_000, '{"@type": "NewsArticle", "headline": 5}', "null"]
)
def test_broken_json_ld_is_passed_over(data: str) -> None:
    found = article(f'<script type="application/ld+json">{data}</script><title>Jembatan</title>')
    assert found.headline == "Jembatan"


def test_control_references_cost_nothing_else() -> None:
    body = BODY.replace("jembatan lama", "jembatan &#11;&#0;&#x1F;lama")
    assert "jembatan lama akan dibongkar" in body_of(article(body=body))


def test_references_to_what_is_no_character_become_blanks() -> None:
    numbers = (
        *range(300),
        0xD7FF,
        0xD800,
        0xDFFF,
        0xE000,
        0xFDCF,
        0xFDD0,
        0xFDEF,
        0xFDF0,
        0xFFFD,
        0xFFFE,
        0x110000,
    )
    none = {*range(9), 11, 12, *range(14, 32), 127, 0xD800, 0xDFFF, 0xFDD0, 0xFDEF, 0xFFFE, 0x110000}
    for number in numbers:
        for reference in (f"&#{number};", f"&#x{number:x};", f"&#0{number};", f"&#{number}"):
            assert _within_bounds(reference) == (" " if number in none else reference)


RUNS = st.sampled_from([1, 3999, 4000, 4001, 7999, 8000, 8001, 16_000])


@given(st.lists(st.just("<") | RUNS.map(lambda length: "x" * length), max_size=8))
def test_long_pieces_are_found_by_their_gaps(pieces: list[str]) -> None:
    markup = "".join(pieces)
    assert list(_long_pieces(markup)) == [piece for piece in markup.split("<") if len(piece) >= 8000]


@pytest.mark.parametrize(
    ("markup", "reason"),
    [
        ("<html><body>" + "x" * MAX_MARKUP, "too-large"),
        ("<html><body>" + "<p>a" * (MAX_ELEMENTS + 1), "too-large"),
        ("<html><body><div " + " ".join(f'a{i}="x"' for i in range(20_000)) + f">{BODY}", "hostile-markup"),
        ("<html><body>" + "<div>" * 100_000, "empty"),
        ("<html><body>" + "<script>var a;</script>" * 1000, "empty"),
        ("<html></html>", "empty"),
        ("<!-- -->", "empty"),
    ],
    ids=["long", "many", "attributes", "nested", "scripts", "nothing", "comment"],
)
def test_bounds(markup: str, reason: str) -> None:
    result = read_page(Page("a.html", markup.encode(), "text/html"))
    assert isinstance(result, Rejection)
    assert (result.where, result.reason) == ("a.html", reason)


TAGS = st.sampled_from(
    [
        "<p>",
        "</p>",
        "<div>",
        "<b",
        ">",
        "<table><tr>",
        "&#",
        ";",
        "<!--",
        "-->",
        "<script>",
        "<h1>",
        PARAGRAPHS[0],
    ]
)


@given(st.lists(TAGS | st.text(max_size=5), max_size=30).map("".join))
def test_any_markup(markup: str) -> None:
    result = read_page(Page("a.html", f"<html>{markup}".encode("utf-8", "replace"), "text/html"))
    assert not isinstance(result, Rejection) or result.reason in ("empty", "not-text")


@pytest.mark.parametrize(
    "body",
    [
        f"<div><b>Kabar.com</b> - {PARAGRAPHS[0]}<br/><br/>{PARAGRAPHS[1]}<p>{PARAGRAPHS[2]}</p></div>",
        f"<span><strong>KABAR</strong> - {PARAGRAPHS[0]}<p>{PARAGRAPHS[1]}</p><p>{PARAGRAPHS[2]}</p></span>",
        f"<div>{LINKED}<p>{PARAGRAPHS[1]}</p><p>{PARAGRAPHS[2]}</p></div>",
    ],
)
def test_a_lead_printed_straight_into_its_container(body: str) -> None:
    found = body_of(article(body=body)).split("\n")
    assert found[0].endswith(PARAGRAPHS[0])
    assert found[-1] == PARAGRAPHS[2]


def test_a_date_that_the_page_shows() -> None:
    body = f'<div class="read-time">Kabar.com - 26/02/2025, 08:16 WIB</div>{BODY}'
    found = article(body=body)
    assert found.published
    assert (found.published.value, found.published.origin) == ("2025-02-26T08:16:00+07:00", "text")


def test_two_ways_that_disagree_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def other(markup: str, headline: str | None) -> fast.Text:
        return fast.Text("Isi kolom lain yang tidak ada hubungannya dengan berita di halaman itu.", ())

    monkeypatch.setattr("kutip.flow.page_to_article.fast.main_text", other)
    done = process(page())
    assert done.article
    assert body_of(done.article).split("\n") == PARAGRAPHS
    assert [r.reason for r in done.rejections] == ["doubtful-text"]


def test_where_one_way_finds_nothing_the_other_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("resiliparse", reason="needs kutip[bulk]")
    monkeypatch.setattr("kutip.flow.page_to_article.html._main_text", lambda tree: "")
    assert body_of(article()).split("\n") == PARAGRAPHS


def test_the_name_of_the_outlet_before_the_headline() -> None:
    head = '<title>Kabar: Jembatan Lama Dibongkar</title><meta property="og:site_name" content="Kabar">'
    assert article(head).headline == "Jembatan Lama Dibongkar"
