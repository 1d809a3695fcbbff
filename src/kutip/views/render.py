"""Templates to HTML. Every value is escaped; what is not text that HTML can hold is replaced by U+FFFD."""

import re
from collections.abc import Mapping
from functools import lru_cache, partial
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from kutip.views.words import words

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup

FOLDER = "templates"

# Words of the interface as templates name them: plain, and in an element that the page can change.
_WORD = re.compile(r"""\{\{ w\[["']([\w.]+)["']\] \}\}""")
_SPAN = re.compile(r"""\{\{ t\(["']([\w.]+)["']\) \}\}""")

# NUL and lone surrogates cannot stand in an HTML document.
_UNFIT = dict.fromkeys([0, *range(0xD800, 0xE000)], "\ufffd")


def asset(name: str) -> str:
    """The text of a file beside the templates."""
    return files(__package__).joinpath(FOLDER, name).read_text(encoding="utf-8")


def exact(text: str) -> "Markup":
    """Text that a browser gives back character by character: a carriage return is not made a line feed."""
    from markupsafe import Markup, escape

    return Markup(str(escape(fit(text))).replace("\r", "&#13;"))


def fit(text: str) -> str:
    """The text without what cannot stand in an HTML document."""
    return text.translate(_UNFIT)


@lru_cache
def spans(code: str) -> "dict[str, Markup]":
    """Each word of an interface language in an element that the page can change to another language."""
    from markupsafe import Markup

    span = Markup('<span data-t="{}">{}</span>')
    return {key: span.format(key, word) for key, word in words(code).flat().items()}


@lru_cache(maxsize=4096)
def number(code: str, value: int) -> "Markup":
    """A number, its thousands parted as the language does, in an element that the page can change."""
    from markupsafe import Markup

    written = f"{value:,}".replace(",", words(code).thousands)
    return Markup(f'<span data-n="{value:d}">{written}</span>')


def render(code: str, template: str, context: Mapping[str, Any]) -> str:
    """The document that a template makes, its own words in the interface language ``code``."""
    made: str = _environment(code).get_template(template).render(context)
    try:
        made.encode()
    except UnicodeEncodeError:
        return fit(made)
    return fit(made) if "\0" in made else made


@lru_cache
def _environment(code: str) -> "Environment":
    """The environment of all templates: autoescape on, a name that is not defined is an error."""
    from jinja2 import Environment, FunctionLoader, StrictUndefined

    made = Environment(
        autoescape=True,
        loader=FunctionLoader(lambda name: _written(asset(name), code)),
        undefined=StrictUndefined,
        keep_trailing_newline=True,
    )
    made.globals["exact"] = exact
    made.filters["t"] = spans(code).__getitem__
    made.filters["n"] = partial(number, code)
    return made


def _written(template: str, code: str) -> str:
    """The template with the words in place that it names outright: they are not looked up for every page."""
    from markupsafe import escape

    flat, marked = words(code).flat(), spans(code)
    template = _WORD.sub(lambda match: str(escape(flat[match[1]])), template)
    return _SPAN.sub(lambda match: str(marked[match[1]]), template)
