"""Feeds, sitemaps and lists of feeds, whole and damaged."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kutip.sources.fetch.links import read_links

BASE = "http://kabar.example/feed"
RSS = b"""<?xml version="1.0"?><rss version="2.0"><channel><link>http://kabar.example/</link>
<item><title>x</title><link>/satu</link><guid>no-address</guid></item>
<item><guid>http://kabar.example/dua</guid></item><item><guid isPermaLink="false">7</guid></item></channel></rss>"""
RDF = b"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">
<item rdf:about="x"><link> http://kabar.example/satu </link></item></rdf:RDF>"""
ATOM = b"""<feed xmlns="http://www.w3.org/2005/Atom"><link href="http://kabar.example/"/>
<entry><link rel="self" href="x"/><link href="satu"/></entry></feed>"""
NEWS = b"""<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
 xmlns:news="http://www.google.com/schemas/sitemap-news/0.9" xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
<url><loc>http://kabar.example/satu</loc><image:image><image:loc>http://kabar.example/a.jpg</image:loc></image:image>
<news:news><news:title>t</news:title></news:news></url></urlset>"""
INDEX = b"<sitemapindex><sitemap><loc>http://kabar.example/s1.xml</loc></sitemap></sitemapindex>"
OPML = b"""<opml><body><outline text="x"><outline type="rss" xmlUrl="http://kabar.example/feed"/></outline></body></opml>"""


@pytest.mark.parametrize(
    ("document", "pages", "further"),
    [
        (RSS, ["http://kabar.example/satu", "http://kabar.example/dua"], []),
        (RDF, ["http://kabar.example/satu"], []),
        (ATOM, ["http://kabar.example/satu"], []),
        (NEWS, ["http://kabar.example/satu"], []),
        (INDEX, [], ["http://kabar.example/s1.xml"]),
        (OPML, [], ["http://kabar.example/feed"]),
        (RSS[:162], ["http://kabar.example/satu"], []),
        (b"\xef\xbb\xbf" + RSS, ["http://kabar.example/satu", "http://kabar.example/dua"], []),
    ],
)
def test_addresses_that_a_document_lists(document: bytes, pages: list[str], further: list[str]) -> None:
    links = read_links(document, BASE)
    assert links is not None
    assert (list(links.pages), list(links.further)) == (pages, further)


@pytest.mark.parametrize(
    "content", [b"", b"<html><body>x</body></html>", b"<?xml version='1.0'?><svg/>", b"%PDF", b"{}"]
)
def test_what_is_no_list(content: bytes) -> None:
    assert read_links(content, BASE) is None


def test_no_entity_is_replaced_and_nothing_is_loaded(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("http://kabar.example/secret")
    laughs = "".join(f'<!ENTITY l{n} "&l{n - 1};&l{n - 1};">' for n in range(1, 40))
    for entity in (f'<!ENTITY e SYSTEM "file://{secret}">', f'<!ENTITY l0 "x">{laughs}<!ENTITY e "&l39;">'):
        document = f"""<?xml version="1.0"?><!DOCTYPE rss [{entity}]><rss><channel>
        <item><link>http://kabar.example/satu</link></item><item><link>&e;</link></item></channel></rss>"""
        links = read_links(document.encode(), BASE)
        assert links is not None
        assert list(links.pages) == ["http://kabar.example/satu"]


@given(st.binary(max_size=300))
def test_nothing_raises(noise: bytes) -> None:
    for content in (noise, RSS[:150] + noise, b"<rss>" + noise):
        read_links(content, BASE)
