"""What a person types as words to search for, to an expression of FTS5 that cannot fail."""

import re

_WORDS = re.compile(r'"([^"]*)"|([^\s"]+)')
PREFIX_FROM = 4  # letters from which the beginning of a word is enough


def match_expression(words: str) -> str:
    """All of ``words``; "words in quotation marks" stand together; "" where there is nothing to look for.

    Every word goes to FTS5 inside quotation marks, so that none of its operators can be meant by accident.
    From PREFIX_FROM letters on, the beginning of a word is enough: "presiden" finds "presidennya".
    """
    return " AND ".join(_term(phrase, word) for phrase, word in _WORDS.findall(_clean(words)))


def _clean(words: str) -> str:
    """Without what SQLite cannot be handed: NUL, and bytes of the command line that are not text."""
    return words.replace("\0", " ").encode("utf-8", "replace").decode("utf-8")


def _term(phrase: str, word: str) -> str:
    if word and word.isalpha() and len(word) >= PREFIX_FROM:
        return f'"{word}" *'
    return f'"{phrase or word}"'
