"""Stories of more articles than one process should compare: by blocks of time, then stitched together.

A block is some days. Its articles are compared with each other and with those of the block before it, so that
blocks overlap and each can be done by itself, anywhere. Scores of all blocks together make one graph, whose
connected components (union-find) are grouped as everywhere else (``linkage``); one that no article of the last
block belongs to cannot grow any more and is let go. Articles of one block have the stories that
``make_stories`` gives them; over several blocks, words are rare or common among those of two blocks, not of all.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date

import msgspec

from kutip.flow.articles_to_stories.compare import WINDOW, Options
from kutip.flow.articles_to_stories.components import Components
from kutip.flow.articles_to_stories.features import ArticleFeatures
from kutip.flow.articles_to_stories.linkage import groups
from kutip.flow.articles_to_stories.stream import UNKNOWN, Intake, Taken, order_of, story
from kutip.model import Story

LENGTHS = (WINDOW, 30, 14, 7, 3, 1)  # days of a block
MOST = 50_000  # articles of two blocks side by side: about a gigabyte while they are compared
NO_DAY = 0


class Found(msgspec.Struct, frozen=True, array_like=True):
    """What an article was found to be beside those before it. order: day (unknown last) and id.

    copy_of: the article that it copies. scores: how likely it is of the event of others; both by id.
    """

    order: tuple[str, str]
    copy_of: str | None = None
    scores: dict[str, float] = {}


def day_of(published: str | None, fetched: str | None) -> int:
    """The day (ordinal) by which an article is put into a block: of publication, else of fetching, else NO_DAY.

    Both ISO 8601; what is no day of the calendar counts as not known.
    """
    for when in filter(None, (published, fetched)):
        try:
            return date.fromisoformat(when[:10]).toordinal()
        except ValueError:
            continue
    return NO_DAY


def length_of(days: Mapping[int, int]) -> int:
    """Days of a block: as many as can be, so that no block has more than MOST articles with the one before it.

    days: day (ordinal) to its number of articles.
    """
    for length in LENGTHS:
        sizes = Counter[int]()
        for day, articles in days.items():
            sizes[day // length] += articles
        if all(size + sizes[block - 1] <= MOST for block, size in sizes.items()):
            return length
    return LENGTHS[-1]


def compared(
    before: Sequence[ArticleFeatures],
    own: Sequence[ArticleFeatures],
    at: Callable[[str], None] = lambda article: None,
    options: Options | None = None,
) -> Iterator[Found]:
    """The articles of a block, in order, each compared with those before it.

    before: articles of the block before. at: told the id of each article before it is worked on.
    """
    intake = Intake(options or Options())
    for article in (*before, *own):
        intake.learn(article)
    for article in sorted(before, key=order_of):
        at(article.id)
        intake.shelve(article)
    for article in sorted(own, key=order_of):
        at(article.id)
        if taken := intake.take(article):
            yield _found(taken, intake.order)


def _found(taken: Taken, order: Sequence[tuple[str, str]]) -> Found:
    return Found(
        order[taken.number],
        None if taken.copy_of is None else order[taken.copy_of][1],
        {order[other][1]: score for other, score in taken.scores.items()},
    )


class Stitching:
    """Takes what was found block by block, in the order of the blocks, and gives stories."""

    def __init__(self, options: Options | None = None) -> None:
        self._criterion = (options or Options()).criterion
        self._found: dict[str, Found] = {}
        self._components = Components[str]()
        self._undated: set[str] = set()  # that two blocks may have, by days of fetching

    def add(self, block: Iterable[Found]) -> list[Story]:
        """Takes a block; gives the stories that no further block can change, in order of their first article."""
        latest = set()
        for found in block:
            id_ = found.order[1]
            if id_ in self._found or id_ in self._undated:
                continue
            latest.add(id_)
            self._take(id_, found)
        return self._closed(
            [r for r, members in self._components.members.items() if latest.isdisjoint(members)]
        )

    def rest(self) -> list[Story]:
        """The stories that are left, when there are no further blocks."""
        return self._closed(list(self._components.members))

    def _take(self, id_: str, found: Found) -> None:
        self._found[id_] = found
        self._components.add(id_)
        near = [other for other, score in found.scores.items() if score >= self._criterion.threshold]
        for other in [found.copy_of, *near]:
            if other in self._found:  # one that a block had twice may have been let go
                self._components.unite(id_, other)

    def _closed(self, roots: Sequence[str]) -> list[Story]:
        """The stories of these components, which are forgotten."""
        stories: list[tuple[tuple[str, str], Story]] = []
        for root in roots:
            found = {id_: self._found.pop(id_) for id_ in self._components.pop(root)}
            self._undated.update(id_ for id_, one in found.items() if one.order[0] == UNKNOWN)
            stories += self._grouped(found)
        return [one for _, one in sorted(stories, key=lambda pair: pair[0])]

    def _grouped(self, found: Mapping[str, Found]) -> Iterator[tuple[tuple[str, str], Story]]:
        """Stories of one component, each behind the place of its first article."""
        copies = {id_: _original(id_, found) for id_, one in found.items() if one.copy_of in found}
        nodes = sorted((id_ for id_ in found if id_ not in copies), key=lambda id_: found[id_].order)
        scores: dict[tuple[str, str], float] = {}
        for id_ in nodes:
            for other, score in found[id_].scores.items():
                one, two = sorted((id_, copies.get(other, other)))
                if one != two and one in found and two in found:
                    scores[one, two] = max(score, scores.get((one, two), 0.0))
        printed: dict[str, list[str]] = {}
        for copy, original in copies.items():
            printed.setdefault(original, []).append(copy)
        for group in groups(nodes, scores, self._criterion):
            members = sorted(found[id_].order for one in group for id_ in (one, *printed.get(one, ())))
            yield members[0], story(members, copies)


def _original(copy: str, found: Mapping[str, Found]) -> str:
    """What a copy, or a copy of a copy, is a copy of."""
    while (original := found[copy].copy_of) in found:
        copy = str(original)
    return copy
