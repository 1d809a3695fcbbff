"""What finds attributions: a version of Kutip with what a language pack says."""

from functools import lru_cache

import msgspec

from kutip.languages.loader import available, fingerprint
from kutip.version import VERSION


class Reader(msgspec.Struct, frozen=True):
    """What found attributions. lang: of the articles, "" where it is not known. pack: hash of what the language pack
    says, "" where there was none or it is not known. version: of Kutip, "" where it is not known.
    """

    version: str
    lang: str
    pack: str


@lru_cache
def present(lang: str | None) -> Reader:
    """The reader that this version is for articles in a language."""
    return Reader(VERSION, lang or "", fingerprint(lang) if lang in available() else "")
