"""The tokens of a passage: its words, and each quotation as one."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from kutip.flow.article_to_attributions.lexicon import Lexicon
from kutip.flow.article_to_attributions.passages import Passage
from kutip.text.quotes import Quotation, carried, find_quotations
from kutip.text.tokens import scan

_OPENERS = '"“”„‟«»″'
_PAUSES = (",", "?", "!")
QUOTATION = "quotation"  # the group of a quotation among the tokens
_TURN = re.compile(r"[^\W\d_]{2,}+(?:[ .'’-]{1,2}[^\W\d_]++){0,3}:")


class Token(NamedTuple):
    """A token of the text with what decides its class."""

    start: int
    end: int
    group: str
    word: str


_token = tuple.__new__  # makes a Token without looking at names: there is one for each word


@lru_cache(maxsize=100_000)
def key(word: str) -> str:
    """A word as the lists have it: lower case, plain apostrophes, no full stop at its end."""
    return word.lower().replace("’", "'").rstrip(".")


class Written(NamedTuple):
    """How the words of the article are written: those in lower case, those with a capital within a sentence.

    caseless: all in capitals or all in lower case, which says nothing about names.
    """

    lower: set[str]
    capital: set[str]
    caseless: bool


def written(blocks: list[list[Token]]) -> Written:
    """How the words of an article are written, from the tokens of its passages."""
    lower: set[str] = set()
    capital: set[str] = set()
    cased = False
    for tokens in blocks:
        after_lower = False
        for token in tokens:
            word = token.word
            if token.group == QUOTATION:
                after_lower = False
            elif word.islower():
                lower.add(word)
                after_lower = True
            else:
                cased = cased or word.istitle()
                if after_lower and word[0].isupper():
                    capital.add(word)
                after_lower = False
    return Written(lower, {word for word in capital if word.lower() not in lower}, not cased)


def _is_turn(text: str, q: Quotation) -> bool:
    """A turn of a transcript behind a mark that nothing closes: "SMITH: We are ready."."""
    turn = None if q.closed else _TURN.match(text, q.inner_start, q.inner_end)
    return turn is not None and turn[0].isupper()


def quotations_of(text: str, passage: Passage, open_quote: bool) -> list[Quotation]:
    """Quotations of a passage; ``open_quote``: the one before left a quotation open."""
    rest = carried(text, passage.start, passage.end) if open_quote else None
    if rest is not None:
        return [rest, *find_quotations(text, rest.end, passage.end)]
    return [q for q in find_quotations(text, passage.start, passage.end) if not _is_turn(text, q)]


def goes_on(text: str, passage: Passage) -> bool:
    """Whether a passage may go on a quotation that the one before left open."""
    return carried(text, passage.start, passage.end) is not None or text[passage.start] in _OPENERS


def up_to_cue(text: str, q: Quotation, lexicon: Lexicon) -> Quotation:
    """An open quotation up to the comma, question or exclamation mark behind which its report begins, if one does.

    The cue follows right there, or behind a name or a pronoun: "We go, Smith said.
    """
    pause, between = 0, 0
    pronouns = frozenset(lexicon.of("pron"))
    for m in scan(text, q.inner_start, q.end):
        word = m[0]
        if word in _PAUSES:
            pause, between = m.end(), 0
        elif pause and key(word) in lexicon.forces:
            return q._replace(end=pause, inner_end=pause)
        elif pause and (between or lexicon.words.get(key(word)) not in pronouns) and not word[0].isupper():
            pause = 0
        else:
            between += 1
    return q


def tokens_of(text: str, passage: Passage, quotations: list[Quotation]) -> Iterator[Token]:
    """Tokens outside the quotations, and each quotation as one token with its marks."""
    at, k = passage.start, 0
    for block in passage.blocks:
        at = max(at, block.start)
        while at < block.end:
            q = quotations[k] if k < len(quotations) and quotations[k].start < block.end else None
            for m in scan(text, at, q.start if q else block.end):
                yield _token(Token, (*m.span(), m.lastgroup or "", m[0]))
            if q is None:
                break
            yield Token(q.start, q.end, QUOTATION, text[q.start : q.end])
            at, k = q.end, k + 1
