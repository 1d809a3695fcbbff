"""Loads language packs: folders of TOML, each file checked against its schema.

The packs stand beside this file, and in the folders that the variable ``KUTIP_PACKS`` names (several as in ``PATH``):
one there of the same code comes before the one here, so that a pack can be tried without touching what is installed.
"""

import hashlib
import os
import tomllib
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Literal, TypeVar

import msgspec

from kutip.languages.calendar import Calendar
from kutip.languages.furniture import Furniture
from kutip.languages.grammar import Cues, Frames, Grammar, Words
from kutip.languages.matching import Gloss, Matching

OWN_PACKS = "KUTIP_PACKS"
_ATTRIBUTING = ("language", "calendar", "furniture", "words", "cues", "frames")
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
    status: Literal["supported", "draft"]
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


def _section(folder: Traversable, name: str, schema: type[T]) -> T:
    where = folder.joinpath(f"{name}.toml")
    try:
        return msgspec.convert(tomllib.loads(where.read_text(encoding="utf-8")), schema)
    except FileNotFoundError as error:
        raise PackError(f"{where} is missing; docs/add_a_language.md says what it holds") from error
    except tomllib.TOMLDecodeError as error:
        raise PackError(f"{where} is no TOML: {error}") from error
    except UnicodeDecodeError as error:
        raise PackError(f"{where} is not in UTF-8: {error}; save it as UTF-8") from error
    except msgspec.ValidationError as error:
        raise PackError(f"{where}: {error}") from error


@lru_cache
def folders() -> dict[str, Traversable]:
    """Code of each pack to its folder, sorted. Raises PackError where KUTIP_PACKS names what is no folder."""
    roots: list[Traversable] = [files(__package__)]
    for named in filter(None, os.environ.get(OWN_PACKS, "").split(os.pathsep)):
        if not Path(named).is_dir():
            raise PackError(f"{OWN_PACKS} names {named}, which is no folder")
        roots.append(Path(named))
    found = {p.name: p for root in roots for p in root.iterdir() if p.joinpath("language.toml").is_file()}
    return dict(sorted(found.items()))


@lru_cache
def available() -> tuple[str, ...]:
    """Codes of the packs that there are, sorted."""
    return tuple(folders())


@lru_cache
def language(code: str) -> Language:
    """What is called ``language.toml`` of a pack; cheap, nothing else of the pack is read."""
    return _section(folders()[code], "language", Language)


@lru_cache
def fingerprint(code: str) -> str:
    """A hash of all that a pack says by which attributions are found; cheap, nothing is understood of it."""
    texts = [folders()[code].joinpath(f"{name}.toml").read_bytes() for name in _ATTRIBUTING]
    return hashlib.sha256(b"".join(b"%d\n%b" % (len(text), text) for text in texts)).hexdigest()[:16]


@lru_cache
def load(code: str) -> Pack:
    """The pack of a language. Raises PackError for a missing or contradictory one."""
    if code not in available():
        raise PackError(f"no language pack {code!r}; there are: {', '.join(available())}")
    return read_pack(folders()[code])


def read_pack(folder: Traversable) -> Pack:
    """The pack in ``folder``, whose name is its code. Raises PackError."""
    own = _section(folder, "language", Language)
    if own.code != folder.name:
        raise PackError(
            f"{folder}/language.toml: the code is {own.code!r}; it must be the name of the folder"
        )
    return Pack(
        language=own,
        calendar=_section(folder, "calendar", Calendar),
        furniture=_section(folder, "furniture", Furniture),
        grammar=Grammar(
            words=_section(folder, "words", Words),
            cues=_section(folder, "cues", Cues),
            frames=_section(folder, "frames", Frames),
        ),
        matching=_section(folder, "matching", Matching),
        gloss=_section(folder, "gloss", Gloss),
    )
