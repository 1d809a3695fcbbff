"""The words of a pack, compiled: which class a word is of.

Each class is one private-use character, so that a sentence is a string of classes.
"""

import re
from collections.abc import Callable, Iterator
from functools import lru_cache

from kutip.languages import PackError
from kutip.languages.grammar import Affix, Cue, Grammar
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
_ODD = re.compile("[.’]")


class Vocabulary:
    """Words, phrases and cues with their classes. ``chars``: class to its character.

    Raises PackError for a paradigm that is not there.
    """

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
        self._read_lists()
        self._read_turning()
        self.guess: Callable[[str], str] = lru_cache(maxsize=60_000)(self._guess)
        # Most words of an article: looked up once, then taken from here.
        self.plain: Callable[[str], str] = lru_cache(maxsize=60_000)(self.plainly)

    def _read_lists(self) -> None:
        """Lists that are asked for by what they are for."""
        words = self.grammar.words
        self.abbreviations = frozenset(words.abbreviations.split())
        self.capitalised = frozenset(self.of(*words.capitalised))
        self.proper = frozenset(self.of(*words.proper))
        self.forenames = frozenset(words.forenames.split())
        self.clitic_endings = tuple(ending for ending, _ in self.clitics)
        self.name_endings = tuple(words.name_endings.split())
        self.ordinals = frozenset(self.of(*words.ordinals))
        self.starters = frozenset(self.of(*words.starters))
        self.before_speech = self.of("comma", "colon", "end", "edge", "quote", "dash")
        self.keeping = self.capitalised | self.starters  # classes that a capital takes no word out of
        self.offices = words.offices
        self.naming = self.of("title", "honor", "name")
        self.sets_apart = self.of("particle")
        self.pauses = self.of("comma", "semicolon", "colon", "dash")

    def _read_turning(self) -> None:
        """All that bears on whether what is said is negated or conditional."""
        words = self.grammar.words
        self.negation = frozenset(words.negation.split())
        self.condition = frozenset(words.condition.split())
        self.openers = frozenset(words.openers.split())
        self.turning = self.negation | self.condition | self.openers | frozenset(".,;!?")

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


def _has(word: str, affix: Affix) -> bool:
    return len(word) >= affix.length and word.startswith(affix.prefix) and word.endswith(affix.suffix)
