"""Sentences of a story as weighted features: words, runs of letters, numbers, names, negation, modality."""

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence

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
NOT = "!not"  # the key of every negation


class Marks(msgspec.Struct, frozen=True):
    """What is compared of a sentence. words: keys of content words, figures, negations and modals, with
    counts.

    grams: runs of letters. quantities: numbers with unit and hedge, dates not among them. negated: keys of
    the words that follow a negation. modals: kinds of modality. tokens: the words as they stand, in lower
    case. names: words with a capital inside a sentence.
    """

    words: Mapping[str, int]
    grams: frozenset[str]
    quantities: tuple[Quantity, ...]
    negated: frozenset[str]
    modals: frozenset[str]
    tokens: tuple[str, ...]
    names: frozenset[str]


class Weighted(msgspec.Struct, frozen=True):
    """Features with weights: the rarer among the sentences of the story, the heavier."""

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
    flat = f" {' '.join(tokens)} "
    return Marks(
        words=dict(words),
        grams=frozenset(flat[n : n + GRAM] for n in range(len(flat) - GRAM + 1)),
        quantities=_quantities(text, pack),
        negated=_negated(text.casefold(), keys, pack),
        modals=frozenset(how.modals[token] for token in tokens if token in how.modals),
        tokens=tokens,
        names=frozenset(name.casefold() for name in _NAME.findall(text)),
    )


def weigh(all_marks: Sequence[Marks]) -> list[Weighted]:
    """The marks of all sentences of a story, weighted by how many sentences have each feature."""
    words = Counter(word for one in all_marks for word in one.words)
    grams = Counter(gram for one in all_marks for gram in one.grams)
    count = len(all_marks)

    def rare(feature: str, among: Counter[str]) -> float:
        return math.log((count + 1) / (among[feature] + 0.5))

    out = []
    for one in all_marks:
        weighted_words = {word: rare(word, words) for word in one.words}
        weighted_grams = {gram: rare(gram, grams) for gram in sorted(one.grams)}
        out.append(
            Weighted(
                words=weighted_words,
                grams=weighted_grams,
                word_sum=math.fsum(weighted_words.values()),
                gram_sum=math.fsum(weighted_grams.values()),
            )
        )
    return out


def _quantities(text: str, pack: Pack) -> tuple[Quantity, ...]:
    dates = [(mention.start, mention.end) for mention in find_dates(text, pack)]
    return tuple(
        q
        for q in find_numbers(text, pack)
        if not _YEAR.fullmatch(q.value) and not any(start <= q.start < end for start, end in dates)
    )


def _negated(text: str, keys: Keys, pack: Pack) -> frozenset[str]:
    """What each negation negates: the next content word of its clause; nothing where "only" stands behind
    it.
    """
    how = pack.matching
    negations, only = frozenset(how.negations.split()), frozenset(how.not_only.split())
    found = set()
    for clause in _CLAUSE.split(text):
        tokens = _WORD.findall(clause)
        for at, token in enumerate(tokens):
            if token in negations and not only.intersection(tokens[at + 1 : at + 2]):
                behind = (keys[t] for t in tokens[at + 1 :] if t not in how.modals)
                found.add(next((key for key in behind if key), ""))
    return frozenset(found - {""})


def _key(token: str, keys: Keys, negations: frozenset[str], modals: Mapping[str, str]) -> str:
    """Negations and modals are stop words elsewhere; between two statements they tell most."""
    if token in negations:
        return NOT
    if token in modals:
        return f"!{modals[token]}"
    return f"#{token}" if token[0].isdigit() else keys[token]
