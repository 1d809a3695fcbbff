"""The chart: an article as a string of classes, each unit with its place in the text."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from kutip.flow.article_to_attributions.lexicon import CompiledLevel, Lexicon
from kutip.flow.article_to_attributions.passages import RUNNING, Passage, passages
from kutip.model import Block, Role, Span
from kutip.text.quotes import Quotation, carried, find_quotations
from kutip.text.tokens import CLOSERS, scan

TERMINAL = ".?!…"
_MARKS = {
    ",": "comma",
    ":": "colon",
    ";": "semicolon",
    "–": "dash",
    "—": "dash",
    "―": "dash",
    "-": "dash",
} | CLOSERS
_TURN = re.compile(r"[^\W\d_]{2,}+(?:[ .'’-]{1,2}[^\W\d_]++){0,3}:")
QUOTATION = "quotation"  # the group of a quotation among the tokens
_COUNTED = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
SHORT_QUOTE = 4  # words: shorter ones without punctuation of their own are names, titles, scare quotes


class Chart:
    """Units of an article: ``cls[i]`` is the class of ``text[starts[i]:ends[i]]``."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.classes: list[str] = []
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.quotations: dict[int, Quotation] = {}  # by where they begin, in order
        self.quoted: list[Quotation] = []  # the same
        self.roles: list[Role] = []  # of the blocks, each of which ends with an edge
        self.limits: list[int] = []  # where the blocks end
        self.holes: list[Span] = []  # furniture within paragraphs
        self.title_case: list[tuple[int, int]] = []  # units of blocks whose capitals say nothing about names

    @property
    def cls(self) -> str:
        """The classes as one string."""
        return "".join(self.classes)

    def add(self, cls: str, start: int, end: int) -> None:
        """Append one unit."""
        self.classes.append(cls)
        self.starts.append(start)
        self.ends.append(end)

    def rewritten(self, level: CompiledLevel) -> "Chart":
        """A chart in which each run that a chunk of ``level`` matches is one unit."""
        out = Chart(self.text)
        out.quotations, out.quoted = self.quotations, self.quoted
        out.roles, out.limits, out.holes = self.roles, self.limits, self.holes
        at = 0
        for m in level.regex.finditer(self.cls):
            a, b = m.span()
            if a == b:
                continue
            out._copy(self, at, a)
            out.add(level.chars[m.lastgroup or ""], self.starts[a], self.ends[b - 1])
            at = b
        out._copy(self, at, len(self.classes))
        return out

    def add_quotation(self, q: Quotation) -> None:
        """Note a quotation; they come in order."""
        self.quotations[q.start] = q
        self.quoted.append(q)

    def quotation_at(self, span: Span) -> Quotation | None:
        """The first quotation that shares a character with ``span``."""
        i = bisect_right(self.quoted, span.start, key=lambda q: q.end)
        return self.quoted[i] if i < len(self.quoted) and self.quoted[i].start < span.end else None

    def _copy(self, other: "Chart", a: int, b: int) -> None:
        self.classes += other.classes[a:b]
        self.starts += other.starts[a:b]
        self.ends += other.ends[a:b]


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


class _Written(NamedTuple):
    """How the words of the article are written: those in lower case, those with a capital within a sentence.

    caseless: all in capitals or all in lower case, which says nothing about names.
    """

    lower: set[str]
    capital: set[str]
    caseless: bool


def _written(blocks: list[list[Token]]) -> _Written:
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
    return _Written(lower, {word for word in capital if word.lower() not in lower}, not cased)


def _is_turn(text: str, q: Quotation) -> bool:
    """A turn of a transcript behind a mark that nothing closes: "SMITH: We are ready."."""
    turn = None if q.closed else _TURN.match(text, q.inner_start, q.inner_end)
    return turn is not None and turn[0].isupper()


def tag(text: str, blocks: tuple[Block, ...], lexicon: Lexicon) -> Chart:
    """The base chart: tokens of the stating blocks with their classes, quotations as single units."""
    chart = Chart(text)
    read = []
    open_quote = False
    for passage in passages(text, blocks):
        quotations = _quotations(text, passage, open_quote)
        open_quote = bool(quotations) and not quotations[-1].closed and not quotations[-1].single
        read.append((passage, quotations, list(_tokens(text, passage, quotations))))
        chart.holes += passage.holes
    written = _written([tokens for _, _, tokens in read])
    for passage, quotations, tokens in read:
        _Tagger(chart, lexicon, written, passage, tokens).run(quotations)
    return chart


def _quotations(text: str, passage: Passage, open_quote: bool) -> list[Quotation]:
    """Quotations of a passage; ``open_quote``: the one before left a quotation open."""
    rest = carried(text, passage.start, passage.end) if open_quote else None
    if rest is not None:
        return [rest, *find_quotations(text, rest.end, passage.end)]
    return [q for q in find_quotations(text, passage.start, passage.end) if not _is_turn(text, q)]


def _tokens(text: str, passage: Passage, quotations: list[Quotation]) -> Iterator[Token]:
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


class _Tagger:
    """Tags the tokens of one block."""

    def __init__(
        self, chart: Chart, lexicon: Lexicon, written: _Written, block: Passage, tokens: list[Token]
    ) -> None:
        self.chart, self.lexicon, self.written, self.block, self.tokens = (
            chart,
            lexicon,
            written,
            block,
            tokens,
        )
        self.lower = written.lower
        self.chars = lexicon.chars
        self.initial = True
        self.particle, self.titles = lexicon.of("particle"), lexicon.of("title")
        words = [t for t in tokens if t.group == "word" and len(t.word) > 3]
        # Title case and capitals say nothing about names: then the lists decide alone.
        share = sum(t.word[0].isupper() for t in words) / len(words) if len(words) > 2 else 0.0
        sentence = block.role in RUNNING or chart.text[block.end - 1 : block.end] == "."
        self.title_case = share > (0.9 if sentence else 0.7)

    def run(self, quotations: list[Quotation]) -> None:
        """Add all units of the block, its quotations among them, and the edge that ends it."""
        block, first = self.block, len(self.chart.classes)
        tokens = self.tokens
        plain, add, caseless = self.lexicon.plain, self.chart.add, self.written.caseless
        i = q = 0
        while i < len(tokens):
            start, end, group, word = tokens[i]
            if group == "word" and not caseless and (cls := plain(word)):
                add(cls, start, end)
                self.initial = False
                i += 1
            elif group == QUOTATION:
                self._quotation(quotations[q], i)
                q += 1
                i += 1
            else:
                i = self._token(i)
        self.chart.add(self.chars["edge"], block.end, block.end)
        self.chart.limits.append(self.block.end)
        self.chart.roles.append(block.role)
        if self.title_case and block.role not in RUNNING:
            self.chart.title_case.append((first, len(self.chart.classes)))

    def _quotation(self, q: Quotation, i: int) -> None:
        """Add the quotation that is token i as one unit; a short one within a clause as a name or word."""
        chart = self.chart
        inner = chart.text[q.inner_start : q.inner_end]
        words = _COUNTED.findall(inner, 0, 200)
        last = inner.rstrip()[-1:]
        follows = self.tokens[i + 1] if i + 1 < len(self.tokens) else None
        alone = not chart.classes or self.initial or chart.classes[-1] in self.lexicon.before_speech
        terminal = last in TERMINAL
        short = len(words) <= SHORT_QUOTE
        if short and not terminal and last != "," and not (alone and self._cue_beside(i)):
            first = next((word for word in words if word[0].isalpha()), "")
            chart.add(self.chars["name" if first[:1].isupper() else "word"], q.start, q.end)
        else:
            speech = alone or (not short and (last == "," or terminal) and inner[0].isupper())
            cls = ("quotestop" if terminal else "quote") if speech else "inquote"
            chart.add(self.chars[cls], q.start, q.end)
        chart.add_quotation(q)
        self.initial = False
        if terminal and (follows is None or self._starts_sentence(follows)) and last == ".":
            chart.add(self.chars["end"], q.end, q.end)
            self.initial = True

    def _cue_beside(self, i: int) -> bool:
        near = (
            self.tokens[k].word.lower() for k in (i - 2, i - 1, i + 1, i + 2) if 0 <= k < len(self.tokens)
        )
        return any(w in self.lexicon.forces for w in near)

    def _starts_sentence(self, token: Token) -> bool:
        return not token.word[:1].islower() and token.word not in ",;:–—―-)"

    def _token(self, i: int) -> int:
        """Add token i (or the phrase that starts there); returns the index after it."""
        token, chart = self.tokens[i], self.chart
        if token.group == "word":
            return self._word(i)
        if token.group == "number":
            chart.add(self.chars["number"], token.start, token.end)
        else:
            self._mark(i)
            return i + 1
        self.initial = False
        return i + 1

    def _mark(self, i: int) -> None:
        token, chart = self.tokens[i], self.chart
        word = token.word
        if word[0] in TERMINAL:
            after = self.tokens[i + 1] if i + 1 < len(self.tokens) else None
            if after is None or (self._starts_sentence(after) and not self._goes_on(i)):
                chart.add(self.chars["end"], token.start, token.end)
                self.initial = True
                return
        listed = None if word in _MARKS else self.lexicon.words.get(key(word))
        chart.add(listed or self.chars[_MARKS.get(word, "mark")], token.start, token.end)

    def _goes_on(self, i: int) -> bool:
        """The full stop at token i ends no sentence: after an ordinal, within a number or a code ("245.K/2022")."""
        stop, after = self.tokens[i], self.tokens[i + 1]
        joined = stop.end == after.start and self.chart.text[stop.start - 1 : stop.start].isdigit()
        return self._is_ordinal(i) or (joined and (after.word[0].isdigit() or "/" in after.word))

    def _is_ordinal(self, i: int) -> bool:
        """A full stop that makes the number before it an ordinal: "3. Oktober"."""
        if (
            not i
            or not self.lexicon.ordinals
            or self.tokens[i].word != "."
            or self.tokens[i - 1].group != "number"
        ):
            return False
        return self.lexicon.words.get(key(self.tokens[i + 1].word), "") in self.lexicon.ordinals

    def _word(self, i: int) -> int:
        token, chart = self.tokens[i], self.chart
        low = key(token.word)
        next_key = key(self.tokens[i + 1].word) if i + 1 < len(self.tokens) else ""
        for rest, char in self.lexicon.phrases.get(low, ()):
            k = len(rest)
            if next_key == rest[0] and (
                k == 1 or [key(t.word) for t in self.tokens[i + 1 : i + 1 + k]] == rest
            ):
                if char in self.particle:  # "von der" is one within a name alone
                    if not self._joins_names(i + k):
                        continue
                    char = self.chars["name"]
                chart.add(char, token.start, self.tokens[i + k].end)
                self.initial = False
                return i + k + 1
        if low not in self.lexicon.words and (cut := self._glued(token.word)):
            chart.add(self.lexicon.words[token.word[:cut]], token.start, token.start + cut)
            self.initial = False
            self.tokens[i] = Token(token.start + cut, token.end, token.group, token.word[cut:])
            return i
        if self._lost_stop(token, low):
            chart.add(self.chars["end"], token.start, token.start)
            self.initial = True
        if low not in self.lexicon.words and self._clitic(token, low):
            return i + 1
        cls = self._class(token, low)
        if (cls in self.particle and self._joins_names(i)) or (cls in self.titles and self._ends_name(i)):
            cls = self.chars["name"]
        end, after = token.end, i + 1
        if (
            after < len(self.tokens)
            and self.tokens[after].start == end
            and self.tokens[after].word == "."
            and (low in self.lexicon.abbreviations or (len(low) == 1 and token.word.isupper()))
            and after + 1 < len(self.tokens)
        ):
            end, after = self.tokens[after].end, after + 1
        chart.add(cls, token.start, end)
        self.initial = False
        return after

    def _glued(self, word: str) -> int:
        """Where a listed word ends that the next was glued to ("dariReuters"), else 0."""
        if word[1:].islower() or word.isupper():
            return 0
        cut = next((k for k in range(2, len(word)) if word[k].isupper()), 0)
        return cut if cut and word[:cut].islower() and word[:cut] in self.lexicon.words else 0

    def _lost_stop(self, token: Token, low: str) -> bool:
        """A word that opens sentences, with a capital, after a lower-case word: a subhead or a lost full stop."""
        if not token.word[0].isupper() or self.initial or self.title_case:
            return False
        return (
            self.lexicon.words.get(low) in self.lexicon.starters
            and self.chart.text[self.chart.starts[-1] : self.chart.ends[-1]].islower()
        )

    def _joins_names(self, i: int) -> bool:
        """A particle such as "bin" or "van" between two names is part of one."""
        after = self.tokens[i + 1].word if i + 1 < len(self.tokens) else ""
        return (
            bool(self.chart.classes) and self.chart.classes[-1] == self.chars["name"] and after[:1].isupper()
        )

    def _ends_name(self, i: int) -> bool:
        """A title with a capital after a name and before none is a name itself: "Lukman Hakim"."""
        after = self.tokens[i + 1].word if i + 1 < len(self.tokens) else ""
        before = self.chart.classes[-1] if self.chart.classes else ""
        capital = self.tokens[i].word[0].isupper() and not after[:1].isupper()
        owner = bool(self.lexicon.name_endings) and self.tokens[i - 1].word.endswith(
            self.lexicon.name_endings
        )
        return capital and before == self.chars["name"] and not self.title_case and not owner

    def _clitic(self, token: Token, low: str) -> bool:
        """Add a word and the clitic that it carries as two units; False where it carries none."""
        for ending, char in self.lexicon.clitics:
            if low.endswith(ending) and len(low) > len(ending):
                cut = token.end - len(ending)
                bare = Token(token.start, cut, token.group, token.word[: -len(ending)])
                self.chart.add(self._class(bare, key(bare.word)), token.start, cut)
                self.chart.add(char, cut, token.end)
                self.initial = False
                return True
        return False

    def _caseless(self, low: str) -> str:
        """The class of a word in no list where case tells nothing: after a title and in a name, a name."""
        guess = self.lexicon.guess(low)
        named = bool(self.chart.classes) and self.chart.classes[-1] in self.lexicon.naming
        return self.chars["name"] if named and guess == self.chars["word"] else guess

    def _class(self, token: Token, low: str) -> str:
        lexicon, word = self.lexicon, token.word
        listed = lexicon.words.get(low)
        if ("." in word[:-1] and word[-1] != ".") or word[-1].isdigit():
            return listed or self.chars["acronym"]  # a site's address, "Covid-19"
        if self.written.caseless:
            return listed or self._caseless(low)
        if not word[0].isupper():
            if "-" in word and word.rpartition("-")[2][:1].isupper():
                return self.chars["name"]  # "al-Maliki"
            return listed if listed and listed not in lexicon.proper else lexicon.guess(low)
        if self.initial and word in self.written.capital and listed not in lexicon.capitalised:
            return self.chars["acronym" if len(word) > 1 and word.isupper() else "name"]
        if listed is not None and (self.initial or self.title_case or listed in lexicon.capitalised):
            return listed
        if len(word) > 1 and word.isupper() and not (self.title_case and low in self.lower):
            return self.chars["acronym"]
        if (self.initial or self.title_case) and (
            low in self.lower or lexicon.guess(low) != self.chars["word"]
        ):
            return lexicon.guess(low)
        if (guess := lexicon.guess(low)) in lexicon.capitalised:
            return guess
        return self.chars["name"]
