"""Tokens to units: each word, mark and quotation gets its class."""

import re
from itertools import zip_longest

from kutip.flow.article_to_attributions.chart import Chart
from kutip.flow.article_to_attributions.lexicon import Lexicon
from kutip.flow.article_to_attributions.passages import RUNNING, Passage, passages
from kutip.flow.article_to_attributions.reading import (
    QUOTATION,
    Token,
    Written,
    goes_on,
    key,
    quotations_of,
    tokens_of,
    up_to_cue,
    written,
)
from kutip.model import Block
from kutip.text.quotes import Quotation
from kutip.text.tokens import CLOSERS

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
_COUNTED = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
SHORT_QUOTE = 4  # words: shorter ones without punctuation of their own are names, titles, scare quotes


def tag(text: str, blocks: tuple[Block, ...], lexicon: Lexicon) -> Chart:
    """The base chart: tokens of the stating blocks with their classes, quotations as single units."""
    chart = Chart(text)
    read = []
    open_quote = False
    parts = passages(text, blocks)
    for passage, following in zip_longest(parts, parts[1:]):
        quotations = quotations_of(text, passage, open_quote)
        open_quote = bool(quotations) and not quotations[-1].closed and not quotations[-1].single
        if open_quote and (following is None or not goes_on(text, following)):
            quotations[-1] = up_to_cue(text, quotations[-1], lexicon)
        read.append((passage, quotations, list(tokens_of(text, passage, quotations))))
        chart.holes += passage.holes
    seen = written([tokens for _, _, tokens in read])
    for passage, quotations, tokens in read:
        _Tagger(chart, lexicon, seen, passage, tokens).run(quotations)
    return chart


class _Tagger:
    """Tags the tokens of one block."""

    def __init__(
        self, chart: Chart, lexicon: Lexicon, written: Written, block: Passage, tokens: list[Token]
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
        before = self.chart.text[stop.start - 1 : stop.start]
        joined = stop.end == after.start and (before.isdigit() or before.isupper())
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
        if self.initial and word in self.written.capital and listed not in lexicon.keeping:
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
