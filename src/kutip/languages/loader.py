"""Loads language packs: folders of TOML beside this file, each file checked against its schema."""

import tomllib
from functools import lru_cache
from importlib.resources import files
from typing import TypeVar

import msgspec

from kutip.languages.calendar import Calendar
from kutip.languages.furniture import Furniture
from kutip.languages.grammar import Cues, Frames, Grammar, Words
from kutip.languages.matching import Gloss, Matching

T = TypeVar("T", bound=msgspec.Struct)


class PackError(Exception):
    """A language pack contradicts its schema or itself. The message names file, field and what to do."""


class Language(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``language.toml``: what the language is called and the words that give it away.

    status: "supported" while its cases pass, else "draft". function_words: frequent words, most of them of closed
    classes, by whose vote the language of a text is identified. aliases: other codes in use for it.
    """

    code: str
    name: str
    status: str
    function_words: str
    aliases: tuple[str, ...] = ()


class Pack(msgspec.Struct, frozen=True):
    """All that Kutip knows of one language."""

    language: Language
    calendar: Calendar
    furniture: Furniture
    grammar: Grammar
    matching: Matching
    gloss: Gloss

    @property
    def code(self) -> str:
        """ISO 639 code, which is the name of the folder."""
        return self.language.code


def _section(code: str, name: str, schema: type[T]) -> T:
    path = files(__package__).joinpath(code, f"{name}.toml")
    try:
        return msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8")), schema)
    except FileNotFoundError as error:
        raise PackError(f"languages/{code}: the file {name}.toml is missing") from error
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise PackError(f"languages/{code}/{name}.toml: {error}") from error


@lru_cache
def available() -> tuple[str, ...]:
    """Codes of the packs that are installed, sorted."""
    return tuple(
        sorted(p.name for p in files(__package__).iterdir() if p.joinpath("language.toml").is_file())
    )


@lru_cache
def language(code: str) -> Language:
    """What is called ``language.toml`` of a pack; cheap, nothing else of the pack is read."""
    return _section(code, "language", Language)


@lru_cache
def load(code: str) -> Pack:
    """The pack of a language. Raises PackError for a missing or contradictory one."""
    if code not in available():
        raise PackError(f"no language pack {code!r}; there are: {', '.join(available())}")
    return Pack(
        language=language(code),
        calendar=_section(code, "calendar", Calendar),
        furniture=_section(code, "furniture", Furniture),
        grammar=Grammar(
            words=_section(code, "words", Words),
            cues=_section(code, "cues", Cues),
            frames=_section(code, "frames", Frames),
        ),
        matching=_section(code, "matching", Matching),
        gloss=_section(code, "gloss", Gloss),
    )
