"""What a page declares about itself: JSON-LD first, then Open Graph and other meta tags, then the page."""

import json
import re
from collections.abc import Iterator
from html import unescape
from typing import Any
from urllib.parse import urlsplit

import msgspec

from kutip.flow.page_to_article.scan import notices, signed
from kutip.text.normalise import canonical

_TYPES = re.compile(r"Article$|^BlogPosting$|^LiveBlogPosting$|^Report$|^AnalysisNews")
_MAX_DEPTH = 6  # of JSON-LD; articles stand at the top
_META = {
    "headline": ("og:title", "twitter:title", "dc.title", "title", "parsely-title", "sailthru.title"),
    "outlet": ("og:site_name", "application-name", "publisher", "dc.publisher"),
    "byline": ("author", "article:author", "dc.creator", "parsely-author", "sailthru.author", "byl"),
    "published": (
        "article:published_time", "og:published_time", "datepublished", "date", "pubdate", "publishdate",
        "publish-date", "dc.date", "dc.date.issued", "dcterms.created", "parsely-pub-date", "sailthru.date",
        "article.published", "published-date", "publish_date", "originalpublicationdate",
    ),
    "url": ("og:url",),
    "lang": ("og:locale",),
}  # fmt: skip
_SEPARATORS = (" | ", " - ", " – ", " — ", " :: ", " » ", " • ")
LONGEST = {"headline": 500, "outlet": 100, "byline": 200, "published": 100, "url": 2000, "lang": 20}


class Declared(msgspec.Struct, frozen=True):
    """Field -> value as written, and field -> where it stood ("json-ld", "meta:og:title", "h1")."""

    values: dict[str, str]
    found_in: dict[str, str]


def declared(markup: str) -> Declared:
    """Headline, outlet, byline, published, url and lang of a page, each from the best place that has it."""
    values: dict[str, str] = {}
    found_in: dict[str, str] = {}
    for where, field, value in _candidates(markup, values):
        words = " ".join(canonical(value).split())
        if field not in values and words and len(words) <= LONGEST[field] and _fits(field, words):
            values[field], found_in[field] = words, where
    if "url" in values and "outlet" not in values:
        values["outlet"], found_in["outlet"] = host_of(values["url"]), "url"
    if found_in.get("headline") in ("title", "meta:og:title", "meta:twitter:title", "meta:title"):
        values["headline"] = _without_site(values["headline"], values.get("outlet", ""))
    return Declared(values, found_in)


def host_of(url: str) -> str:
    """The host of a URL without "www.", "" where there is none."""
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def _fits(field: str, words: str) -> bool:
    if field == "url":
        return words.startswith(("http://", "https://"))
    return field != "byline" or "://" not in words


def _candidates(markup: str, known: dict[str, str]) -> Iterator[tuple[str, str, str]]:
    """(where, field, value), the best places first; ``known``: what has been found by then."""
    found = notices(markup)
    for article in _json_ld(found.json_ld):
        for field, value in _of_json_ld(article):
            yield "json-ld", field, unescape(value)
    for field, names in _META.items():
        for name in names:
            if name in found.meta:
                yield f"meta:{name}", field, found.meta[name]
    yield from (("h1", "headline", words) for words in found.headings)
    yield from (("title", "headline", words) for words in found.titles)
    yield from (("time", "published", words) for words in found.times)
    if "published" not in known or "byline" not in known:
        for sign, words in signed(markup):
            yield f"page:{sign}", "published" if sign == "datepublished" else "byline", words
    yield from (("link:canonical", "url", address) for address in found.canonical)
    yield "html", "lang", found.lang


def _json_ld(scripts: list[str]) -> Iterator[dict[str, Any]]:
    """Objects that describe an article."""
    for script in scripts:
        try:
            data = json.loads(script, strict=False)  # line breaks inside strings are common
        except (ValueError, RecursionError):
            continue
        yield from _articles(data, _MAX_DEPTH)


def _articles(data: Any, depth: int) -> Iterator[dict[str, Any]]:
    if depth == 0:
        return
    if isinstance(data, list):
        for item in data:
            yield from _articles(item, depth - 1)
    elif isinstance(data, dict):
        kinds = data.get("@type")
        if any(
            isinstance(k, str) and _TYPES.search(k) for k in (kinds if isinstance(kinds, list) else [kinds])
        ):
            yield data
        for key in ("@graph", "mainEntity", "itemListElement"):
            yield from _articles(data.get(key), depth - 1)


def _of_json_ld(article: dict[str, Any]) -> Iterator[tuple[str, str]]:
    yield "headline", _words(article.get("headline")) or _words(article.get("name"))
    yield "byline", _words(article.get("author")) or _words(article.get("creator"))
    yield "outlet", _words(article.get("publisher"))
    yield "published", _words(article.get("datePublished")) or _words(article.get("dateCreated"))
    yield "lang", _words(article.get("inLanguage"))
    page = article.get("mainEntityOfPage")
    yield "url", _words(page.get("@id") if isinstance(page, dict) else page) or _words(article.get("url"))


def _words(value: Any) -> str:
    """The name in a JSON-LD value: a string, an object with a name, or a list of those."""
    if isinstance(value, str):
        return value
    if isinstance(value, dict):
        name = value.get("name")
        return name if isinstance(name, str) else ""
    if isinstance(value, list):
        return ", ".join(w for item in value[:20] if not isinstance(item, list) and (w := _words(item)))
    return ""


def _without_site(headline: str, outlet: str) -> str:
    """The headline without the outlet's name before a colon or after a last separator."""
    name, colon, rest = headline.partition(": ")
    if colon and name.lower() == outlet.lower():
        headline = rest.strip()
    for separator in _SEPARATORS:
        head, _, tail = headline.rpartition(separator)
        short = tail.lower().removesuffix(".com")
        if head and len(head) > len(tail) and (short in outlet.lower() or outlet.lower() in tail.lower()):
            return head.strip() if outlet else headline
    return headline
