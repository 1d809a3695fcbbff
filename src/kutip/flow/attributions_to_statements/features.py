"""Sentences of a story as weighted features: words, runs of letters, numbers, names, negation, modality."""

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import groupby

import msgspec

from kutip.languages import Pack
from kutip.text.dates import find_dates
from kutip.text.keys import Keys, keys_of
from kutip.text.numbers import Quantity, find_numbers

_WORD = re.compile(r"\d+(?:[.,:/]\d+)*|[^\W_]+(?:['’\-][^\W_]+)*")
_NAME = re.compile(r"(?<=[\w,;)] )[^\W\d_a-z][^\W_]+(?:['’\-&][^\W_]+)*")
_CLAUSE = re.compile(r"(?<![,;:.?!()])[,;:.?!()]++(?:\s|$)")
_YEAR = re.compile(r"(?:19|20)\d\d")
GRAM = 4  # letters in a run
MANNER = "!"  # begins the keys of negations and modals, which alone say nothing
NOT = f"{MANNER}not"  # the key of every negation


class Marks(msgspec.Struct, frozen=True):
    """What is compared of a sentence. words: keys of content words, figures, negations and modals, with
    counts.

    quantities: numbers with unit and hedge, dates not among them. negated: keys of the words that follow a
    negation, with the words from the one to the other. modals: kinds of modality with a word of each. tokens:
    the words as they stand, in lower case. keys: of each token, "" for a stop word. names: tokens with a
    capital inside a sentence. plain: tokens in lower case.
    """

    lang: str
    words: Mapping[str, int]
    quantities: tuple[Quantity, ...]
    negated: Mapping[str, str]
    modals: Mapping[str, str]
    tokens: tuple[str, ...]
    keys: tuple[str, ...]
    names: frozenset[str]
    plain: frozenset[str]


class Weighted(msgspec.Struct, frozen=True):
    """Words and runs of letters with weights: the rarer among the sentences of the story, the heavier.

    The words of one long name count as one word together: a name, however long, tells who is meant and not
    what is said of them.
    """

    words: dict[str, float]
    grams: dict[str, float]
    word_sum: float
    gram_sum: float


def marks(text: str, pack: Pack) -> Marks:
    """The features of a sentence or a clause."""
    how, keys = pack.matching, keys_of(pack)
    negations = frozenset(how.negations.split())
    tokens = tuple(_WORD.findall(text.casefold()))
    keyed = [_key(token, keys, negations, how.modals) for token in tokens]
    words = Counter(key for key in keyed if key)
    return Marks(
        lang=pack.code,
        words=dict(words),
        quantities=_quantities(text, pack),
        negated=_negated(text.casefold(), keys, pack),
        modals={how.modals[token]: token for token in tokens if token in how.modals},
        tokens=tokens,
        keys=tuple(keyed),
        names=frozenset(name.casefold() for name in _NAME.findall(text)),
        plain=frozenset(word for word in _WORD.findall(text) if word.islower()),
    )


class Weights:
    """How rare each feature is among the sentences of a story."""

    def __init__(self, sentences: Sequence[Marks]) -> None:
        self._names = Counter(token for one in sentences for token in one.names)
        self._names.subtract(token for one in sentences for token in one.plain)
        shares = [_shares(one, self._names) for one in sentences]
        self._words = Counter(word for words, _ in shares for word in words)
        self._grams = Counter(gram for _, grams in shares for gram in grams)
        self._count = len(sentences)

    def of(self, one: Marks) -> Weighted:
        """A sentence, or a part of one, with its features weighed."""
        words, grams = _shares(one, self._names)
        of_words = self._weighed(words, self._words)
        of_grams = self._weighed(grams, self._grams)
        return Weighted(of_words, of_grams, math.fsum(of_words.values()), math.fsum(of_grams.values()))

    def _weighed(self, shares: Mapping[str, float], among: Mapping[str, int]) -> dict[str, float]:
        return {
            feature: share * math.log((self._count + 1) / (among.get(feature, 0) + 0.5))
            for feature, share in shares.items()
        }


def _shares(one: Marks, names: Mapping[str, int]) -> tuple[dict[str, float], dict[str, float]]:
    """Words and runs of letters to the share with which each counts: 1, or less within a long name."""
    shares = _name_shares([names.get(token, 0) > 0 for token in one.tokens])
    words: dict[str, float] = {}
    for key, share in zip(one.keys, shares, strict=True):
        if key:
            words[key] = max(share, words.get(key, 0.0))
    return words, _gram_shares(one.tokens, shares)


def _gram_shares(tokens: Sequence[str], shares: Sequence[float]) -> dict[str, float]:
    flat = f" {' '.join(tokens)} "
    runs = [flat[n : n + GRAM] for n in range(len(flat) - GRAM + 1)]
    if all(share == 1.0 for share in shares):
        return dict.fromkeys(runs, 1.0)
    each = [1.0]
    for token, share in zip(tokens, shares, strict=True):
        each += [share] * len(token)
        each.append(1.0)
    grams: dict[str, float] = {}
    for run, share in zip(runs, map(min, *(each[n:] for n in range(GRAM))), strict=True):
        grams[run] = max(share, grams.get(run, 0.0))
    return grams


def _name_shares(is_name: Sequence[bool]) -> list[float]:
    """For each token, 1 divided by the length of the name that it belongs to."""
    shares: list[float] = []
    for named, group in groupby(is_name):
        length = len(list(group))
        shares += [1 / length if named else 1.0] * length
    return shares


def _quantities(text: str, pack: Pack) -> tuple[Quantity, ...]:
    dates = [(mention.start, mention.end) for mention in find_dates(text, pack)]
    return tuple(
        q
        for q in find_numbers(text, pack)
        if not _YEAR.fullmatch(q.value) and not any(start <= q.start < end for start, end in dates)
    )


def _negated(text: str, keys: Keys, pack: Pack) -> dict[str, str]:
    """What each negation negates: the next content word of its clause; nothing where "only" stands behind
    it.
    """
    how = pack.matching
    negations, only = frozenset(how.negations.split()), frozenset(how.not_only.split())
    found: dict[str, str] = {}
    for clause in _CLAUSE.split(text):
        tokens = _WORD.findall(clause)
        for at, token in enumerate(tokens):
            if token in negations and not only.intersection(tokens[at + 1 : at + 2]):
                behind = range(at + 1, len(tokens))
                end = next((n for n in behind if tokens[n] not in how.modals and keys[tokens[n]]), None)
                if end is not None:
                    found.setdefault(keys[tokens[end]], " ".join(tokens[at : end + 1]))
    return found


def _key(token: str, keys: Keys, negations: frozenset[str], modals: Mapping[str, str]) -> str:
    """Negations and modals are stop words elsewhere; between two statements they tell most."""
    if token in negations:
        return NOT
    if token in modals:
        return f"{MANNER}{modals[token]}"
    return f"#{token}" if token[0].isdigit() else keys[token]
