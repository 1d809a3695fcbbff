"""What a person types as words to search for, to an expression of FTS5 that cannot fail."""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Callable, Iterable
from itertools import accumulate

from kutip.model import Span
from kutip.text.fold import fold

_WORDS = re.compile(r'"([^"]*)"|([^\s"]+)')
_TOKEN = re.compile(r"[^\W_]+")
_EDGE = r"(?![^\W_])"
_RARER = 100  # so many times rarer than what is usual: such words are not added up
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


def without(words: str, usual: Callable[[str], bool]) -> str:
    """``words`` but for those that are ``usual`` in one of their forms; what is in quotation marks stays."""
    kept = [m for m in _WORDS.finditer(_clean(words)) if m[2] is None or not any(map(usual, m[2].split("|")))]
    return " ".join(match[0] for match in kept)


class Usual:
    """Whether a word, or what begins with it where that is enough, stands in more than ``many`` texts.

    counts: words in the order of the alphabet, folded as the index folds them, with the number of texts of each.
    """

    def __init__(self, counts: Iterable[tuple[str, int]], many: int) -> None:
        weighty = [(word, count) for word, count in counts if count * _RARER > many]
        self._words = [word for word, _ in weighty]
        self._before = list(accumulate((count for _, count in weighty), initial=0))
        self._many = many

    def __call__(self, word: str) -> bool:
        """``word`` as a person types it."""
        folded = fold(word)
        last = folded + "\U0010ffff" if _is_open(word) else folded + "\0"
        first, after = bisect_left(self._words, folded), bisect_left(self._words, last)
        return self._before[after] - self._before[first] > self._many


def _is_open(word: str) -> bool:
    """Whether the beginning of the word is enough."""
    return word.isalpha() and len(word) >= PREFIX_FROM


def _term(phrase: str, word: str) -> str:
    if "|" in word:
        either = [_term("", part) for part in word.split("|") if part]
        return f"({' OR '.join(either)})" if either else f'"{word}"'
    if _is_open(word):
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
    return (
        r"[\W_]+".join(map(re.escape, letters)) + (r"[^\W_]*" if _is_open(word) else _EDGE) if letters else ""
    )


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
