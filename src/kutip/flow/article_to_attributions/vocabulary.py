"""The words of a pack, compiled: which class a word is of.

Each class is one private-use character, so that a sentence is a string of classes.
"""

from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import NamedTuple

from kutip.languages import PackError
from kutip.languages.grammar import Affix, Cue, Grammar
from kutip.languages.inflect import inflected
from kutip.model import Force, SpeakerKind
from kutip.text.tokens import CLOSERS

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
TERMINAL = ".?!…"  # marks that may end a sentence
_CLASS_OF_MARK = {
    ",": "comma",
    ":": "colon",
    ";": "semicolon",
    "–": "dash",
    "—": "dash",
    "―": "dash",
    "-": "dash",
} | CLOSERS
QUOTATION = '""'  # how a quotation reads among the tokens, as nothing else does
LONG = 3  # letters: the small words of a title have no more
_KEPT = 60_000  # words whose entries are kept


def key(word: str) -> str:
    """A word as the lists have it: lower case, plain apostrophes, no full stop at its end."""
    return word.lower().replace("’", "'").rstrip(".")


def _is_code(word: str) -> bool:
    """A site's address, "Covid-19"."""
    return ("." in word[:-1] and word[-1] != ".") or (word[-1].isdigit() and not word.islower())


# Phrases that begin with one word, by the second one: all words but the first, and their class, the longest first.
Phrases = dict[str, list[tuple[list[str], str]]]
_NO_PHRASES: Phrases = {}


class Entry(NamedTuple):
    """What the pack knows of a token by how it is written.

    key: as the lists have it. inside: its class within a sentence. cls: the same where no other word bears on it,
    phrases apart, else "". word, mark: it is one, no number or quotation. long: a word whose capital tells something.
    capital: it has one. terminal: a mark that may end a sentence. listed: its class in the lists, "" when in none.
    phrases: what may follow in phrases that begin with it, and their classes. cut: where a listed word ends that the
    next was glued to ("dariReuters"), else 0. clitic: the ending that it carries, with its class. stops: a full stop
    right behind it is part of it. opens: with its capital it opens sentences. code: its
    case tells nothing.
    """

    key: str
    cls: str = ""
    inside: str = ""
    word: bool = False
    mark: bool = False
    long: bool = False
    capital: bool = False
    terminal: bool = False
    listed: str = ""
    phrases: Phrases = _NO_PHRASES
    cut: int = 0
    clitic: tuple[str, str] | None = None
    stops: bool = False
    opens: bool = False
    code: bool = False


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
        self.phrases: dict[str, Phrases] = {}
        self.forces: dict[str, Force] = {}
        self.cue_kinds: dict[str, SpeakerKind] = {}
        self._read_words()
        for level in grammar.frames.level:
            for chunk in level.chunk:
                self._char(chunk.name)
        # The characters of classes that are known, those of others left out.
        self.of: Callable[..., str] = lru_cache(maxsize=1000)(self._of)
        self._read_lists()
        self._read_turning()
        self._affixes: dict[str, list[Affix]] = {}  # those that a word may have, by its last letter
        self.guess: Callable[[str], str] = lru_cache(maxsize=_KEPT)(self._guess)
        # Most words of an article were met before: looked up once, then taken from here.
        self.entry: Callable[[str], Entry] = lru_cache(maxsize=_KEPT)(self._entry)

    def _read_lists(self) -> None:
        """Lists that are asked for by what they are for."""
        words = self.grammar.words
        self.abbreviations = frozenset(words.abbreviations.split())
        self.capitalised = frozenset(self.of(*words.capitalised))
        self.proper = frozenset(self.of(*words.proper))
        self.forenames = frozenset(words.forenames.split())
        self.name_endings = tuple(words.name_endings.split())
        self.ordinals = frozenset(self.of(*words.ordinals))
        self.starters = frozenset(self.of(*words.starters))
        self.before_speech = self.of("comma", "colon", "end", "edge", "quote", "dash")
        self.keeping = self.capitalised | self.starters  # classes that a capital takes no word out of
        self.offices = words.offices
        self.naming = self.of("title", "honor", "name")
        self.around = self.of("particle", "title", "month")  # classes that names around them change
        self.pauses = self.of("comma", "semicolon", "colon", "dash")

    def _read_turning(self) -> None:
        """All that bears on whether what is said is negated or conditional."""
        words = self.grammar.words
        self.negation = frozenset(words.negation.split())
        self.condition = frozenset(words.condition.split())
        self.openers = frozenset(words.openers.split())
        self.turned = self.negation | self.condition
        self.turning = self.negation | self.condition | self.openers | frozenset(".,;!?")

    def _entry(self, word: str) -> Entry:
        low = key(word)
        listed = self.words.get(low, "")
        if word == QUOTATION:
            return Entry(low)
        if word[0].isdecimal():
            return Entry(low, self.chars["number"])
        if not word[0].isalnum():
            mark = _CLASS_OF_MARK.get(word)
            cls = self.chars[mark] if mark else listed or self.chars["mark"]
            terminal = word[0] in TERMINAL
            return Entry(low, "" if terminal else cls, cls, mark=True, terminal=terminal)
        code = _is_code(word)
        inside = (listed or self.chars["acronym"]) if code else self._inside(word, low, listed)
        cut = 0 if listed else self._glued(word)
        clitic = None if listed else self._clitic(low)
        stops = low in self.abbreviations or (len(low) == 1 and word.isupper())
        opens = word[0].isupper() and listed != "" and listed in self.starters
        careful = cut or clitic or stops or opens or inside in self.around
        return Entry(
            low,
            "" if careful else inside,
            inside,
            word=True,
            long=len(word) > LONG,
            capital=word[0].isupper(),
            listed=listed,
            phrases=self.phrases.get(low, _NO_PHRASES),
            cut=cut,
            clitic=clitic,
            stops=stops,
            opens=opens,
            code=code,
        )

    def _inside(self, word: str, low: str, listed: str) -> str:
        """The class of a word, no code, within a sentence whose capitals are those of names."""
        parted = "-" in word and word.rpartition("-")[2][:1].isupper()
        if not word[0].isupper():
            if parted:
                return self.chars["name"]  # "al-Maliki"
            return listed if listed and listed not in self.proper else self.guess(low)
        if listed and listed in self.capitalised:
            return listed
        if len(word) > 1 and word.isupper():
            return self.chars["acronym"]
        guess = self.chars["name"] if parted else self.guess(low)  # "Perrin-Oyelaran"
        return guess if guess in self.capitalised else self.chars["name"]

    def _glued(self, word: str) -> int:
        if word[1:].islower() or word.isupper():
            return 0
        cut = next((k for k in range(2, len(word)) if word[k].isupper()), 0)
        return cut if cut and word[:cut].islower() and word[:cut] in self.words else 0

    def _clitic(self, low: str) -> tuple[str, str] | None:
        if not low.endswith(self._clitic_ends):
            return None
        return next(
            (clitic for clitic in self.clitics if low.endswith(clitic[0]) and len(low) > len(clitic[0])), None
        )

    def _of(self, *names: str) -> str:
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
        self._clitic_ends = tuple(end for end, _ in self.clitics)
        for affix in self.grammar.words.affixes:
            self._char(affix.cls)
        for becomes in self.grammar.words.suffixes.values():
            for new in becomes.values():
                self._char(new)
        for phrases in self.phrases.values():
            for entries in phrases.values():
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
                self.phrases.setdefault(parts[0], {}).setdefault(parts[1], []).append((parts[1:], char))

    def _guess(self, word: str) -> str:
        """The class of a lower-case word that no list has, from its form."""
        for suffix, becomes in self.grammar.words.suffixes.items():
            if word.endswith(suffix) and len(word) > len(suffix) + 1:
                base = self.words.get(word[: -len(suffix)])
                for name, new in becomes.items():
                    if base == self.chars.get(name):
                        return self.chars[new]
        last = word[-1:]
        if last not in self._affixes:
            self._affixes[last] = [a for a in self.grammar.words.affixes if a.suffix[-1:] in ("", last)]
        for affix in self._affixes[last]:
            if _has(word, affix):
                return self.chars[affix.cls]
        return self.chars["word"]


def _has(word: str, affix: Affix) -> bool:
    return len(word) >= affix.length and word.startswith(affix.prefix) and word.endswith(affix.suffix)
