"""Annotated articles: one JSON object a line.

``{"id", "text", "lang"?, "published"?, "outlet"?, "attributions": […]}``, the attributions as
``kutip attribute`` writes them, with ``kind``, ``content``, ``cue``, ``source``, ``speaker``, ``via``,
``to``, ``said_on``; only ``content`` is required.
"""

from collections.abc import Iterator, Sequence
from typing import TypeVar

import msgspec

from kutip.measure.attribution import Marked
from kutip.model import Span

T = TypeVar("T")


class GoldError(Exception):
    """A line is not an annotated article. The message names file, line and field."""


class GoldArticle(msgspec.Struct, frozen=True):
    """An article with the attributions that a reader found in it; ``published`` is an ISO date or None."""

    id: str
    text: str
    attributions: tuple[Marked, ...] = ()
    lang: str | None = None
    published: str | None = None
    outlet: str | None = None


class _Predicted(msgspec.Struct, frozen=True):
    id: str
    attributions: tuple[Marked, ...] = ()


def read_gold(name: str, content: bytes) -> tuple[GoldArticle, ...]:
    """The articles of a gold file; ``name`` is used in messages. Raises GoldError."""
    articles = tuple(_rows(name, content, GoldArticle))
    seen: set[str] = set()
    for article in articles:
        if article.id in seen:
            raise GoldError(f"{name}: the id {article.id!r} stands twice; ids must differ")
        seen.add(article.id)
        for number, mark in enumerate(article.attributions):
            for span in _spans(mark):
                if not 0 <= span.start <= span.end <= len(article.text):
                    raise GoldError(
                        f"{name}: article {article.id!r}, attribution {number}:"
                        f" the span {span.start} to {span.end} lies outside the"
                        f" text of {len(article.text)} code points"
                    )
    return articles


def read_predicted(name: str, content: bytes) -> dict[str, Sequence[Marked]]:
    """Attributions by article id from a file that ``kutip attribute`` wrote. Raises GoldError."""
    return {row.id: row.attributions for row in _rows(name, content, _Predicted)}


def _spans(mark: Marked) -> Iterator[Span]:
    yield from mark.content
    yield from (span for span in (mark.cue, mark.source) if span)


def _rows(name: str, content: bytes, schema: type[T]) -> Iterator[T]:
    for number, line in enumerate(content.split(b"\n"), 1):
        if not line.strip():
            continue
        try:
            yield msgspec.json.decode(line, type=schema)
        except msgspec.DecodeError as error:
            raise GoldError(f"{name}, line {number}: {error}") from error
