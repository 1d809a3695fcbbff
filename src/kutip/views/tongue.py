"""The words of a page: printed in one language, each with the key by which the page changes it to another."""

from functools import lru_cache
from typing import TYPE_CHECKING

import msgspec

from kutip.model import Dated
from kutip.views.render import fit, spans
from kutip.views.words import interface_languages, words

if TYPE_CHECKING:
    from markupsafe import Markup


@lru_cache
def _shared(leave_out: tuple[str, ...]) -> dict[str, dict[str, str]]:
    """Words that are the same on all pages, by language."""
    return {c: words(c).flat(leave_out) | {"name": words(c).name} for c in interface_languages()}


@lru_cache(maxsize=4096)
def _moment(value: str, precision: str) -> tuple[str, dict[str, tuple[str, "Markup"]]]:
    """The key of a date and, in each language, its words and these in an element that the page can change."""
    from markupsafe import Markup

    key = f"{precision}:{value}"
    element = Markup('<time datetime="{}" data-t="{}">{}</time>')
    told = ((code, words(code).day(value, precision)) for code in interface_languages())
    return key, {code: (written, element.format(value, key, written)) for code, written in told}


class Tongue:
    """The words of the interface: printed in one language, each with the key by which the page changes it."""

    def __init__(self, code: str, leave_out: tuple[str, ...] = ()) -> None:
        """code: of an interface language. leave_out: tables of words that the page has no use for."""
        self.code = code
        self.flat = _shared(leave_out)[code]
        self.word = spans(code).__getitem__
        self._leave_out = leave_out
        self._own: dict[str, dict[str, str]] = {c: {} for c in interface_languages()}

    @staticmethod
    def safe(text: str) -> "Markup":
        """Text of the project itself, which is not escaped."""
        from markupsafe import Markup

        return Markup(text)

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
        key, told = _moment(fit(value), precision)
        if key not in self._own[self.code]:
            for code, (written, _) in told.items():
                self._own[code][key] = written
        return told[self.code][1]

    def all_words(self) -> "Markup":
        """The words of all languages as JSON that can stand in a script element."""
        shared = _shared(self._leave_out)
        return self._json({code: shared[code] | own for code, own in self._own.items()})

    def own_words(self) -> "Markup":
        """Of the words of all languages those that this page alone has: its dates."""
        return self._json(self._own)

    def _json(self, tables: dict[str, dict[str, str]]) -> "Markup":
        raw = msgspec.json.encode(tables, order="sorted").decode("utf-8")
        return self.safe(raw.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026"))
