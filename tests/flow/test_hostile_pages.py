"""Pages that mean harm, or are broken: each a rejection with its reason or the right article, within limits.

They are read by a worker that may take LIMITS for a page and no more; a page that does not keep to them, crashes, or
makes a step fail is an error here.
"""

from collections.abc import Iterator

import pytest

from kutip.engines.pool import Limits
from kutip.engines.processes import Processes
from kutip.flow.page_to_article.draft import Reading
from kutip.flow.pipeline import Processed
from kutip.model import Page

LIMITS = Limits(seconds=30.0, memory=2**30)
LINES = [
    f"Wali kota itu mengatakan bahwa jembatan nomor {n} yang rusak akan diperbaiki pada tahun ini juga."
    for n in range(4)
]
BODY = "".join(f"<p>{line}</p>" for line in LINES)
NEVER = {"internal", "timeout", "crashed"}


def html(body: str, head: str = "") -> bytes:
    whole = f"<html><head><title>Jembatan</title>{head}</head><body><article>{body}</article></body></html>"
    return whole.encode()


def json_ld(content: str) -> str:
    return f'<script type="application/ld+json">{content}</script>'


# What must come out: the article with its lines (True), or any rejection but a failure of ours (False).
PAGES: dict[str, tuple[bytes, bool]] = {
    "100,000 nested divs": (html("<div>" * 100_000 + BODY + "</div>" * 100_000), False),
    "100,000 nested b": (html("<b>" * 100_000 + BODY), False),
    "50,000 nested lists": (html("<ul><li>" * 50_000 + BODY), False),
    "30,000 nested tables": (html("<table><tr><td>" * 30_000 + BODY), False),
    "10 MB of paragraphs": (html(BODY * 25_000), False),
    "a line of 5 MB": (b"kata itu " * 600_000, False),
    "a word of 15 MB": (b"a" * 15_000_000, False),
    "NUL bytes": (html(BODY.replace("rusak", "ru\0sak")), False),
    "a reference to a vertical tab": (
        html(BODY + "<p>Baris &#11; ini &#0; &#xD800; &#x110000; &#xFFFF;</p>"),
        True,
    ),
    "bytes that are no UTF-8": (html(BODY + "<p>xxx</p>").replace(b"xxx", b"\xff\xfe\x80"), True),
    "UTF-16": (html(BODY).decode().encode("utf-16"), True),
    "UTF-16 without a mark": (html(BODY).decode().encode("utf-16-le"), False),
    "declared as UTF-16": (html(BODY, '<meta charset="utf-16">'), True),
    "declared in no charset": (html(BODY, '<meta charset="x-nosuch">'), True),
    "PDF": (b"%PDF-1.7\n" + b"x" * 1000, False),
    "scripts only": (html("<script>var a = 'Wali kota mengatakan';</script>" * 5000), False),
    "comments that are not closed": (html("<!-- " * 50_000), False),
    "200,000 attributes": (html("<p " + "a=1 " * 200_000 + ">x</p>" + BODY), False),
    "less-than signs": (b"<html>" + b"<" * 1_000_000, False),
    "tags that are not closed": (b"<html>" + b"<p" * 500_000, False),
    "meta elements that do not end": (html(BODY, "<meta '>'" * 100_000), False),
    "titles that do not end": (html(BODY, "<title '" * 100_000), False),
    "a meta element of a million letters": (html(BODY, f"<meta {'z' * 10**6}>"), False),
    "signs of authors that do not end": (html("<i class=author \"'>" * 40_000 + BODY), False),
    "spans that speak of dates": (html("<span class=date>1" * 20_000 + BODY), False),
    "scripts that do not end": (html("<script>" * 100_000 + BODY), False),
    "entities": (html("&amp;" * 200_000), False),
    "a tag of a million letters": (html("<" + "a" * 10**6 + ">" + BODY), False),
    "an attribute of a million letters": (html(f'<p class="{"a " * 10**6}">x</p>{BODY}'), False),
    "absurd dates": (
        html(
            f"<p>Jakarta, 99/99/9999 dan 31/02/2025, Rabu 45 Februari 2025 pukul 99:99 WIB.</p>{BODY}",
            '<meta property="article:published_time" content="9999-99-99T99:99:99Z">',
        ),
        True,
    ),
    "deep JSON-LD": (html(BODY, json_ld("[" * 100_000)), True),
    "deep JSON-LD that is whole": (html(BODY, json_ld("[" * 9_000 + "]" * 9_000)), True),
    "JSON-LD of other types": (
        html(
            BODY,
            json_ld(
                '{"@type": "NewsArticle", "headline": ["a", {"b": 1}], "datePublished": 1e999, "author": [[]]}'
            ),
        ),
        True,
    ),
    "quotation marks": (("kata itu “" * 20_000).encode(), False),
    "quotations": (("“Kata itu.” kata dia bahwa itu. " * 3_000).encode(), False),
    "line breaks": (b"kata itu\r" * 100_000, False),
    "marks of direction": (("\u202e\u2066kata itu " * 50_000).encode(), False),
    "marks on a letter": (("kata itu a" + "\u0301" * 200_000).encode(), False),
    "nothing": (b"", False),
    "a byte order mark": (b"\xef\xbb\xbf", False),
    "deep JSON": (b'{"text":' + b"[" * 100_000 + b"]" * 100_000 + b"}", False),
    "JSON with a huge number": (b'{"text": "kata dia bahwa itu", "published": 1e400}', False),
    "JSON with half a pair": (b'{"text": "kata dia \\ud800 bahwa itu"}', False),
}


def pages() -> Iterator[Page]:
    for name, (content, _) in PAGES.items():
        kind = (
            "application/json"
            if content.startswith(b'{"')
            else "text/html"
            if b"<html" in content[:20]
            else "text/plain"
        )
        yield Page(name, content, kind)


@pytest.fixture(scope="module", params=[False, True], ids=["careful", "fast"])
def done(request: pytest.FixtureRequest) -> dict[str, Processed]:
    if request.param:
        pytest.importorskip("resiliparse", reason="needs kutip[bulk]")
    work = Processes(2, LIMITS, Reading(fast=request.param))
    return {processed.page.name: processed for processed in work.run(pages())}


@pytest.mark.parametrize("name", PAGES)
def test_it_is_read_or_rejected_within_limits(done: dict[str, Processed], name: str) -> None:
    processed = done[name]
    failures = [rejection for rejection in processed.rejections if rejection.reason in NEVER]
    assert not failures
    assert processed.article is not None or processed.rejections
    if PAGES[name][1]:
        assert processed.article is not None
        assert [line for line in LINES if line not in processed.article.text] == []
    if processed.article is not None:
        text = processed.article.text
        for attribution in processed.attributions:
            assert all(span.of(text).strip() for span in attribution.content)


def test_absurd_dates_are_no_dates(done: dict[str, Processed]) -> None:
    article = done["absurd dates"].article
    assert article is not None
    assert article.published is None
