"""Stories as a stream: articles come in one at a time or ten thousand, stories are asked for at any time.

An article is compared with those that share its rarest keys (an inverted index), never with all: what it
costs to take an article in does not grow with their number. Asking for stories groups anew only what new
articles touched.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from kutip.flow.articles_to_stories.compare import WINDOW, Comparer, Options
from kutip.flow.articles_to_stories.copies import Copies
from kutip.flow.articles_to_stories.features import ArticleFeatures
from kutip.flow.articles_to_stories.regroup import Regrouping
from kutip.flow.articles_to_stories.score import Evidence, Indexed
from kutip.flow.articles_to_stories.weights import Vocabulary
from kutip.model import Story, content_id

__all__ = ["Options", "StoryStream", "make_stories"]

_UNKNOWN = "9999-99-99"  # sorts after every day


class StoryStream:
    """Takes articles, gives stories. An article that is there already is not taken again.

    The same articles in another order can give another answer in one thing: an article is weighed by how rare
    its words are among the articles seen so far. ``make_stories`` has no such difference.
    """

    def __init__(self, options: Options | None = None) -> None:
        self.options = options or Options()
        self._comparer = Comparer(Vocabulary(), self.options)
        self._known: dict[str, int] = {}
        self._order: list[tuple[str, str]] = []  # day (unknown last) and id, by number
        self._indexed: dict[int, Indexed] = {}
        self._days: dict[int, int | None] = {}
        self._postings: dict[int, list[int]] = defaultdict(list)
        self._copies = Copies()
        self._copy_of: dict[int, int] = {}
        self._groups = Regrouping(self.options.criterion)

    def learn(self, article: ArticleFeatures) -> None:
        """Counts the keys of an article, so that rare keys are known from common ones."""
        self._comparer.learn(article)

    def add(self, article: ArticleFeatures) -> None:
        """Takes one article in. ``learn`` it first, or all of many first."""
        if article.id in self._known:
            return
        number = self._known[article.id] = len(self._order)
        self._order.append((article.day or _UNKNOWN, article.id))
        original = self._copies.find(article.sketch)
        if original is not None:
            self._copy_of[number] = original
            return
        self._copies.add(number, article.sketch)
        indexed = self._comparer.index(article)
        candidates = self._comparer.candidates(indexed, self)
        self._indexed[number] = indexed
        self._days[number] = indexed.day
        self._groups.add(number, self._comparer.scores(indexed, ((n, self._indexed[n]) for n in candidates)))
        for key in indexed.found_by():
            self._postings[key].append(number)

    def stories(self) -> tuple[Story, ...]:
        """The stories of all articles taken so far, in order of their first article."""
        copies = defaultdict(list)
        for copy, original in self._copy_of.items():
            copies[original].append(copy)
        found = [
            sorted((n for one in group for n in (one, *copies[one])), key=self._order.__getitem__)
            for group in self._groups.current(self._order)
        ]
        return tuple(self._story(group) for group in sorted(found, key=lambda g: self._order[g[0]]))

    def evidence(self, one: str, other: str) -> Evidence:
        """What speaks for two articles, neither of them a copy, reporting one event. Raises KeyError."""
        a, b = (self._indexed[self._known[article]] for article in (one, other))
        return self._comparer.evidence(a, b)

    def postings(self, key: int, day: int | None) -> Sequence[int]:
        """Articles with this key, no more than WINDOW days from ``day``, or of no known day."""
        found = self._postings.get(key, ())
        if day is None:
            return found
        days = self._days
        return [number for number in found if abs((days[number] or day) - day) <= WINDOW]

    def place(self, number: int) -> tuple[str, str]:
        """Day (unknown last) and id."""
        return self._order[number]

    def _story(self, group: list[int]) -> Story:
        ids = [self._order[n][1] for n in group]
        days = [self._order[n][0] for n in group if self._order[n][0] != _UNKNOWN]
        return Story(
            id=content_id("story", ids[0]),
            articles=tuple(ids),
            copies={self._order[n][1]: self._order[self._copy_of[n]][1] for n in group if n in self._copy_of},
            since=days[0] if days else None,
            until=days[-1] if days else None,
        )


def make_stories(articles: Iterable[ArticleFeatures], options: Options | None = None) -> tuple[Story, ...]:
    """The one canonical answer for a set of articles, in whatever order they are given.

    All are weighed by how rare their words are among all, and taken in order of day and id.
    """
    stream = StoryStream(options)
    taken = sorted(articles, key=lambda a: (a.day or _UNKNOWN, a.id))
    for article in taken:
        stream.learn(article)
    for article in taken:
        stream.add(article)
    return stream.stories()
