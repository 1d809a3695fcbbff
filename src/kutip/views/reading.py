"""The reading page: articles with every attribution marked in place, as one HTML document.

The words of articles are hostile: who writes a page that Kutip reads also writes into this one. Everything
is escaped by the template engine, and a content security policy in the page allows its own style and script,
known by their hash, and nothing beside them.
"""

import base64
import hashlib
from collections import Counter
from collections.abc import Iterable

from kutip.views.render import asset, render
from kutip.views.shown import Attributed, PageView, page_view
from kutip.views.tongue import Tongue
from kutip.views.words import interface_languages, words


def reading_page(articles: Iterable[Attributed], title: str = "", language: str | None = None) -> str:
    """One HTML document that shows ``articles`` in the order given, with their attributions marked in place.

    title: its heading; words of the interface where it is "".
    language: of the interface when the page opens, a code of interface_languages(); where None, the language
    of most of the articles if there are words in it, else the first. The reader can change it in the page.
    """
    page = page_view(articles)
    code = language or _language_of(page)
    style, script = asset("reading.css"), asset("settings.js") + asset("reading.js")
    tongue = Tongue(code, leave_out=("web",))
    context = {
        "page": page,
        "title": title,
        "language": code,
        "languages": [(c, words(c).name) for c in interface_languages()],
        "w": tongue.flat,
        "day": tongue.day,
        "published": tongue.published,
        "tongue": tongue.language,
        "style": tongue.safe(style),
        "script": tongue.safe(script),
        "policy": _policy(style, script),
        "words_json": tongue.all_words,
    }
    return render(code, "reading.html", context)


def _language_of(page: PageView) -> str:
    """The language of most articles among those of the interface."""
    known = interface_languages()
    counts = Counter(article.lang for article in page.articles if article.lang in known)
    return min(counts, key=lambda code: (-counts[code], code)) if counts else known[0]


def _policy(style: str, script: str) -> str:
    """The content security policy: this style and this script, by hash, and nothing from anywhere."""
    return (
        f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")
