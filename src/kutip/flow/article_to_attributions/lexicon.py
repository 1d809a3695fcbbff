"""The grammar of a pack, compiled: words to classes, patterns to regular expressions over classes.

Each class is one private-use character, so that a sentence is a string of classes and the frames are ordinary
regular expressions over it (cascaded finite-state chunking: Abney 1996; Hobbs et al. 1997, FASTUS).
"""

import re
from typing import NamedTuple

from kutip.flow.article_to_attributions.opening import begins, searched
from kutip.flow.article_to_attributions.vocabulary import Vocabulary
from kutip.languages import Pack, PackError
from kutip.languages.grammar import Frame, Grammar, Level

_ELEMENT = re.compile(r"(?<!\?P)<(\^?)([\w|]+)(?::(\w+))?>|\{(\w+)(?::(\w+))?\}|(\s+)")
_QUANTIFIER = re.compile(r"\(\?|(?P<open>\*|\+|\{(?P<least>\d+),\})(?P<mode>[+?]?)|(?:\?|\{[^}]*\})[+?]?")
REACH = 40  # units: how often a part of a chunk or a satellite may come again
_CUE_ELEMENT = re.compile(r"<[\w|]+:cue>")


class CompiledFrame(NamedTuple):
    """A frame ready to match. ``left`` ends where the cue starts, ``right`` starts after it, with a class of ``opens``
    (None: with any or none)."""

    frame: Frame
    left: re.Pattern[str] | None
    right: re.Pattern[str] | None
    whole: re.Pattern[str] | None
    opens: frozenset[str] | None = None


class CompiledLevel(NamedTuple):
    """One pass: the alternation of its chunks; group ``cN`` is the chunk whose character is ``chars[N]``."""

    regex: re.Pattern[str]
    chars: dict[str, str]


class Lexicon(Vocabulary):
    """A compiled grammar. Raises PackError for a pattern that names a class or macro that is not there."""

    def __init__(self, code: str, grammar: Grammar) -> None:
        super().__init__(code, grammar)
        frames = grammar.frames
        self.sets: dict[str, str] = {}
        for name, members in frames.sets.items():
            self.sets[name] = "".join(self._members(member, f"set {name}") for member in members.split())
        self.macros: dict[str, str] = {}
        for name, pattern in frames.macros.items():
            self.macros[name] = self._expand(pattern, f"macro {name}")
        self.levels = [self._level(level) for level in frames.level]
        self.by_cue: dict[str, list[CompiledFrame]] = {}
        self.without_cue: list[CompiledFrame] = []
        for frame in frames.frame:
            self._add_frame(frame)
        # The same by the cue and what stands behind it, as far as they have been met.
        self._by_place: dict[tuple[str, str], list[CompiledFrame]] = {}
        self.cues = _one_of("".join(self.by_cue))
        self.ends = _one_of(self.of("end", "edge"))
        self.names = re.compile(f"{_one_of(self.of('name')).pattern}+")
        self.aliases = _one_of(self.of("alias", "alias_of", "or"))
        # A bracket around one unit or two: a short form, an age, initials.
        self.brackets = re.compile(rf"{self.chars['lparen']}(?=.{{1,2}}{self.chars['rparen']})")
        # What opens a sentence and is no part of what is said; a pack may do without.
        self.lead = self._regex(self.macros.get("lead", ""), "macro lead")
        self.satellites = [
            (s, self._regex(bounded(self._expand(s.pattern, f"satellite {s.role}")), f"satellite {s.role}"))
            for s in frames.satellite
        ]

    def begins_clause(self, word: str) -> bool:
        """A word of the set ``predicate``, with which a few words in quotation marks are a clause or a part of one."""
        return (self.words.get(word) or self.guess(word)) in self.sets.get("predicate", "")

    def frames_at(self, cue: str, behind: str) -> list[CompiledFrame]:
        """The frames for a cue, without those that cannot go on with the class ``behind`` it ("": nothing)."""
        place = cue, behind
        if place not in self._by_place:
            self._by_place[place] = [f for f in self.by_cue[cue] if f.opens is None or behind in f.opens]
        return self._by_place[place]

    def _level(self, level: Level) -> CompiledLevel:
        parts = [searched(f"(?P<c{i}>{self._expand(c.pattern, c.name)})") for i, c in enumerate(level.chunk)]
        chars = {f"c{i}": self.chars[c.name] for i, c in enumerate(level.chunk)}
        return CompiledLevel(self._regex(searched(bounded("|".join(parts))), level.name), chars)

    def compiled(self, pattern: str, where: str) -> re.Pattern[str]:
        """A pattern of the pack as a regular expression over classes. Raises PackError."""
        return self._regex(self._expand(pattern, where), where)

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
            whole = self._regex(searched(self._expand(frame.pattern, where)), where)
            self.without_cue.append(CompiledFrame(frame, None, None, whole))
            return
        left = self._expand(frame.pattern[: cue.start()], where)
        right = self._expand(frame.pattern[cue.end() :], where)
        compiled = CompiledFrame(
            frame,
            self._regex(f"(?:{searched(left)})\\Z", where) if left else None,
            self._regex(right, where),
            None,
            begins(right),
        )
        for name in cue[0][1:].split(":")[0].split("|"):
            for char in self._members(name, where):
                self.by_cue.setdefault(char, []).append(compiled)


def _one_of(classes: str) -> re.Pattern[str]:
    return re.compile(f"[{classes}]" if classes else r"(?!)")


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


_COMPILED: dict[str, tuple[Pack, Lexicon]] = {}


def lexicon_of(pack: Pack) -> Lexicon:
    """The compiled grammar of a pack; compiled once a process."""
    known = _COMPILED.get(pack.code)
    if known is None or known[0] is not pack:
        known = _COMPILED[pack.code] = (pack, Lexicon(pack.code, pack.grammar))
    return known[1]
