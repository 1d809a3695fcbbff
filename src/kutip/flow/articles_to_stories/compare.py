"""One article with those that were taken before: which of them to look at, and how likely each is of its
event.

Where the others are kept does not matter here: in memory (``stream``) or in a record, each is a Shelf.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from heapq import nlargest
from typing import Any, Protocol

import msgspec

from kutip.flow.articles_to_stories.features import ArticleFeatures
from kutip.flow.articles_to_stories.linkage import Criterion
from kutip.flow.articles_to_stories.score import Evidence, Indexed, Query
from kutip.flow.articles_to_stories.weights import Vocabulary
from kutip.languages import load
from kutip.text.keys import keys_of

WINDOW = 60  # days between the publication of two articles that are compared, at most


class Options(msgspec.Struct, frozen=True):
    """criterion: what holds a story together. postings: entries of the index that are looked through
    for one article. candidates: how many articles, those that share most, one is compared with. keep:
    the lowest score remembered.
    """

    criterion: Criterion = Criterion(threshold=0.2, loyalty=0.5, alone=0.3, reach=8)
    postings: int = 1500
    candidates: int = 25
    keep: float = 0.1


class Shelf(Protocol):
    """Articles taken before, by number."""

    def postings(self, key: int, day: int | None) -> Sequence[int]:
        """Articles with this key that may be of one story with an article of this day."""

    def place(self, number: int) -> Any:
        """What articles are sorted by, so that ties fall the same way always."""


class Comparer:
    """Compares articles over one vocabulary."""

    def __init__(self, vocabulary: Vocabulary, options: Options) -> None:
        self._vocabulary = vocabulary
        self._options = options
        self._languages: dict[str, frozenset[int]] = {}

    def learn(self, article: ArticleFeatures) -> None:
        """Counts the keys of an article, so that rare keys are known from common ones."""
        self._language(article.lang)
        keys = article.title.keys() | article.body.keys() | set(article.names)
        self._vocabulary.learn(self._vocabulary.numbers(sorted(keys)))

    def index(self, article: ArticleFeatures) -> Indexed:
        """The article ready to be compared."""
        self._language(article.lang)
        return Indexed(article, self._vocabulary)

    def candidates(self, indexed: Indexed, shelf: Shelf) -> list[int]:
        """The articles that share most of the rarest keys."""
        shared: dict[int, float] = defaultdict(float)
        left = self._options.postings
        counts = self._vocabulary.counts
        for _, key in sorted((counts[key], key) for key in indexed.found_by()):
            found = shelf.postings(key, indexed.day)
            left -= len(found)
            if left < 0:
                break
            weight = self._vocabulary.weight(key) ** 2
            for number in found:
                shared[number] += weight
        least = min(nlargest(self._options.candidates, shared.values()), default=0.0)
        likely = [number for number, weight in shared.items() if weight >= least]
        return sorted(likely, key=lambda n: (-shared[n], shelf.place(n)))[: self._options.candidates]

    def scores(self, indexed: Indexed, others: Iterable[tuple[int, Indexed]]) -> dict[int, float]:
        """The scores that are worth remembering, by number."""
        least, query = self._options.keep, Query(indexed)
        across: dict[str, Query] = {}
        found = {}
        for number, other in others:
            if other.lang == indexed.lang:
                score = query.score(other, least)
            else:
                kept = self._kept(indexed.lang, other.lang)
                if other.lang not in across:
                    across[other.lang] = Query(indexed.over(kept))
                score = across[other.lang].score(other.over(kept), least)
            if score >= least:
                found[number] = score
        return found

    def evidence(self, one: Indexed, other: Indexed) -> Evidence:
        """What speaks for two articles reporting one event."""
        if one.lang == other.lang:
            return Query(one).evidence(other)
        kept = self._kept(one.lang, other.lang)
        return Query(one.over(kept)).evidence(other.over(kept))

    def _kept(self, one: str, other: str) -> frozenset[int]:
        """Numbers of the keys that two languages can be compared by."""
        return self._language(one) | self._language(other)

    def _language(self, lang: str) -> frozenset[int]:
        """Numbers of the keys of a language that can be compared with another language."""
        if lang not in self._languages:
            keys = keys_of(load(lang))
            self._vocabulary.dull(sorted(keys.news))
            self._languages[lang] = frozenset(self._vocabulary.numbers(sorted(keys.pivots)))
        return self._languages[lang]
