"""The grammar of a pack, compiled: words to classes, patterns to regular expressions over classes.

Each class is one private-use character, so that a sentence is a string of classes and the frames are ordinary
regular expressions over it (cascaded finite-state chunking: Abney 1996; Hobbs et al. 1997, FASTUS).
"""

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import NamedTuple

from kutip.languages import Pack, PackError
from kutip.languages.grammar import Affix, Cue, Frame, Grammar
from kutip.languages.inflect import inflected
from kutip.model import Force, SpeakerKind

# Classes that every language has: what tokens are when no list names them.
BUILT_IN = (
    "word",  # a lower-case word in no list
    "name",  # a capitalised word in no list
    "acronym",
    "number",
    "comma",
    "colon",
    "semicolon",
    "dash",
    "lparen",
    "rparen",
    "mark",
    "end",  # end of a sentence
    "edge",  # end of a block
    "quote",  # a quotation that stands for itself
    "quotestop",  # the same, ending with . ? or ! inside
    "inquote",  # words in quotation marks within a clause
)
_ELEMENT = re.compile(r"(?<!\?P)<(\^?)([\w|]+)(?::(\w+))?>|\{(\w+)(?::(\w+))?\}|(\s+)")
_QUANTIFIER = re.compile(r"\(\?|(?P<open>\*|\+|\{(?P<least>\d+),\})(?P<mode>[+?]?)|(?:\?|\{[^}]*\})[+?]?")
REACH = 40  # units: how often a part of a chunk or a satellite may come again
_ODD = re.compile("[.’]")
_CUE_ELEMENT = re.compile(r"<[\w|]+:cue>")


class CompiledFrame(NamedTuple):
    """A frame ready to match. ``left`` ends where the cue starts, ``right`` starts after it."""

    frame: Frame
    left: re.Pattern[str] | None
    right: re.Pattern[str] | None
    whole: re.Pattern[str] | None


class CompiledLevel(NamedTuple):
    """One pass: the alternation of its chunks; group ``cN`` is the chunk whose character is ``chars[N]``."""

    regex: re.Pattern[str]
    chars: dict[str, str]


class Lexicon:
    """A compiled grammar. Raises PackError for a pattern that names a class or macro that is not there."""

    def __init__(self, code: str, grammar: Grammar) -> None:
        self.code = code
        self.grammar = grammar
        self.chars: dict[str, str] = {}
        for name in BUILT_IN:
            self._char(name)
        self.words: dict[str, str] = {}
        self.phrases: dict[str, list[tuple[list[str], str]]] = {}
        self.forces: dict[str, Force] = {}
        self.cue_kinds: dict[str, SpeakerKind] = {}
        self._read_words()
        self.abbreviations = frozenset(grammar.words.abbreviations.split())
        self.capitalised = frozenset(self.of(*grammar.words.capitalised))
        self.proper = frozenset(self.of(*grammar.words.proper))
        self.forenames = frozenset(grammar.words.forenames.split())
        self.before_speech = self.of("comma", "colon", "end", "edge", "quote", "dash")
        self.clitic_endings = tuple(ending for ending, _ in self.clitics)
        self.naming = self.of("title", "honor", "name")
        self.sets_apart = self.of("particle")
        # Most words of an article: looked up once, then taken from here.
        self.plain: Callable[[str], str] = lru_cache(maxsize=60_000)(self.plainly)
        self.name_endings = tuple(grammar.words.name_endings.split())
        self.ordinals = frozenset(self.of(*grammar.words.ordinals))
        self.pauses = self.of("comma", "semicolon", "colon", "dash")
        self.starters = frozenset(self.of(*grammar.words.starters))
        self.guess: Callable[[str], str] = lru_cache(maxsize=60_000)(self._guess)
        for level in grammar.frames.level:
            for chunk in level.chunk:
                self._char(chunk.name)
        self.sets: dict[str, str] = {}
        for name, members in grammar.frames.sets.items():
            self.sets[name] = "".join(self._members(member, f"set {name}") for member in members.split())
        self.macros: dict[str, str] = {}
        for name, pattern in grammar.frames.macros.items():
            self.macros[name] = self._expand(pattern, f"macro {name}")
        self.levels = [
            CompiledLevel(
                self._regex(
                    bounded(
                        "|".join(
                            f"(?P<c{i}>{self._expand(c.pattern, c.name)})" for i, c in enumerate(level.chunk)
                        )
                    ),
                    level.name,
                ),
                {f"c{i}": self.chars[c.name] for i, c in enumerate(level.chunk)},
            )
            for level in grammar.frames.level
        ]
        self.by_cue: dict[str, list[CompiledFrame]] = {}
        self.without_cue: list[CompiledFrame] = []
        for frame in grammar.frames.frame:
            self._add_frame(frame)
        self.negation = frozenset(grammar.words.negation.split())
        self.condition = frozenset(grammar.words.condition.split())
        self.openers = frozenset(grammar.words.openers.split())
        # All that bears on whether what is said is negated or conditional.
        self.turning = self.negation | self.condition | self.openers | frozenset(".,;!?")
        # What opens a sentence and is no part of what is said; a pack may do without.
        self.lead = self._regex(self.macros.get("lead", ""), "macro lead")
        self.satellites = [
            (s, self._regex(bounded(self._expand(s.pattern, f"satellite {s.role}")), f"satellite {s.role}"))
            for s in grammar.frames.satellite
        ]

    def plainly(self, word: str) -> str:
        """The class of a word in lower case that needs no look around it, "" where more must be asked."""
        if word in self.phrases or word in self.abbreviations or not word.islower() or _ODD.search(word):
            return ""
        listed = self.words.get(word)
        if listed is not None and listed not in self.proper:
            return "" if listed in self.sets_apart else listed
        if word.endswith(self.clitic_endings):
            return ""
        return self.guess(word)

    def of(self, *names: str) -> str:
        """The characters of classes that are known, those of others left out."""
        return "".join(self.chars[n] for n in names if n in self.chars)

    def _char(self, name: str) -> str:
        return self.chars.setdefault(name, chr(0xE000 + len(self.chars)))

    def _read_words(self) -> None:
        for name, words in self.grammar.words.classes.items():
            self._add_words(words, self._char(name))
        for cue in self.grammar.cues.cue:
            for word, cls in self._forms(cue.words, cue.cls, cue.paradigm):
                self._add_cue(cue, word, cls)
        for group in self.grammar.words.inflected:
            for word, cls in self._forms(group.words, group.cls, group.paradigm):
                self._add_words(word, self._char(cls))
        self.clitics = [(end, self._char(cls)) for end, cls in self.grammar.words.clitics.items()]
        for affix in self.grammar.words.affixes:
            self._char(affix.cls)
        for becomes in self.grammar.words.suffixes.values():
            for new in becomes.values():
                self._char(new)
        for entries in self.phrases.values():
            entries.sort(key=lambda e: -len(e[0]))

    def _forms(self, words: str, cls: str, paradigm: str) -> Iterator[tuple[str, str]]:
        """Each word with its class; with a paradigm each form of each word."""
        for word in words.split():
            if not paradigm:
                yield word, cls
            elif paradigm not in self.grammar.words.paradigms:
                raise PackError(f"languages/{self.code}/words.toml: no paradigm {paradigm!r}")
            else:
                forms = inflected(self.grammar.words.paradigms[paradigm], word)
                yield from ((form, f"{cls}_{name}") for name, form in forms.items())

    def _add_cue(self, cue: Cue, word: str, cls: str) -> None:
        key = word.replace("_", " ")
        self.forces.setdefault(key, cue.force)
        if cue.speaker_kind:
            self.cue_kinds[key] = cue.speaker_kind
        self._add_words(word, self._char(cls))

    def _add_words(self, words: str, char: str) -> None:
        for word in words.split():
            parts = word.split("_")
            if len(parts) == 1:
                self.words.setdefault(word, char)
            else:
                self.phrases.setdefault(parts[0], []).append((parts[1:], char))

    def _guess(self, word: str) -> str:
        """The class of a lower-case word that no list has, from its form."""
        for suffix, becomes in self.grammar.words.suffixes.items():
            if word.endswith(suffix) and len(word) > len(suffix) + 1:
                base = self.words.get(word[: -len(suffix)])
                for name, new in becomes.items():
                    if base == self.chars.get(name):
                        return self.chars[new]
        for affix in self.grammar.words.affixes:
            if _has(word, affix):
                return self.chars[affix.cls]
        return self.chars["word"]

    def _expand(self, pattern: str, where: str) -> str:
        def element(m: re.Match[str]) -> str:
            negated, names, role, macro, macro_role, _ = m.groups()
            if names:
                return self._class(names, negated, role, where)
            if macro:
                if macro not in self.macros:
                    raise PackError(
                        f"languages/{self.code}/frames.toml: {where}: no macro {{{macro}}} above it"
                    )
                body = self.macros[macro]
                return f"(?P<{macro_role}>{body})" if macro_role else f"(?:{body})"
            return ""

        return _ELEMENT.sub(element, pattern)

    def _class(self, names: str, negated: str, role: str | None, where: str) -> str:
        chars = "".join(self._members(name, where) for name in names.split("|"))
        one = f"[{negated}{chars}]"
        return f"(?P<{role}>{one})" if role else one

    def _members(self, name: str, where: str) -> str:
        """The characters of a class or a set of classes."""
        chars = self.sets.get(name) or self.chars.get(name)
        if chars is None:
            raise PackError(f"languages/{self.code}/frames.toml: {where}: no class <{name}>")
        return chars

    def _regex(self, pattern: str, where: str) -> re.Pattern[str]:
        try:
            return re.compile(pattern)
        except re.error as error:
            raise PackError(f"languages/{self.code}/frames.toml: {where}: {error}") from error

    def _add_frame(self, frame: Frame) -> None:
        where = f"frame {frame.name}"
        cue = _CUE_ELEMENT.search(frame.pattern)
        if cue is None:
            whole = self._regex(self._expand(frame.pattern, where), where)
            self.without_cue.append(CompiledFrame(frame, None, None, whole))
            return
        left = self._expand(frame.pattern[: cue.start()], where)
        right = self._expand(frame.pattern[cue.end() :], where)
        compiled = CompiledFrame(
            frame,
            self._regex(f"(?:{left})\\Z", where) if left else None,
            self._regex(right, where),
            None,
        )
        for name in cue[0][1:].split(":")[0].split("|"):
            for char in self._members(name, where):
                self.by_cue.setdefault(char, []).append(compiled)


def bounded(pattern: str) -> str:
    """``pattern`` with ``*`` and ``+`` repeating at most ``REACH`` times.

    Chunks are looked for at every unit of an article: one that may run on without end (numbers up to a noun, say) would
    read a long list from each of its items again.
    """

    def bound(m: re.Match[str]) -> str:
        if not m["open"]:
            return m[0]
        least = m["least"] or {"*": 0, "+": 1}[m["open"]]
        return f"{{{least},{REACH}}}{m['mode']}"

    return _QUANTIFIER.sub(bound, pattern)


def _has(word: str, affix: Affix) -> bool:
    return len(word) >= affix.length and word.startswith(affix.prefix) and word.endswith(affix.suffix)


_COMPILED: dict[str, Lexicon] = {}


def lexicon_of(pack: Pack) -> Lexicon:
    """The compiled grammar of a pack; compiled once a process."""
    if pack.code not in _COMPILED:
        _COMPILED[pack.code] = Lexicon(pack.code, pack.grammar)
    return _COMPILED[pack.code]
