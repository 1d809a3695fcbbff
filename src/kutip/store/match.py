"""What a person types as words to search for, to an expression of FTS5 that cannot fail."""

import re
import unicodedata
from collections.abc import Callable, Iterable

from kutip.model import Span
from kutip.text.fold import fold

_WORDS = re.compile(r'"([^"]*)"|([^\s"]+)')
_TOKEN = re.compile(r"[^\W_]+")
_EDGE = r"(?![^\W_])"
PREFIX_FROM = 4  # letters from which the beginning of a word is enough


def match_expression(words: str) -> str:
    """All of ``words``; "words in quotation marks" stand together; "" where there is nothing to look for.

    Every word goes to FTS5 inside quotation marks, so that none of its operators can be meant by accident.
    From PREFIX_FROM letters on, the beginning of a word is enough: "presiden" finds "presidennya". one|other
    finds either.
    """
    return " AND ".join(_term(phrase, word) for phrase, word in _WORDS.findall(_clean(words)))


def _clean(words: str) -> str:
    """Without what SQLite cannot be handed: NUL, and bytes of the command line that are not text."""
    return words.replace("\0", " ").encode("utf-8", "replace").decode("utf-8")


def with_forms(words: str, forms: Callable[[str], Iterable[str]]) -> str:
    """``words`` with the forms of each beside it as alternatives; those in quotation marks stay as they are."""

    def more(match: re.Match[str]) -> str:
        word = match[2]
        if word is None:
            return match[0]
        return "|".join(one for part in word.split("|") for one in (part, *forms(part)))

    return _WORDS.sub(more, _clean(words))


def _term(phrase: str, word: str) -> str:
    if "|" in word:
        either = [_term("", part) for part in word.split("|") if part]
        return f"({' OR '.join(either)})" if either else f'"{word}"'
    if word and word.isalpha() and len(word) >= PREFIX_FROM:
        return f'"{word}" *'
    return f'"{phrase or word}"'


class Finder:
    """Finds in one text what ``match_expression`` finds in an index: where rows are few, faster than FTS5."""

    def __init__(self, words: str) -> None:
        terms = []
        for phrase, word in _WORDS.findall(_clean(words)):
            either = [_pattern("", part) for part in word.split("|")] if word else [_pattern(phrase, "")]
            if any(either):
                terms.append(re.compile(rf"(?<![^\W_])(?:{'|'.join(filter(None, either))})"))
        self._terms = terms

    def all_in(self, text: str) -> bool:
        """Whether all of the words are in ``text``."""
        folded = _folded(text)[0]
        return all(term.search(folded) for term in self._terms)

    def places(self, text: str) -> tuple[Span, ...]:
        """Where the words are in ``text``, in order, without overlap."""
        if not self._terms:
            return ()
        folded, at = _folded(text)
        found = sorted(match.span() for term in self._terms for match in term.finditer(folded))
        places: list[Span] = []
        for start, end in found:
            if not places or at[start] >= places[-1].end:
                places.append(Span(at[start], at[end] if end < len(at) else len(text)))
        return tuple(places)


def _pattern(phrase: str, word: str) -> str:
    letters = _TOKEN.findall(fold(phrase or word))
    open_ended = bool(word) and word.isalpha() and len(word) >= PREFIX_FROM
    return r"[\W_]+".join(map(re.escape, letters)) + (r"[^\W_]*" if open_ended else _EDGE) if letters else ""


def _folded(text: str) -> tuple[str, list[int] | range]:
    """The text with case and accents folded, and the place in ``text`` of each of its letters."""
    if text.isascii():
        return text.lower(), range(len(text))
    letters, at = [], []
    for place, letter in enumerate(text):
        for part in unicodedata.normalize("NFKD", letter.casefold()):
            if not unicodedata.combining(part):
                letters.append(part)
                at.append(place)
    return "".join(letters), at
