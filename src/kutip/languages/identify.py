"""Which language a text is in: a vote over frequent words.

Each word of the text votes for every language in whose list it stands; the language with most votes wins. On
whole articles this tells Indonesian from Malay, whose lists share most words and are decided by the rest
("bahwa" against "bahawa"), where libraries that count letters fail one time in ten.
"""

import re
import tomllib
from collections import Counter
from functools import lru_cache
from importlib.resources import files

import msgspec

from kutip.languages.loader import PackError, available, language

_WORD = re.compile(r"[^\W\d_]+")
_SAMPLE = 2000  # characters: a vote over more changes nothing
_LEAST = 0.12  # share of the words that must be on the winner's list


class Identification(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``identify.toml``: code of a language without pack to its frequent words."""

    words: dict[str, str]


@lru_cache
def _voters() -> dict[str, tuple[str, ...]]:
    """Word -> the languages that it votes for."""
    path = files(__package__).joinpath("identify.toml")
    try:
        lists = msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8")), Identification).words
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise PackError(f"languages/identify.toml: {error}") from error
    lists = {**lists, **{code: language(code).function_words for code in available()}}
    voters: dict[str, tuple[str, ...]] = {}
    for code, words in sorted(lists.items()):
        for word in sorted(set(words.split())):
            voters[word] = (*voters.get(word, ()), code)
    return voters


def identify(text: str) -> str | None:
    """ISO 639-1 code of the language of ``text``, or None where too few of its words are known.

    Equal votes go to a language that has a pack, then to the first by code.
    """
    words = _WORD.findall(text[:_SAMPLE].lower())
    votes: dict[str, int] = {}
    voters = _voters()
    for codes, number in Counter(map(voters.get, words)).items():
        for code in codes or ():
            votes[code] = votes.get(code, 0) + number
    if not votes:
        return None
    packs = available()
    best = max(sorted(votes), key=lambda code: (votes[code], code in packs))
    return best if votes[best] >= _LEAST * len(words) else None


@lru_cache
def pack_code(tag: str | None) -> str | None:
    """The code that packs are filed under for a language tag ("id-ID", "in", "ind" -> "id"), or None."""
    if not tag or not tag.strip():
        return None
    primary = re.split(r"[-_]", tag.strip().lower())[0]
    return next((code for code in available() if primary in language(code).aliases), primary) or None
