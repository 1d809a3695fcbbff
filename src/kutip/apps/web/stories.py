"""Pages of stories and statements, from what the store has of them."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence

import msgspec

from kutip.model import Article, Span
from kutip.store.lineage import StatementLine, StoryArticle, StoryFound, StoryLine, Told
from kutip.text.fold import fold
from kutip.views.web.align import Part, align

AROUND = 120  # code points of an article's text that are shown before and after a rendition


class StoriesPage(msgspec.Struct, frozen=True):
    """Stories, the last first, out of ``of``."""

    stories: tuple[StoryLine, ...]
    of: int


class Row(msgspec.Struct, frozen=True):
    """A statement with its first rendition in each outlet of the page; None where it has none."""

    statement: StatementLine
    cells: tuple[Told | None, ...]


class Original(msgspec.Struct, frozen=True):
    """An article with the copies of it."""

    article: StoryArticle
    copies: tuple[StoryArticle, ...]


class Chain(msgspec.Struct, frozen=True):
    """An outlet and those that it names as its way to the words, nearest first; how often."""

    outlet: str | None
    via: tuple[str, ...]
    count: int


class StoryPage(msgspec.Struct, frozen=True):
    """A story. timeline: of each statement the rendition that was published first, by the day of the saying.

    missing: named as a source, with no article of theirs in the story.
    """

    found: StoryFound
    outlets: tuple[str | None, ...]
    matrix: tuple[Row, ...]
    timeline: tuple[Told, ...]
    chains: tuple[Chain, ...]
    missing: tuple[str, ...]
    originals: tuple[Original, ...]

    @property
    def shared(self) -> tuple[Row, ...]:
        """Statements that several outlets tell."""
        return tuple(row for row in self.matrix if sum(cell is not None for cell in row.cells) > 1)

    @property
    def single(self) -> tuple[Row, ...]:
        """Statements that one outlet tells."""
        return tuple(row for row in self.matrix if sum(cell is not None for cell in row.cells) <= 1)


class Rendered(msgspec.Struct, frozen=True):
    """A rendition beside the reference. parts: word by word, empty where that tells nothing.

    before, words, after: of the article, where its text is shown.
    """

    told: Told
    parts: tuple[Part, ...]
    before: str
    words: str
    after: str


class StatementPage(msgspec.Struct, frozen=True):
    """A statement. first: the rendition that was published first. citation, bibtex: to cite it by.

    missing: named as a source, with no rendition of theirs.
    """

    statement: StatementLine
    first: Told
    renditions: tuple[Rendered, ...]
    missing: tuple[str, ...]
    citation: str
    bibtex: str


def story_page(found: StoryFound) -> StoryPage:
    """The page of a story."""
    spelt: dict[str | None, str | None] = {}  # by case and accents, as the first article has it
    for article in found.articles:
        spelt.setdefault(_key(article.outlet), article.outlet)
    outlets = tuple(spelt.values())
    told = [one for statement in found.statements for one in statement.renditions]
    chains = Counter((one.outlet, one.via) for one in told if one.via)
    firsts = [_first(statement) for statement in found.statements if statement.renditions]
    return StoryPage(
        found=found,
        outlets=outlets,
        matrix=tuple(_row(statement, tuple(spelt)) for statement in found.statements if statement.renditions),
        timeline=tuple(sorted(firsts, key=lambda one: (one.said_on or one.published or "~", one.statement))),
        chains=tuple(Chain(outlet, via, count) for (outlet, via), count in chains.most_common()),
        missing=_missing(told, outlets),
        originals=tuple(_originals(found.articles)),
    )


def statement_page(statement: StatementLine, article_of: Callable[[str], Article] | None) -> StatementPage:
    """The page of a statement. article_of: by id, where the texts around its renditions may be shown."""
    first = _first(statement)
    reference = statement.renditions[0]
    rendered = [_rendered(reference, one, article_of) for one in statement.renditions]
    missing = _missing(statement.renditions, [one.outlet for one in statement.renditions])
    return StatementPage(statement, first, tuple(rendered), missing, *_cited(statement, first))


def _missing(told: Iterable[Told], outlets: Iterable[str | None]) -> tuple[str, ...]:
    """Whom these renditions name as their source and who is not among the outlets."""
    present = {_key(name) for name in outlets}
    named = dict.fromkeys(name for one in told for name in one.via)
    return tuple(name for name in named if _key(name) not in present)


def _key(outlet: str | None) -> str | None:
    return outlet and fold(outlet)


def _row(statement: StatementLine, outlets: Sequence[str | None]) -> Row:
    cells: dict[str | None, Told] = {}
    for one in statement.renditions:
        cells.setdefault(_key(one.outlet), one)
    return Row(statement, tuple(cells.get(outlet) for outlet in outlets))


def _first(statement: StatementLine) -> Told:
    return min(statement.renditions, key=lambda one: (one.published or "~", one.position))


def _originals(articles: Sequence[StoryArticle]) -> list[Original]:
    copies: dict[str, list[StoryArticle]] = {}
    for article in articles:
        if article.copy_of:
            copies.setdefault(article.copy_of, []).append(article)
    ids = {article.id for article in articles}
    return [
        Original(article, tuple(copies.get(article.id, ())))
        for article in articles
        if article.copy_of is None or article.copy_of not in ids
    ]


def _rendered(reference: Told, one: Told, article_of: Callable[[str], Article] | None) -> Rendered:
    parts = align(reference.content, one.content) if one is not reference else ()
    if article_of is None or not one.content_spans:
        return Rendered(one, parts, "", "", "")
    text = article_of(one.article).text
    reach = Span(one.content_spans[0].start, one.content_spans[-1].end)
    before = text[max(0, reach.start - AROUND) : reach.start]
    return Rendered(one, parts, before, reach.of(text), text[reach.end : reach.end + AROUND])


def _cited(statement: StatementLine, first: Told) -> tuple[str, str]:
    """As a line and as BibTeX: who, the words, where they stand, and the hash that proves the text."""
    who, words = statement.speaker or first.speaker or "N.N.", statement.renditions[0].content
    where = ", ".join(filter(None, (first.headline, first.outlet, (first.published or "")[:10], first.url)))
    line = f"{who}: “{words}” ({where}). urn:kutip:{statement.id}, sha256:{first.sha256}"
    fields = {
        "author": who,
        "title": words,
        "howpublished": first.outlet or "",
        "year": (first.published or "")[:4],
        "url": first.url or "",
        "note": f"urn:kutip:{statement.id}, sha256:{first.sha256}",
    }
    lines = [f"  {name} = {{{_braced(value)}}}," for name, value in fields.items() if value]
    return line, "\n".join([f"@misc{{{statement.id},", *lines, "}"])


def _braced(value: str) -> str:
    """For BibTeX: characters that it gives a meaning are escaped, braces are left out."""
    return "".join(f"\\{c}" if c in "%&$#_" else "" if c in "{}\\" else c for c in value)
