"""What a page declares, found in its markup without a tree."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kutip.flow.page_to_article.scan import attributes, notices, plain, shown_dates, signed


def test_notices() -> None:
    found = notices(
        """<!doctype html><HTML LANG="id-ID"><head><title>Jembatan &amp; jalan</title>
        <meta property="og:title" content="Satu &quot;dua&quot; > tiga"><META name='Author' content='Sari'/>
        <meta name=author content=Lain><link rel="canonical" href=/satu>
        <script type="application/ld+json">{"a": "<meta name=x content=y>"}</script>
        <script>var t = "<title>bukan</title>";</script><!-- <meta name="date" content="bukan"> -->
        </head><body><h1><a href=x>Jembatan</a> <b>lama</b></h1><time datetime="2025-02-26">Rabu</time>"""
    )
    assert found.lang == "id-ID"
    assert found.titles == ["Jembatan & jalan"]
    assert found.meta == {"og:title": 'Satu "dua" > tiga', "author": "Sari"}
    assert found.canonical == ["/satu"]
    assert found.json_ld == ['{"a": "<meta name=x content=y>"}']
    assert found.headings == ["Jembatan lama"]
    assert found.times == ["2025-02-26"]


@pytest.mark.parametrize(
    "markup",
    ["<script type='application/ld+json'>{}", "<!-- <title>a</title>", '<meta content="', "<title", "<h1>a"],
)
def test_what_is_never_closed_ends_with_the_page(markup: str) -> None:
    found = notices(markup)
    assert found.titles == []
    assert found.meta == {}


def test_signed_elements() -> None:
    markup = """<a rel="author" href=x>Sari Wulan</a><span class=byline><b>Oleh</b> Budi</span>
    <meta itemprop="datePublished" content="2025-02-26"><p data-x="author">tidak</p><p class="author-box">tidak</p>"""
    assert signed(markup) == [
        ("author", "Sari Wulan"),
        ("byline", "Oleh Budi"),
        ("datepublished", "2025-02-26"),
    ]


def test_dates_as_shown() -> None:
    markup = """<div class="post-date">Rabu, <b>26 Februari 2025</b></div><div class=x>27 Februari 2025</div>
    <span id=waktu>08:16, 26/02/2025</span><time>1 Maret 2025</time>"""
    assert shown_dates(markup) == ("Rabu, 26 Februari 2025", "08:16, 26/02/2025", "1 Maret 2025")


def test_attributes_and_text() -> None:
    assert attributes("<a Href='x' href=y title=\"a &lt; b\" hidden>") == {"href": "x", "title": "a < b"}
    assert plain("satu<br>dua <!-- x > --> &amp; 1 < 2") == "satu dua & 1 < 2"


PIECES = st.sampled_from(
    ["<meta ", "<title>", "</title>", "<script", ">", "<!--", "-->", "='", '"', "<h1>", "content="]
)


@given(st.lists(PIECES | st.text(max_size=4), max_size=40).map("".join))
def test_any_markup(markup: str) -> None:
    notices(markup)
    signed(markup)
    shown_dates(markup)
