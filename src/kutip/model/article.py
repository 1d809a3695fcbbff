"""Page, Article and Block: what came in, and what it was understood to be."""

from enum import StrEnum

import msgspec


class Role(StrEnum):
    """What a block of an article is. Only ``STATING`` roles yield attributions; nothing is deleted."""

    HEADLINE = "headline"
    KICKER = "kicker"
    LEAD = "lead"
    BODY = "body"
    SUBHEAD = "subhead"
    REPEAT = "repeat"  # a headline or lead printed a second time
    DATELINE = "dateline"  # a dateline that stands alone ("JAKARTA, KOMPAS.com")
    BYLINE = "byline"
    PUBLISHED = "published"  # the line that carries the publication date
    RELATED = "related"  # "Baca juga: …" and the link lines under it
    SOURCE_LINE = "source_line"  # "Sumber: …"
    EDITOR_LINE = "editor_line"  # "Editor: …", "Penulis: …", initials
    PROMOTION = "promotion"
    PAGINATION = "pagination"
    CAPTION = "caption"
    SHARE = "share"
    COMMENTS = "comments"  # comment form and comments
    LEGAL = "legal"
    ADVERTISEMENT = "advertisement"  # "SCROLL TO CONTINUE WITH CONTENT"
    FURNITURE = "furniture"  # what the outlet prints on many pages, learned from them


class Block(msgspec.Struct, frozen=True, gc=False):
    """A paragraph of the canonical text with its role: ``text[start:end]``, no edge whitespace.

    ``repeats`` is the index of the block that this one repeats, or None.
    """

    start: int
    end: int
    role: Role
    repeats: int | None = None


class Dated(msgspec.Struct, frozen=True):
    """A date with what it rests on.

    value: ISO 8601, as precise as known ("2025-02-25", "2025-02-26T08:16:00+07:00").
    precision: "minute", "day", "month" or "year".
    evidence: the words or the field that it was read from.
    origin: "declared" (metadata of the page), "given" (with the row), "text" (a line of the article) or
    "inferred" (guessed by a library: never trusted alone).
    """

    value: str
    precision: str
    evidence: str
    origin: str


class Page(msgspec.Struct, frozen=True):
    """Raw bytes as they came, with what the carrier said about them.

    name: file, row or record that it came from ("a.jsonl:17"). media_type: "text/html", "text/plain" or
    "application/json" (one JSONL row). fetched_at: ISO 8601 or None.
    """

    name: str
    content: bytes
    media_type: str
    url: str | None = None
    fetched_at: str | None = None


class Article(msgspec.Struct, frozen=True):
    """One page understood. ``text`` is canonical: every offset counts its code points.

    id derives from (url or name, sha256 of text); ``found_in`` says where each metadata field came from, such as
    {"headline": "json-ld", "outlet": "url"}.
    """

    id: str
    text: str
    sha256: str
    blocks: tuple[Block, ...]
    lang: str | None = None
    url: str | None = None
    headline: str | None = None
    outlet: str | None = None
    byline: str | None = None
    published: Dated | None = None
    found_in: dict[str, str] = {}

    @property
    def day(self) -> str | None:
        """Day of publication; None where it was only guessed, or no more than the month is known."""
        published = self.published
        known = published and published.origin != "inferred" and len(published.value) >= len("2025-02-25")
        return published.value[:10] if published and known else None
