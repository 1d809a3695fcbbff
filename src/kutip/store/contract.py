"""What any store of a record can do: three small contracts, and the rows that they speak in.

Store opens a Writer for a run and gives a View to read. Writers only add; the View never changes anything.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Protocol

import msgspec

from kutip.model import Article, Attribution, Page, Rejection, Span
from kutip.store.readers import ReadBy

if TYPE_CHECKING:  # so that a command that only reads starts without the flow
    from kutip.flow.page_to_article.learned import OutletArticle
    from kutip.flow.pipeline import Processed

Progress = Callable[[str, int], None]
"""Told what is done, and for how many."""


def quietly(what: str, count: int) -> None:
    """A Progress that nobody asks for."""


class Run(msgspec.Struct, frozen=True):
    """What starts a run: version of Kutip, options it was given, ISO 8601 time of the start."""

    version: str
    options: Mapping[str, object]
    started: str


class Counts(msgspec.Struct):
    """What a run met: pages seen; pages, articles, attributions (no repeats), rejections that were new."""

    pages: int = 0
    new_pages: int = 0
    articles: int = 0
    attributions: int = 0
    rejections: int = 0


class KeptAttribution(msgspec.Struct, frozen=True):
    """An attribution in the record. repeat_of: id of the one whose words it only prints again, or None."""

    id: str
    attribution: Attribution
    repeat_of: str | None = None


class KeptArticle(msgspec.Struct, frozen=True):
    """An article in the record.

    page: name of the page that it came from first. version, versions: it is the first, second … of so many
    texts seen under its URL. superseded_by: id of the next version, or None.
    """

    article: Article
    attributions: tuple[KeptAttribution, ...]
    page: str
    fetched_at: str | None = None
    version: int = 1
    versions: int = 1
    superseded_by: str | None = None


class Whose(msgspec.Struct, frozen=True):
    """Whose words are meant: those of an actor, by its id, under all its names; or of no actor ("") under these."""

    names: tuple[str, ...]
    actor: str = ""


class SaidQuery(msgspec.Struct, frozen=True):
    """Which statements are asked for; an empty field asks nothing.

    by, to, via, outlet: part of a name; case and accents do not matter. about: words, all of them; the
    beginning of a word is enough from four letters on; "words in quotation marks" stand together. since,
    until: ISO dates, both included, as precise as wanted ("2025-02"); they ask for the day it was said, else
    published.
    kind, force: values of model.Kind and model.Force. whose: of one speaker. limit: None for all.
    """

    by: str = ""
    about: str = ""
    to: str = ""
    via: str = ""
    outlet: str = ""
    since: str = ""
    until: str = ""
    kind: str = ""
    force: str = ""
    whose: Whose | None = None
    limit: int | None = None


class Said(msgspec.Struct, frozen=True):
    """One statement as a row: who, what, when, to whom, through which outlet; spans into the article's text.

    day: said_on, else the day of publication, as precise as known. page: name of the page that it came from.
    """

    id: str
    day: str | None
    speaker: str | None
    speaker_kind: str
    speaker_role: str
    kind: str
    force: str
    negated: bool
    conditional: bool
    content: str
    cue: str | None
    source: str | None
    to: str
    via: tuple[str, ...]
    venue: str
    said_on: str | None
    said_on_evidence: str
    confidence: float
    rule: str
    outlet: str | None
    published: str | None
    headline: str | None
    url: str | None
    page: str
    article: str
    content_spans: tuple[Span, ...]
    cue_span: Span | None
    source_span: Span | None


class Hit(msgspec.Struct, frozen=True):
    """A place found by full text. what: "article" or "attribution".

    snippet: words around it, those that were asked for between \\x02 and \\x03.
    """

    what: str
    id: str
    snippet: str
    outlet: str | None
    day: str | None
    title: str | None
    speaker: str | None = None


class Newest(msgspec.Struct, frozen=True):
    """An article in a list. statements: repeats not counted."""

    id: str
    headline: str | None
    outlet: str | None
    published: str | None
    lang: str | None
    statements: int


class Tally(msgspec.Struct, frozen=True):
    """A value and how often it occurs."""

    name: str | None
    count: int


class Stats(msgspec.Struct, frozen=True):
    """What the record holds. articles: current versions; superseded: older ones. Repeats are not counted.

    readers: who read the articles, older versions of these included.
    """

    pages: int
    articles: int
    superseded: int
    attributions: int
    repeats: int
    speakers: int
    first_day: str | None
    last_day: str | None
    outlets: tuple[Tally, ...]
    languages: tuple[Tally, ...]
    kinds: tuple[Tally, ...]
    top_speakers: tuple[Tally, ...]
    rejections: tuple[Tally, ...]
    readers: tuple[ReadBy, ...]


class Problem(msgspec.Struct, frozen=True):
    """Something in the record that does not hold. table: where; id: of the row, or ""; what: a sentence."""

    table: str
    id: str
    what: str


class Writer(Protocol):
    """Adds what a run found, each page whole or not at all; passes over what the record has already."""

    counts: Counts

    def knows(self, page: Page) -> bool:
        """Whether the record has an article of this page: of the same bytes under the same URL."""

    def add(self, processed: "Processed") -> None:
        """Keeps a page with all that came of it."""

    def reject(self, rejection: Rejection) -> None:
        """Keeps why something never became a page."""

    def flush(self) -> None:
        """Writes what waits to be written."""

    def rebuild(self, progress: Progress) -> None:
        """Makes stories, actors and statements anew from all articles; ``progress``: what, and how many."""

    def finish(self, finished: str, progress: Progress = quietly) -> None:
        """Brings up to date what derives from pages, and ends the run; ``finished`` is the ISO 8601 time of its end.

        progress: told what, and how many, where everything is to be made anew.
        """


class View(Protocol):
    """Reads the record."""

    def said(self, query: SaidQuery) -> Iterator[Said]:
        """Statements of current articles without repeats, latest day first, in an article as in its text."""

    def said_and_count(self, query: SaidQuery, up_to: int) -> tuple[list[Said], int]:
        """What ``said`` gives, and how many it gives without its limit: one more than ``up_to`` where they are more."""

    def count_said(self, query: SaidQuery) -> int:
        """How many ``said`` gives without its limit."""

    def search(self, words: str, limit: int) -> tuple[Hit, ...]:
        """Articles and attributions with all of ``words``, best first, at most ``limit`` of each."""

    def article(self, key: str) -> KeptArticle:
        """The article with this id, beginning of an id, or URL (its current version). Raises NotFound."""

    def article_of(self, page: Page) -> KeptArticle | None:
        """The article that these bytes under this URL were understood as; None where they are not known."""

    def attribution(self, key: str) -> tuple[KeptArticle, KeptAttribution]:
        """The attribution with this id or beginning of an id, and its article. Raises NotFound."""

    def articles(self) -> Iterator[KeptArticle]:
        """All current articles, latest first."""

    def selected(self, query: SaidQuery) -> Iterator[KeptArticle]:
        """The articles of the statements that ``said`` gives, each with those alone; in order of arrival."""

    def stats(self) -> Stats:
        """What the record holds."""

    def outlet_articles(self, latest: int) -> "Iterator[OutletArticle]":
        """The ``latest`` articles of each outlet, outlet after outlet, for learning its furniture."""


class Store(Protocol):
    """A record that is open."""

    def writer(self, run: Run) -> Writer:
        """Starts a run. The record must have been opened to write."""

    def view(self) -> View:
        """For reading."""

    def close(self) -> None:
        """Ends the use of the record; what was not written yet is not."""
