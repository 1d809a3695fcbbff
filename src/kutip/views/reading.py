"""The reading page: articles with every attribution marked in place, as one HTML document.

The words of articles are hostile: who writes a page that Kutip reads also writes into this one. Everything
is escaped by the template engine, and a content security policy in the page allows its own style and script,
known by their hash, and nothing beside them.
"""

import base64
import hashlib
from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING

import msgspec

from kutip.model import Dated
from kutip.views.render import asset, environment, fit
from kutip.views.shown import Attributed, PageView, page_view
from kutip.views.words import Words, interface_languages, words

if TYPE_CHECKING:
    from markupsafe import Markup


def reading_page(articles: Iterable[Attributed], title: str = "", language: str | None = None) -> str:
    """One HTML document that shows ``articles`` in the order given, with their attributions marked in place.

    title: its heading; words of the interface where it is "".
    language: of the interface when the page opens, a code of interface_languages(); where None, the language
    of most of the articles if there are words in it, else the first. The reader can change it in the page.
    """
    page = page_view(articles)
    code = language or _language_of(page)
    style, script = asset("reading.css"), asset("reading.js")
    tongue = _Tongue(code)
    template = environment().get_template("reading.html")
    return template.render(
        page=page,
        title=title,
        language=code,
        languages=[(c, words(c).name) for c in interface_languages()],
        w=tongue.flat,
        t=tongue.word,
        day=tongue.day,
        published=tongue.published,
        tongue=tongue.language,
        style=tongue.safe(style),
        script=tongue.safe(script),
        policy=_policy(style, script),
        words_json=tongue.all_words,
    )


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


class _Tongue:
    """The words of the interface: printed in one language, each with the key by which the page changes it."""

    def __init__(self, code: str) -> None:
        self._words: dict[str, Words] = {c: words(c) for c in interface_languages()}
        self._code = code
        self._tables = {c: w.flat() | {"name": w.name} for c, w in self._words.items()}
        self.flat = self._tables[code]

    @staticmethod
    def safe(text: str) -> "Markup":
        """Text of the project itself, which is not escaped."""
        from markupsafe import Markup

        return Markup(text)

    def word(self, key: str) -> "Markup":
        """A word of the interface in an element that the page can change to another language."""
        from markupsafe import Markup

        return Markup('<span data-t="{}">{}</span>').format(key, self.flat[key])

    def language(self, code: str) -> "Markup | str":
        """The name of an article's language, or its code where it has no name here."""
        key = f"languages.{code}"
        return self.word(key) if key in self.flat else code

    def day(self, value: str) -> "Markup":
        """A date in words."""
        return self._dated(value, "day")

    def published(self, dated: Dated, brief: bool = False) -> "Markup":
        """A date of publication in words; ``brief``: without the time of day."""
        return self._dated(dated.value, "day" if brief and dated.precision == "minute" else dated.precision)

    def _dated(self, value: str, precision: str) -> "Markup":
        from markupsafe import Markup

        value = fit(value)
        key = f"{precision}:{value}"
        for code, table in self._tables.items():
            table[key] = self._words[code].day(value, precision)
        return Markup('<time datetime="{}" data-t="{}">{}</time>').format(value, key, self.flat[key])

    def all_words(self) -> "Markup":
        """The words of all languages as JSON that can stand in a script element."""
        raw = msgspec.json.encode(self._tables, order="sorted").decode("utf-8")
        return self.safe(raw.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026"))
