"""Tokens to units: each word, mark and quotation gets its class."""

import re
from itertools import zip_longest

from kutip.flow.article_to_attributions.chart import Chart, Units
from kutip.flow.article_to_attributions.lexicon import Lexicon
from kutip.flow.article_to_attributions.passages import RUNNING, Passage, passages
from kutip.flow.article_to_attributions.reading import (
    Tokens,
    Written,
    goes_on,
    quotations_of,
    tokens_of,
    up_to_cue,
    written,
)
from kutip.flow.article_to_attributions.vocabulary import TERMINAL, Entry
from kutip.model import Block
from kutip.text.quotes import Quotation

_COUNTED = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_NOTHING = Entry("")  # what stands behind the last token
_CLOSING = " \t\n\u00a0'’\"”»"
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
        read.append((passage, quotations, tokens_of(text, passage, quotations, lexicon)))
        chart.holes += passage.holes
    units = Units()
    seen = written([tokens for *_, tokens in read])
    for passage, quotations, tokens in read:
        _Tagger(chart, units, lexicon, seen).run(passage, quotations, tokens)
    chart.take(units)
    return chart


class _Tagger:
    """Tags the tokens of an article, passage by passage. initial: no word of the sentence has been added yet."""

    def __init__(self, chart: Chart, units: Units, lexicon: Lexicon, written: Written) -> None:
        self.chart, self.units, self.lexicon, self.written = chart, units, lexicon, written
        self.chars = lexicon.chars
        self.particle, self.titles = lexicon.of("particle"), lexicon.of("title")
        self.joining = lexicon.of("particle", "month")  # "Mei" in "Tan Mei Hwa" is no month
        self.initial = True
        self.title_case = False

    def run(self, block: Passage, quotations: list[Quotation], tokens: Tokens) -> None:
        """Add all units of the passage, its quotations among them, and the edge that ends it."""
        self.words, self.entries, self.starts, self.ends = tokens
        self.initial, self.title_case = True, self._is_title_case(block)
        first = len(self.units.classes)
        self._add_all(quotations)
        self.units.add(self.chars["edge"], block.end, block.end)
        self.chart.limits.append(block.end)
        self.chart.roles.append(block.role)
        if self.title_case and block.role not in RUNNING:
            self.chart.title_case.append((first, len(self.units.classes)))

    def _is_title_case(self, block: Passage) -> bool:
        """Title case and capitals say nothing about names: then the lists decide alone."""
        capitals = [entry.capital for entry in self.entries if entry.long]
        share = sum(capitals) / len(capitals) if len(capitals) > 2 else 0.0
        sentence = block.role in RUNNING or self.chart.text[block.end - 1 : block.end] == "."
        return share > (0.9 if sentence else 0.7)

    def _add_all(self, quotations: list[Quotation]) -> None:
        entries, starts, ends, caseless = self.entries, self.starts, self.ends, self.written.caseless
        # Most tokens need no look around them: these three steps are what most of the time goes to.
        add_class = self.units.classes.append
        add_start = self.units.starts.append
        add_end = self.units.ends.append
        following = iter(quotations)
        entries.append(_NOTHING)
        i, last = 0, len(self.words)
        while i < last:
            entry = entries[i]
            if (
                entry.cls
                and not (entry.phrases and entries[i + 1].key in entry.phrases)
                and not (entry.capital and (self.initial or self.title_case))
                and not (caseless and entry.word)
            ):
                add_class(entry.cls)
                add_start(starts[i])
                add_end(ends[i])
                if not entry.mark:
                    self.initial = False
                i += 1
            elif entry.word:
                i = self._word(i)
            else:
                if entry.terminal:
                    self._terminal(i)
                else:
                    self._quotation(next(following), i)
                i += 1

    def _quotation(self, q: Quotation, i: int) -> None:
        """Add the quotation that is token i as one unit; a short one within a clause as a name or word."""
        units = self.units
        inner = self.chart.text[q.inner_start : q.inner_end]
        words = _COUNTED.findall(inner, 0, 200)
        last = inner.rstrip(_CLOSING)[-1:]  # of what is said, a quotation within it included
        alone = not units.classes or self.initial or units.classes[-1] in self.lexicon.before_speech
        terminal = last in TERMINAL
        short = len(words) <= SHORT_QUOTE
        if short and not terminal and last != "," and not (alone and self._cue_beside(i)):
            first = next((word for word in words if word[0].isalpha()), "")
            named = first[:1].isupper()
            if named and not self.title_case:
                self.chart.named.add(q.start)
            clause = len(words) > 1 and not named and self.lexicon.begins_clause(first)
            units.add(self.chars["name" if named else "inquote" if clause else "word"], q.start, q.end)
        else:
            # Small letters between two commas go on with the clause: With so many, "there is no one way," he said.
            between = last == "," and not self.initial and units.classes[-1:] == [self.chars["comma"]]
            goes_on = between and inner[0].islower()
            speech = (alone and not goes_on) or (
                not short and (last == "," or terminal) and inner[0].isupper()
            )
            cls = ("quotestop" if terminal else "quote") if speech else "inquote"
            units.add(self.chars[cls], q.start, q.end)
        self.chart.add_quotation(q)
        self.initial = False
        if last == "." and (i + 1 == len(self.words) or self._starts_sentence(self.words[i + 1])):
            units.add(self.chars["end"], q.end, q.end)
            self.initial = True

    def _cue_beside(self, i: int) -> bool:
        near = (self.words[k].lower() for k in (i - 2, i - 1, i + 1, i + 2) if 0 <= k < len(self.words))
        return any(w in self.lexicon.forces for w in near)

    def _starts_sentence(self, word: str) -> bool:
        return not word[0].islower() and word not in ",;:–—―-)"

    def _terminal(self, i: int) -> None:
        """Add a mark that may end a sentence: where it does, as its end."""
        last = i + 1 == len(self.words)
        ends = last or (self._starts_sentence(self.words[i + 1]) and not self._goes_on(i))
        self.units.add(self.chars["end"] if ends else self.entries[i].inside, self.starts[i], self.ends[i])
        self.initial = self.initial or ends

    def _goes_on(self, i: int) -> bool:
        """The full stop at token i ends no sentence: after an ordinal, within a number or a code ("245.K/2022")."""
        at, after = self.starts[i], self.words[i + 1]
        before = self.chart.text[at - 1 : at]
        joined = self.ends[i] == self.starts[i + 1] and (before.isdigit() or before.isupper())
        return self._is_ordinal(i) or (joined and (after[0].isdigit() or "/" in after))

    def _is_ordinal(self, i: int) -> bool:
        """A full stop that makes the number before it an ordinal: "3. Oktober"."""
        if not i or not self.lexicon.ordinals or self.words[i] != "." or not self.words[i - 1][0].isdecimal():
            return False
        return self.entries[i + 1].listed in self.lexicon.ordinals

    def _word(self, i: int) -> int:
        """Add token i, or the phrase that begins with it; returns the index after it."""
        entry = self.entries[i]
        if entry.phrases and (after := self._phrase(i)):
            return after
        if entry.cut:
            self._split(i, entry)
            return i
        if entry.opens and self._lost_stop():
            self.units.add(self.chars["end"], self.starts[i], self.starts[i])
            self.initial = True
        if entry.clitic:
            self._clitic(i, *entry.clitic)
            return i + 1
        cls = self._class(self.words[i], entry)
        if (cls in self.joining and self._joins_names(i)) or (cls in self.titles and self._ends_name(i)):
            cls = self.chars["name"]
        after = i + 2 if entry.stops and self._has_stop(i) else i + 1
        self._add(cls, i, after)
        return after

    def _add(self, cls: str, i: int, after: int) -> None:
        """Add tokens i to ``after`` as one unit."""
        self.units.add(cls, self.starts[i], self.ends[after - 1])
        self.initial = False

    def _phrase(self, i: int) -> int:
        """Add the longest phrase that begins with token i; returns the index after it, 0 where there is none."""
        entries = self.entries
        for rest, char in entries[i].phrases.get(entries[i + 1].key, ()):
            after = i + 1 + len(rest)
            if len(rest) > 1 and [entry.key for entry in entries[i + 1 : after]] != rest:
                continue
            if char in self.particle:  # "von der" is one within a name alone
                if not self._joins_names(after - 1):
                    continue
                char = self.chars["name"]
            self._add(char, i, after)
            return after
        return 0

    def _split(self, i: int, entry: Entry) -> None:
        """Add the listed word that token i begins with; the rest stays, as token i."""
        word, cut = self.words[i], entry.cut
        self.units.add(self.lexicon.words[word[:cut]], self.starts[i], self.starts[i] + cut)
        self.initial = False
        self.words[i], self.starts[i] = word[cut:], self.starts[i] + cut
        self.entries[i] = self.lexicon.entry(word[cut:])

    def _has_stop(self, i: int) -> bool:
        """Right behind token i stands a full stop that does not end the block."""
        return i + 2 < len(self.words) and self.starts[i + 1] == self.ends[i] and self.words[i + 1] == "."

    def _lost_stop(self) -> bool:
        """What opens sentences, with a capital, stands after a lower-case word: a subhead or a lost full stop."""
        if self.initial or self.title_case:
            return False
        return self.chart.text[self.units.starts[-1] : self.units.ends[-1]].islower()

    def _joins_names(self, i: int) -> bool:
        """A particle such as "bin" or "van" between two names is part of one."""
        after = self.words[i + 1] if i + 1 < len(self.words) else ""
        return self._after_name() and after[:1].isupper()

    def _after_name(self) -> bool:
        return bool(self.units.classes) and self.units.classes[-1] == self.chars["name"]

    def _ends_name(self, i: int) -> bool:
        """A title with a capital after a name and before none is a name itself: "Lukman Hakim"."""
        after = self.words[i + 1] if i + 1 < len(self.words) else ""
        capital = self.words[i][0].isupper() and not after[:1].isupper()
        owner = bool(self.lexicon.name_endings) and self.words[i - 1].endswith(self.lexicon.name_endings)
        return capital and self._after_name() and not self.title_case and not owner

    def _clitic(self, i: int, ending: str, char: str) -> None:
        """Add a word and the clitic that it carries as two units."""
        cut = self.ends[i] - len(ending)
        bare = self.words[i][: -len(ending)]
        self.units.add(self._class(bare, self.lexicon.entry(bare)), self.starts[i], cut)
        self.units.add(char, cut, self.ends[i])
        self.initial = False

    def _caseless(self, low: str) -> str:
        """The class of a word in no list where case tells nothing: after a title and in a name, a name."""
        guess = self.lexicon.guess(low)
        named = bool(self.units.classes) and self.units.classes[-1] in self.lexicon.naming
        return self.chars["name"] if named and guess == self.chars["word"] else guess

    def _class(self, word: str, entry: Entry) -> str:
        lexicon, listed, low = self.lexicon, entry.listed, entry.key
        if self.written.caseless:
            return listed or (entry.inside if entry.code else self._caseless(low))
        bears = entry.capital and (self.initial or self.title_case)
        if not bears or entry.code:
            return entry.inside
        if self.initial and word in self.written.capital and listed not in lexicon.keeping:
            return self.chars["acronym" if len(word) > 1 and word.isupper() else "name"]
        if listed:
            return listed
        if len(word) > 1 and word.isupper() and not (self.title_case and low in self.written.words):
            return self.chars["acronym"]
        guess = lexicon.guess(low)
        return guess if low in self.written.words or guess != self.chars["word"] else entry.inside
