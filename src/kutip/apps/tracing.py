"""What can be read off a story and a statement: by which way words came, who only repeats whom, what was said when."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

import msgspec

from kutip.model import Relation
from kutip.store.lineage import StatementLine, StoryArticle, StoryFound, Told
from kutip.text.fold import fold

_NEVER = "~"  # sorts after every date
_DAY = len("2025-02-25")


class Hop(msgspec.Struct):
    """A station on the way of a statement. told: its own renditions. after: who had it from there.

    elsewhere: it has renditions of its own, which name another way. missing: it is named as the way, but has none.
    """

    name: str
    told: list[Told] = []
    after: list["Hop"] = []
    elsewhere: bool = False

    @property
    def missing(self) -> bool:
        """Whether it is only named by others."""
        return not self.told and not self.elsewhere


class Repeats(msgspec.Struct, frozen=True):
    """An article all of whose statements were told before. whose: who told them first, with how many of them."""

    article: StoryArticle
    whose: tuple[tuple[StoryArticle, int], ...]
    statements: int


class Moment(msgspec.Struct, frozen=True):
    """When something was said. day: of the saying, None where it is not told. first: the first to publish it."""

    statement: StatementLine
    day: str | None
    first: Told


def ways(statement: StatementLine) -> list[Hop]:
    """From the speaker outwards: a station for each outlet or agency, under the one that it names as its source.

    An article that names a way once has all of the statement by it. Renditions without attribution are not in it.
    """
    out: list[Hop] = []
    told = [one for one in statement.renditions if one.relation != Relation.UNATTRIBUTED]
    way: dict[str, tuple[str, ...]] = {}
    for one in told:
        way[one.article] = max(way.get(one.article, ()), one.via, key=len)
    own = {fold(one.outlet) for one in told if one.outlet}
    for one in sorted(told, key=lambda one: (len(way[one.article]), when(one.published), one.position)):
        hops, at = out, None
        for name in (*reversed(one.via or way[one.article]), one.outlet or ""):
            at = next((hop for hop in hops if fold(hop.name) == fold(name) and name), None)
            if at is None:
                at = Hop(name, elsewhere=fold(name) in own)
                hops.append(at)
            hops = at.after
        if at is not None:
            at.told.append(one)
    return out


def without_source(statement: StatementLine) -> list[Told]:
    """Renditions that tell the statement as the outlet's own words, in articles that nowhere say who said it; in order
    of publication.
    """
    named = {one.article for one in statement.renditions if one.relation != Relation.UNATTRIBUTED}
    found = (one for one in statement.renditions if one.article not in named)
    return sorted(found, key=lambda one: (when(one.published), one.position))


def first_seen(statement: StatementLine) -> Told:
    """The rendition that was published first; one with a source before one without."""
    return min(statement.renditions, key=_first)


def role(statement: StatementLine) -> str | None:
    """What the speaker is, as most renditions that name the speaker so say it; None where none does."""
    named = fold(statement.speaker or "")
    told = [one.role for one in statement.renditions if one.role and fold(one.speaker or "") == named]
    often = Counter(told)
    return max(often, key=lambda words: (often[words], len(words), words), default=None)


def repeats(found: StoryFound) -> list[Repeats]:
    """The articles, copies aside, that say nothing that another one had not published before."""
    articles = {article.id: article for article in found.articles}
    first = {one.id: first_seen(one) for one in found.statements if one.renditions}
    of_article: dict[str, list[str]] = {}
    for statement in found.statements:
        for told_in in dict.fromkeys(one.article for one in statement.renditions):
            of_article.setdefault(told_in, []).append(statement.id)
    out = []
    for id_, article in articles.items():
        told = of_article.get(id_, ())
        whose = Counter(first[statement].article for statement in told)
        if told and article.published and not article.copy_of and id_ not in whose:
            others = tuple(
                (articles[other], count) for other, count in whose.most_common() if other in articles
            )
            out.append(Repeats(article, others, len(told)))
    return out


def timeline(found: StoryFound) -> list[Moment]:
    """What was said, by the day of the saying, else of its first publication."""
    moments = [
        Moment(
            one, min((told.said_on for told in one.renditions if told.said_on), default=None), first_seen(one)
        )
        for one in found.statements
        if one.renditions
    ]
    return sorted(moments, key=lambda m: (m.day or m.first.published or _NEVER, when(m.first.published)))


def folded(articles: Sequence[StoryArticle]) -> list[tuple[StoryArticle, list[StoryArticle]]]:
    """Originals by their time of publication, each with its copies."""
    ids = {article.id for article in articles}
    copies: dict[str, list[StoryArticle]] = {}
    for article in articles:
        if article.copy_of in ids:
            copies.setdefault(str(article.copy_of), []).append(article)
    originals = (article for article in articles if article.copy_of not in ids)
    return [(a, copies.get(a.id, [])) for a in sorted(originals, key=lambda a: when(a.published))]


def when(published: str | None) -> str:
    """A time of publication as what sorts: in UTC; a day alone after all hours of that day, none at the end."""
    if not published or len(published) <= _DAY:
        return (published or "") + _NEVER
    at = datetime.fromisoformat(published)
    return (at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)).isoformat()


def _first(one: Told) -> tuple[bool, str, int]:
    return one.relation == Relation.UNATTRIBUTED, when(one.published), one.position


def in_more_articles(statements: Iterable[StatementLine]) -> list[StatementLine]:
    """Those that more than one article tells."""
    return [one for one in statements if len({told.article for told in one.renditions}) > 1]
