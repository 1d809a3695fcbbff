"""The tokens of a passage: its words, and each quotation as one."""

import re
from typing import NamedTuple

from kutip.flow.article_to_attributions.lexicon import Lexicon
from kutip.flow.article_to_attributions.passages import Passage
from kutip.flow.article_to_attributions.vocabulary import QUOTATION, Entry, key
from kutip.text.quotes import OPENERS, Quotation, carried, find_quotations
from kutip.text.tokens import scan, split

_PAUSES = (",", "?", "!")
_CLOSING_MARK = re.compile(r"[\"”″»“](?=\s)")
_TURN = re.compile(r"[^\W\d_]{2,}+(?:[ .'’-]{1,2}[^\W\d_]++){0,3}:")


class Tokens(NamedTuple):
    """The tokens of a passage, column by column: token i is ``text[starts[i]:ends[i]]`` and reads ``words[i]``, of
    which the pack knows ``entries[i]``."""

    words: list[str]
    entries: list[Entry]
    starts: list[int]
    ends: list[int]


class Written(NamedTuple):
    """How the words of the article are written: all of them, and those with a capital within a sentence.

    caseless: all in capitals or all in lower case, which says nothing about names.
    """

    words: set[str]
    capital: set[str]
    caseless: bool


def written(passages: list[Tokens]) -> Written:
    """How the words of an article are written, from the tokens of its passages."""
    seen: set[str] = set()
    capital: set[str] = set()
    cased = False
    for tokens in passages:
        words = tokens.words
        seen.update(words)
        cased = cased or any(map(str.istitle, words))
        capital.update(
            [words[i] for i, e in enumerate(tokens.entries) if e.capital and i and words[i - 1].islower()]
        )
    return Written(seen, {word for word in capital if word.lower() not in seen}, not cased)


def _is_turn(text: str, q: Quotation) -> bool:
    """A turn of a transcript behind a mark that nothing closes: "SMITH: We are ready."."""
    turn = None if q.closed else _TURN.match(text, q.inner_start, q.inner_end)
    return turn is not None and turn[0].isupper()


def quotations_of(text: str, passage: Passage, open_quote: bool) -> list[Quotation]:
    """Quotations of a passage; ``open_quote``: the one before left a quotation open."""
    rest = carried(text, passage.start, passage.end) if open_quote else None
    if rest is not None:
        return [rest, *find_quotations(text, rest.end, passage.end)]
    alone = _CLOSING_MARK.match(text, passage.start, passage.end) if open_quote else None
    if alone:  # that of the passage before, pushed over the line break
        return find_quotations(text, alone.end(), passage.end)
    return [q for q in find_quotations(text, passage.start, passage.end) if not _is_turn(text, q)]


def goes_on(text: str, passage: Passage) -> bool:
    """Whether a passage may go on a quotation that the one before left open."""
    return carried(text, passage.start, passage.end) is not None or text[passage.start] in OPENERS


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


def tokens_of(text: str, passage: Passage, quotations: list[Quotation], lexicon: Lexicon) -> Tokens:
    """Tokens outside the quotations, and each quotation as one token with its marks, that reads ``QUOTATION``."""
    tokens = Tokens([], [], [], [])
    at, k = passage.start, 0
    for block in passage.blocks:
        at = max(at, block.start)
        while at < block.end:
            q = quotations[k] if k < len(quotations) and quotations[k].start < block.end else None
            _scan_into(tokens, text, at, q.start if q else block.end)
            if q is None:
                break
            tokens.words.append(QUOTATION)
            tokens.starts.append(q.start)
            tokens.ends.append(q.end)
            at, k = q.end, k + 1
    tokens.entries.extend(map(lexicon.entry, tokens.words))
    return tokens


def _scan_into(tokens: Tokens, text: str, start: int, end: int) -> None:
    words, starts, ends = split(text, start, end)
    tokens.words.extend(words)
    tokens.starts.extend(starts)
    tokens.ends.extend(ends)
