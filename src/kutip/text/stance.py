"""What a text says of a word: whether it is so, and how surely. Polarity and modality as a small algebra.

Words that say so stand before the word that they are about: "tidak boleh masuk", "may not enter". Each is an
operator of the language pack, "not" or a kind of modality. A chain of them is worked out from the inside
outwards: a negation outside a modality goes inside and turns the modality into its dual, so that what must not
be, what may not be and what is forbidden are one.
"""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

import msgspec

from kutip.languages import Pack
from kutip.languages.matching import NONE, NOT
from kutip.text.keys import Keys, keys_of

_WORD = re.compile(r"\d+(?:[.,:/]\d+)*|[^\W_]+(?:['’\-][^\W_]+)*")
_CLAUSE = re.compile(r"(?<![,;:.?!()])[,;:.?!()]++(?:\s|$)")
_WILL = frozenset(("will",))
_LONGEST = 4  # words of an operator
# not(allowed x) is duty(not x). A kind that is not here is its own dual: not(will x) is will(not x).
_DUAL = {
    "allowed": "duty",
    "duty": "allowed",
    "chance": "certain",
    "certain": "chance",
    "ability": "certain",
}

Operator = tuple[frozenset[str], ...]


class Stance(msgspec.Struct, frozen=True):
    """What is said of a word where it stands.

    negated: None where it cannot be told: in a clause that denies another word, or beside a word like "denies".
    kinds: of modality, any of which may be meant; none where nothing is said. words: the operators with the word.
    """

    negated: bool | None
    kinds: frozenset[str]
    words: str


def stances(text: str, pack: Pack) -> dict[str, list[Stance]]:
    """Key of each content word to what is said of it, at each place where it stands. ``text``: in lower case."""
    reading = _reading(pack)
    found: dict[str, list[Stance]] = {}
    for clause in _CLAUSE.split(text):
        words = _WORD.findall(clause.replace("’", "'"))
        read = _plain(words, reading) if reading.firsts.isdisjoint(words) else _Clause(reading).read(words)
        for key, stance in read:
            found.setdefault(key, []).append(stance)
    return found


def differ(one: Sequence[Stance], other: Sequence[Stance]) -> tuple[str, Stance, Stance] | None:
    """How what is said of a word in one text differs from what is said of it in another: "negation" or
    "modality", with two places that show it; None where some two places agree.
    """
    pairs = [(_against(a, b), a, b) for a in one for b in other]
    if any(not how for how, _, _ in pairs):
        return None
    return min(pairs, key=lambda pair: pair[0] != "negation", default=None)


def operators(pack: Pack) -> Mapping[str, Operator]:
    """Words of the pack that are operators by themselves, in lower case, to what they say."""
    return _reading(pack).single


class _Reading(msgspec.Struct, frozen=True):
    """A pack, ready to read with."""

    keys: Keys
    phrases: dict[tuple[str, ...], Operator]
    single: dict[str, Operator]
    firsts: frozenset[str]
    doubts: frozenset[str]
    only: frozenset[str]
    openers: frozenset[str]


_MADE: dict[int, tuple[Pack, _Reading]] = {}


def _reading(pack: Pack) -> _Reading:
    made = _MADE.get(id(pack))
    if made is None or made[0] is not pack:
        made = _MADE[id(pack)] = (pack, _made(pack))
    return made[1]


def _made(pack: Pack) -> _Reading:
    how, keys = pack.matching, keys_of(pack)
    phrases = {
        tuple(words.casefold().split("_")): tuple(frozenset(part.split("|")) for part in operator.split())
        for operator, all_words in how.operators.items()
        for words in all_words.split()
    }
    return _Reading(
        keys=keys,
        phrases=phrases,
        single={words[0]: operator for words, operator in phrases.items() if len(words) == 1},
        firsts=frozenset(words[0] for words in phrases),
        doubts=frozenset(keys[word] for word in how.doubts.split()),
        only=frozenset(how.not_only.split()),
        openers=frozenset(how.openers.split()),
    )


class _Chain(msgspec.Struct, frozen=True):
    """Operators in a row, the outermost first. words: as they stand, with what is between them."""

    operators: Operator = ()
    words: tuple[str, ...] = ()

    def has(self, *operators: str) -> bool:
        return any(not one.isdisjoint(operators) for one in self.operators)


_EMPTY = _Chain()


class _Clause:
    """Reads a clause word by word."""

    def __init__(self, reading: _Reading) -> None:
        self._reading = reading
        self._found: list[tuple[str, Stance]] = []
        self._doubted = False
        self._chain = _EMPTY
        self._bare: list[int] = []  # words of the clause without operators
        self._negated = False
        self._none: tuple[_Chain, int] | None = None  # "not a single one", and where the word behind it is

    def read(self, tokens: Sequence[str]) -> list[tuple[str, Stance]]:
        """Keys and stances of the content words."""
        at = 0
        while at < len(tokens):
            operator, length = _operator(tokens, at, self._reading)
            key = self._reading.keys[tokens[at]]
            if operator:
                if tokens[at + length : at + length + 1] and tokens[at + length] in self._reading.only:
                    length += 1
                else:
                    words = (*self._chain.words, *tokens[at : at + length])
                    self._chain = _Chain(self._chain.operators + operator, words)
            elif tokens[at] in self._reading.openers:
                self._open()
            elif key:
                self._take(key, tokens[at])
            elif self._chain.operators:
                self._chain = _Chain(self._chain.operators, (*self._chain.words, tokens[at]))
            at += length
        self._open()
        return [(key, _unsure(one)) for key, one in self._found] if self._doubted else self._found

    def _open(self) -> None:
        """A clause begins. Of the one before, it is not told whether what stands beside what is denied is so."""
        for at in self._bare if self._negated else ():
            self._deny_nothing(at)
        self._chain, self._bare, self._negated, self._none = _EMPTY, [], False, None

    def _deny_nothing(self, at: int) -> None:
        key, stance = self._found[at]
        self._found[at] = (key, _unsure(stance))

    def _take(self, key: str, word: str) -> None:
        chain = self._chain
        if self._none and chain.operators:
            none, at = self._none
            self._deny_nothing(at)
            chain = _Chain((frozenset((NOT,)), *chain.operators), (*none.words, "…", *chain.words))
            self._none = None
        elif chain.has(NONE):
            self._none = (chain, len(self._found))
        self._doubted |= key in self._reading.doubts
        if not chain.operators:
            self._bare.append(len(self._found))
        self._found.append((key, _stance(chain, word)))
        self._negated |= chain.has(NOT, NONE)
        self._chain = _EMPTY


def _plain(words: Sequence[str], reading: _Reading) -> list[tuple[str, Stance]]:
    """What ``_Clause`` reads in a clause without operators."""
    keyed = [(key, word) for word in words if word not in reading.openers and (key := reading.keys[word])]
    negated = None if any(key in reading.doubts for key, _ in keyed) else False
    return [(key, _said(word, negated)) for key, word in keyed]


@lru_cache(maxsize=10_000)
def _said(word: str, negated: bool | None) -> Stance:
    """Nothing is said of a word."""
    return Stance(negated, frozenset(), word)


def _operator(tokens: Sequence[str], at: int, reading: _Reading) -> tuple[Operator, int]:
    """The operator that begins at a word, the longest, with how many words it has."""
    if tokens[at] in reading.firsts:
        for length in range(min(_LONGEST, len(tokens) - at), 0, -1):
            if operator := reading.phrases.get(tuple(tokens[at : at + length])):
                return operator, length
    return (), 1


def _stance(chain: _Chain, word: str) -> Stance:
    negated, kinds = False, frozenset[str]()
    for operator in reversed(chain.operators):
        if operator & {NOT, NONE}:
            negated = not negated
            kinds = frozenset(_DUAL.get(kind, kind) for kind in kinds)
        elif not kinds or kinds == _WILL or operator != _WILL:  # what may be going to be, may be
            kinds = operator
    return Stance(negated, kinds, " ".join([*chain.words, word]))


def _unsure(stance: Stance) -> Stance:
    return msgspec.structs.replace(stance, negated=None)


def _against(one: Stance, other: Stance) -> str:
    """ "negation", "modality", or "" where nothing differs that is told."""
    if one.negated is not None and other.negated is not None and one.negated != other.negated:
        return "negation"
    return "modality" if one.kinds and other.kinds and not one.kinds & other.kinds else ""
