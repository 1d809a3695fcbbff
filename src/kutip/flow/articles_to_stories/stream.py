"""Stories as a stream: articles come in one at a time or ten thousand, stories are asked for at any time.

An article is compared with those that share its rarest keys (an inverted index), never with all: what it
costs to take an article in does not grow with their number. Asking for stories groups anew only what new
articles touched.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import islice

import msgspec

from kutip.flow.articles_to_stories.compare import WINDOW, Comparer, Options
from kutip.flow.articles_to_stories.copies import Copies
from kutip.flow.articles_to_stories.features import ArticleFeatures
from kutip.flow.articles_to_stories.regroup import Regrouping
from kutip.flow.articles_to_stories.score import Evidence, Indexed
from kutip.flow.articles_to_stories.weights import Vocabulary
from kutip.model import Story, content_id

__all__ = ["Options", "StoryStream", "make_stories"]

UNKNOWN = "9999-99-99"  # sorts after every day


class Taken(msgspec.Struct, frozen=True):
    """What is found when an article is taken in. copy_of: the original that it copies.

    scores: how likely it is of the event of others, those that are worth remembering; all by number.
    """

    number: int
    copy_of: int | None = None
    scores: dict[int, float] = {}


class Intake:
    """Takes articles in, one after the other, and compares each with those before it.

    order: day (unknown last) and id of each, by number.
    """

    def __init__(self, options: Options) -> None:
        self.order: list[tuple[str, str]] = []
        self._comparer = Comparer(Vocabulary(), options)
        self._too_many = options.postings + 1  # what is looked through for one article ends before these
        self._known: dict[str, int] = {}
        self._indexed: dict[int, Indexed] = {}
        self._days: dict[int, int | None] = {}
        self._postings: dict[int, list[int]] = defaultdict(list)
        self._copies = Copies()

    def learn(self, article: ArticleFeatures) -> None:
        """Counts the keys of an article, so that rare keys are known from common ones."""
        self._comparer.learn(article)

    def take(self, article: ArticleFeatures) -> Taken | None:
        """Takes one article in; None where it is there already. ``learn`` it first, or all of many first."""
        return self._take(article, self._compared)

    def shelve(self, article: ArticleFeatures) -> None:
        """Takes one article in, so that others are compared with it, which itself is compared with none."""
        self._take(article, lambda indexed: {})

    def _take(
        self, article: ArticleFeatures, compared: Callable[[Indexed], dict[int, float]]
    ) -> Taken | None:
        if article.id in self._known:
            return None
        number = self._known[article.id] = len(self.order)
        self.order.append(order_of(article))
        original = self._copies.find(article.sketch)
        if original is not None:
            return Taken(number, original)
        self._copies.add(number, article.sketch)
        indexed = self._comparer.index(article)
        scores = compared(indexed)
        self._indexed[number] = indexed
        self._days[number] = indexed.day
        for key in indexed.found_by():
            self._postings[key].append(number)
        return Taken(number, None, scores)

    def _compared(self, indexed: Indexed) -> dict[int, float]:
        candidates = self._comparer.candidates(indexed, self)
        return self._comparer.scores(indexed, ((n, self._indexed[n]) for n in candidates))

    def evidence(self, one: str, other: str) -> Evidence:
        """What speaks for two articles, neither of them a copy, reporting one event. Raises KeyError."""
        a, b = (self._indexed[self._known[article]] for article in (one, other))
        return self._comparer.evidence(a, b)

    def postings(self, key: int, day: int | None) -> Sequence[int]:
        """Articles with this key, no more than WINDOW days from ``day``, or of no known day; of too many, some."""
        found = self._postings.get(key, ())
        if day is None:
            return found
        days = self._days
        near = (number for number in found if abs((days[number] or day) - day) <= WINDOW)
        return list(islice(near, self._too_many))

    def place(self, number: int) -> tuple[str, str]:
        """Day (unknown last) and id."""
        return self.order[number]


class StoryStream:
    """Takes articles, gives stories. An article that is there already is not taken again.

    The same articles in another order can give another answer in one thing: an article is weighed by how rare
    its words are among the articles seen so far. ``make_stories`` has no such difference.
    """

    def __init__(self, options: Options | None = None) -> None:
        self.options = options or Options()
        self._intake = Intake(self.options)
        self._copy_of: dict[int, int] = {}
        self._groups = Regrouping(self.options.criterion)

    def learn(self, article: ArticleFeatures) -> None:
        """Counts the keys of an article, so that rare keys are known from common ones."""
        self._intake.learn(article)

    def add(self, article: ArticleFeatures) -> None:
        """Takes one article in. ``learn`` it first, or all of many first."""
        taken = self._intake.take(article)
        if taken is None:
            return
        if taken.copy_of is not None:
            self._copy_of[taken.number] = taken.copy_of
        else:
            self._groups.add(taken.number, taken.scores)

    def stories(self) -> tuple[Story, ...]:
        """The stories of all articles taken so far, in order of their first article."""
        order = self._intake.order
        copies = defaultdict(list)
        for copy, original in self._copy_of.items():
            copies[original].append(copy)
        found = [
            sorted((n for one in group for n in (one, *copies[one])), key=order.__getitem__)
            for group in self._groups.current(order)
        ]
        known = {order[copy][1]: order[original][1] for copy, original in self._copy_of.items()}
        return tuple(
            story([order[n] for n in group], known) for group in sorted(found, key=lambda g: order[g[0]])
        )

    def evidence(self, one: str, other: str) -> Evidence:
        """What speaks for two articles, neither of them a copy, reporting one event. Raises KeyError."""
        return self._intake.evidence(one, other)


def order_of(article: ArticleFeatures) -> tuple[str, str]:
    """What articles are sorted by: day (unknown last) and id."""
    return article.day or UNKNOWN, article.id


def story(members: Sequence[tuple[str, str]], copies: Mapping[str, str]) -> Story:
    """The story of articles, given by day (unknown last) and id, in order. copies: copy to original, of any story."""
    ids = [id_ for _, id_ in members]
    days = [day for day, _ in members if day != UNKNOWN]
    return Story(
        id=content_id("story", ids[0]),
        articles=tuple(ids),
        copies={id_: copies[id_] for id_ in ids if id_ in copies},
        since=days[0] if days else None,
        until=days[-1] if days else None,
    )


def make_stories(articles: Iterable[ArticleFeatures], options: Options | None = None) -> tuple[Story, ...]:
    """The one canonical answer for a set of articles, in whatever order they are given.

    All are weighed by how rare their words are among all, and taken in order of day and id.
    """
    stream = StoryStream(options)
    taken = sorted(articles, key=order_of)
    for article in taken:
        stream.learn(article)
    for article in taken:
        stream.add(article)
    return stream.stories()
