"""What a page shows of articles and their attributions: structs that a template prints as they are."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Protocol

import msgspec

from kutip.model import Article, Attribution, Dated, Role
from kutip.views.marks import Run, close, cut, marks_of

GAP = " … "  # between the pieces of a content that is not in one piece

# Blocks that a reader of the story reads; all others are folded away, and can be unfolded.
READ = frozenset(
    {Role.HEADLINE, Role.KICKER, Role.LEAD, Role.BODY, Role.SUBHEAD, Role.DATELINE, Role.CAPTION}
)


class Kept(Protocol):
    """An attribution as a record keeps it."""

    @property
    def id(self) -> str:
        """Its id in the record."""

    @property
    def attribution(self) -> Attribution:
        """What was found."""

    @property
    def repeat_of(self) -> str | None:
        """The id of the one whose words it only prints again, or None."""


class Attributed(Protocol):
    """An article with its attributions, as a record gives it."""

    @property
    def article(self) -> Article:
        """The article."""

    @property
    def attributions(self) -> Sequence[Kept]:
        """Its attributions in the order of the text."""


class NoteView(msgspec.Struct, frozen=True):
    """An attribution. key: unique on the page; number: in its article, from 1; words: of its content."""

    key: str
    number: int
    id: str
    said: Attribution
    repeat: bool
    words: str
    cue: str
    source: str


class BlockView(msgspec.Struct, frozen=True):
    """A block as runs; ``role`` is None for words that stand in no block."""

    start: int
    end: int
    role: Role | None
    runs: tuple[Run, ...]


class SectionView(msgspec.Struct, frozen=True):
    """Blocks that follow each other and are shown, or folded away, together. roles: theirs, each once."""

    folded: bool
    blocks: tuple[BlockView, ...]
    roles: tuple[Role, ...]


class ArticleView(msgspec.Struct, frozen=True):
    """An article. link: its URL if it is http(s).

    title: the block that prints its headline, or None; kickers: those before it, which stand above it.
    """

    key: str
    headline: str
    title: BlockView | None
    kickers: tuple[BlockView, ...]
    outlet: str
    byline: str
    lang: str
    link: str
    published: Dated | None
    sections: tuple[SectionView, ...]
    notes: tuple[NoteView, ...]


class LineView(msgspec.Struct, frozen=True):
    """An attribution in the list of its speaker."""

    note: NoteView
    article: ArticleView


class SpeakerView(msgspec.Struct, frozen=True):
    """A speaker with all lines in the order of the articles. name: "" where it is not known."""

    name: str
    role: str
    lines: tuple[LineView, ...]


class PageView(msgspec.Struct, frozen=True):
    """All that a page shows. Counts are (value, number), most frequent first; repeats are not counted."""

    articles: tuple[ArticleView, ...]
    speakers: tuple[SpeakerView, ...]
    names: tuple[tuple[str, int], ...]
    outlets: tuple[tuple[str, int], ...]
    kinds: tuple[tuple[str, int], ...]
    forces: tuple[tuple[str, int], ...]
    total: int


def page_view(articles: Iterable[Attributed]) -> PageView:
    """The view of articles, in the order given."""
    views = tuple(article_view(kept, f"a{index}") for index, kept in enumerate(articles))
    notes = [(view, note) for view in views for note in view.notes if not note.repeat]
    speakers = _speakers(notes)
    return PageView(
        articles=views,
        speakers=speakers,
        names=tuple((s.name, len(s.lines)) for s in speakers if s.name),
        outlets=_counted(view.outlet for view in views if view.outlet),
        kinds=_counted(note.said.kind.value for _, note in notes),
        forces=_counted(note.said.force.value for _, note in notes),
        total=len(notes),
    )


def article_view(kept: Attributed, key: str) -> ArticleView:
    """The view of one article; ``key`` starts the keys of its attributions."""
    article = kept.article
    blocks = _blocks(article, [k.attribution for k in kept.attributions])
    title = _title(article, blocks)
    before = blocks[: blocks.index(title)] if title else []
    kickers = [block for block in before if block.role is Role.KICKER]
    shown = [block for block in blocks if block is not title and block not in kickers]
    return ArticleView(
        key=key,
        headline=article.headline or _first_words(article, blocks),
        title=title,
        kickers=tuple(kickers),
        outlet=article.outlet or "",
        byline=article.byline or "",
        lang=article.lang or "",
        link=_link(article.url),
        published=article.published,
        sections=tuple(_sections(shown)),
        notes=tuple(_note(article.text, k, key, n) for n, k in enumerate(kept.attributions, start=1)),
    )


def _blocks(article: Article, attributions: Sequence[Attribution]) -> list[BlockView]:
    marks = sorted(marks_of(attributions), key=lambda m: m.span)
    places = list(_places(article))
    runs: list[list[Run]] = []
    pending = 0
    active = []
    for start, end, _ in places:
        while pending < len(marks) and marks[pending].span.start < end:
            active.append(marks[pending])
            pending += 1
        active = [m for m in active if m.span.end > start]
        runs.append(cut(article.text, start, end, active))
    closed = close(runs)
    return [BlockView(s, e, role, tuple(r)) for (s, e, role), r in zip(places, closed, strict=True)]


def _places(article: Article) -> Iterator[tuple[int, int, Role | None]]:
    """Blocks in the order of the text, and between them what stands in no block, so that nothing is lost."""
    at = 0
    for block in sorted(article.blocks, key=lambda b: b.start):
        yield from _between(article.text, at, block.start)
        yield block.start, block.end, block.role
        at = max(at, block.end)
    yield from _between(article.text, at, len(article.text))


def _between(text: str, start: int, end: int) -> Iterator[tuple[int, int, Role | None]]:
    if text[start:end].strip():
        yield start, end, None


def _title(article: Article, blocks: Sequence[BlockView]) -> BlockView | None:
    """The first headline, where the metadata have no other."""
    block = next((b for b in blocks if b.role is Role.HEADLINE), None)
    if (
        block
        and article.headline
        and article.headline.split() != article.text[block.start : block.end].split()
    ):
        return None
    return block


def _first_words(article: Article, blocks: Sequence[BlockView]) -> str:
    headline = next((b for b in blocks if b.role is Role.HEADLINE), None) or next(iter(blocks), None)
    return article.text[headline.start : headline.end][:120] if headline else ""


def _sections(blocks: Sequence[BlockView]) -> Iterator[SectionView]:
    """Runs of blocks that are shown or folded away. A dateline goes with the block that it opens."""
    folded = [block.role is not None and block.role not in READ for block in blocks]
    for n in range(len(blocks) - 2, -1, -1):
        if blocks[n].role is Role.DATELINE:
            folded[n] = folded[n + 1]
    for fold, numbered in groupby(enumerate(blocks), lambda item: folded[item[0]]):
        run = tuple(block for _, block in numbered)
        yield SectionView(fold, run, tuple(dict.fromkeys(b.role for b in run if b.role)))


def _note(text: str, kept: Kept, key: str, number: int) -> NoteView:
    said = kept.attribution
    return NoteView(
        key=f"{key}-{number}",
        number=number,
        id=kept.id,
        said=said,
        repeat=kept.repeat_of is not None,
        words=GAP.join(span.of(text) for span in said.content),
        cue=said.cue.of(text) if said.cue else "",
        source=said.source.of(text) if said.source else "",
    )


def _speakers(notes: Sequence[tuple[ArticleView, NoteView]]) -> tuple[SpeakerView, ...]:
    """Speakers by name, those with most to say first, the unknown last."""
    lines: dict[str, list[LineView]] = {}
    for article, note in notes:
        lines.setdefault(note.said.speaker or "", []).append(LineView(note, article))
    order = sorted(lines, key=lambda name: (not name, -len(lines[name]), name.casefold(), name))
    return tuple(SpeakerView(name, _role(lines[name]) if name else "", tuple(lines[name])) for name in order)


def _role(lines: Sequence[LineView]) -> str:
    """The role that is written most often beside the name, the first of those that tie."""
    roles = Counter(line.note.said.role for line in lines if line.note.said.role)
    return roles.most_common(1)[0][0] if roles else ""


def _link(url: str | None) -> str:
    """The URL where a browser may safely follow it, else "": other schemes can carry code."""
    return url if url and re.match(r"https?://", url, re.IGNORECASE) else ""


def _counted(values: Iterable[str]) -> tuple[tuple[str, int], ...]:
    counts = Counter(values)
    return tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0])))
