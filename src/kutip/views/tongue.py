"""The words of a page: printed in one language, each with the key by which the page changes it to another."""

from typing import TYPE_CHECKING

import msgspec

from kutip.model import Dated
from kutip.views.render import fit
from kutip.views.words import Words, interface_languages, words

if TYPE_CHECKING:
    from markupsafe import Markup


class Tongue:
    """The words of the interface: printed in one language, each with the key by which the page changes it."""

    def __init__(self, code: str, leave_out: tuple[str, ...] = ()) -> None:
        """code: of an interface language. leave_out: tables of words that the page has no use for."""
        self.code = code
        self._words: dict[str, Words] = {c: words(c) for c in interface_languages()}
        self._tables = {c: w.flat(leave_out) | {"name": w.name} for c, w in self._words.items()}
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

    def any_day(self, value: str) -> "Markup":
        """A year, a month or a day in words."""
        return self._dated(value[:10], {4: "year", 7: "month"}.get(len(value), "day"))

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

    def number(self, value: int) -> "Markup":
        """A number, its thousands parted as the language does."""
        from markupsafe import Markup

        written = f"{value:,}".replace(",", self._words[self.code].thousands)
        return Markup('<span data-n="{}">{}</span>').format(value, written)

    def all_words(self) -> "Markup":
        """The words of all languages as JSON that can stand in a script element."""
        return self._json(self._tables)

    def own_words(self) -> "Markup":
        """Of the words of all languages those that this page alone has: its dates."""
        known = {c: w.flat() for c, w in self._words.items()}
        return self._json({c: {k: v for k, v in t.items() if k not in known[c]} for c, t in self._tables.items()})

    def _json(self, tables: dict[str, dict[str, str]]) -> "Markup":
        raw = msgspec.json.encode(tables, order="sorted").decode("utf-8")
        return self.safe(raw.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026"))
