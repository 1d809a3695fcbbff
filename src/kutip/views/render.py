"""Templates to HTML. Every value is escaped; what is not text that HTML can hold is replaced by U+FFFD."""

from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup

FOLDER = "templates"

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
def environment() -> "Environment":
    """The environment of all templates: autoescape on, a name that is not defined is an error."""
    from jinja2 import Environment, FunctionLoader, StrictUndefined

    made = Environment(
        autoescape=True,
        loader=FunctionLoader(asset),
        undefined=StrictUndefined,
        finalize=_finalize,
        keep_trailing_newline=True,
    )
    made.globals["exact"] = exact
    return made


def _finalize(value: Any) -> Any:
    """Plain strings are made fit; markup stays as it is."""
    return fit(value) if type(value) is str else value
