"""Pages of a record to HTML, with the same templates for a server and for files.

A page is named by its path, such as "article/a1….html"; all links are relative, so that the same page works
under any address and from a disk.
"""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from hashlib import sha256
from typing import Any
from urllib.parse import quote, urlencode

import msgspec

from kutip.model import Span
from kutip.views.render import asset
from kutip.views.render import render as fill
from kutip.views.tongue import Tongue
from kutip.views.web.chart import over_time
from kutip.views.words import interface_languages, words

SCRIPTS = ("settings.js", "web/web.js", "reading.js")
POLICY = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'"


class Kind(msgspec.Struct, frozen=True):
    """How pages are given away. static: as files; with_text: articles in full; version: of Kutip.

    stories: there are some, so that pages lead to them.
    """

    static: bool
    with_text: bool
    version: str
    stories: bool = False


class Piece(msgspec.Struct, frozen=True):
    """A piece of a text; ``found``: it is a word that was searched for."""

    text: str
    found: bool


@lru_cache
def static_files() -> dict[str, tuple[str, str]]:
    """Files that all pages use: name -> (media type, text)."""
    tables = {code: words(code).flat() | {"name": words(code).name} for code in interface_languages()}
    table = msgspec.json.encode(tables, order="sorted").decode()
    script = "text/javascript"
    return {
        "kutip.css": ("text/css", asset("reading.css") + asset("web/web.css")),
        "kutip.js": (script, "".join(map(asset, SCRIPTS))),
        "theme.js": (script, asset("web/theme.js")),
        "words.js": (script, f"window.kutipWords = {table};\n"),
        "search.js": (script, asset("web/search.js")),
        "icon.svg": ("image/svg+xml", asset("web/icon.svg")),
    }


@lru_cache
def stamp() -> str:
    """Changes with the files that all pages use, so that browsers may keep them for good."""
    return sha256("".join(text for _, text in static_files().values()).encode()).hexdigest()[:10]


def render(kind: Kind, language: str, path: str, template: str, **context: Any) -> str:
    """The page at ``path`` as HTML. context: what its template asks for."""
    tongue = Tongue(language)
    given = {
        "kind": kind,
        "path": path,
        "root": "../" * path.count("/"),
        "stamp": stamp(),
        "policy": POLICY,
        "language": language,
        "languages": [(c, words(c).name) for c in interface_languages()],
        "w": tongue.flat,
        "day": tongue.day,
        "date": tongue.any_day,
        "published": tongue.published,
        "tongue": tongue.language,
        "own_words": tongue.own_words,
        "pieces": pieces,
        "snippet": snippet,
        "ask": ask,
        "over_time": over_time,
        "anew": False,
    }
    return fill(language, f"web/{template}", given | context)


def ask(asked: Mapping[str, str], page: str = "search.html", **changes: str) -> str:
    """The address of a search: what is asked, with changes; "" takes a filter away. "in_" stands for "in"."""
    given = {**asked, **{name.rstrip("_"): value for name, value in changes.items()}}
    query = urlencode(
        {name: value for name, value in given.items() if value}, quote_via=quote, errors="replace"
    )
    return f"{page}?{query}" if query else page


def pieces(text: str, found: Iterable[Span]) -> list[Piece]:
    """The text cut at the words that were searched for."""
    cut: list[Piece] = []
    at = 0
    for span in found:
        cut += [Piece(text[at : span.start], False), Piece(text[span.start : span.end], True)]
        at = span.end
    return [piece for piece in (*cut, Piece(text[at:], False)) if piece.text]


def snippet(marked: str) -> list[Piece]:
    """Words around a place that was found, cut at the words that were searched for (between \\x02 and \\x03)."""
    parts = marked.replace("\x03", "\x02").split("\x02")
    return [Piece(part, bool(at % 2)) for at, part in enumerate(parts) if part]
