"""Story and Statement: the articles that report one event, and what was said, in all its renditions."""

from enum import StrEnum

import msgspec

from kutip.model.span import Span


class Story(msgspec.Struct, frozen=True):
    """The articles of one event, in order of publication (unknown dates last, then by id).

    id derives from the first article, so that a story keeps its id while later articles join. copies: article
    to the article that it repeats nearly word for word (a syndicated copy or a second printing); copies stand
    in ``articles`` too. since, until: ISO days of the first and last publication, None where no article has a
    date.
    """

    id: str
    articles: tuple[str, ...]
    copies: dict[str, str] = {}
    since: str | None = None
    until: str | None = None


class Telling(StrEnum):
    """How an article tells a statement: as the kinds of Attribution, or as the outlet's own words."""

    DIRECT = "direct"
    INDIRECT = "indirect"
    MIXED = "mixed"
    NARRATION = "narration"


class Relation(StrEnum):
    """What a rendition is to the reference: the fullest rendition, nearest to the speaker's own words.

    verbatim: the same words. trimmed: the same words, some left out. reworded: other words for the same,
    translations too. changed: a number, name, date, negation, certainty or duty is another. unattributed:
    told as the outlet's own words.
    """

    REFERENCE = "reference"
    VERBATIM = "verbatim"
    TRIMMED = "trimmed"
    REWORDED = "reworded"
    CHANGED = "changed"
    UNATTRIBUTED = "unattributed"


class Change(msgspec.Struct, frozen=True):
    """What differs from the reference. kind: "number", "hedge" (the bounds of a number), "rounding" (a number told
    more or less exactly), "name", "date" (a time of day too), "negation" or "modality".

    before, after: the words in the reference and in the rendition; negations and modals with the word that they
    are about.
    """

    kind: str
    before: str
    after: str


class Rendition(msgspec.Struct, frozen=True):
    """One statement as one article tells it.

    content: spans of the article's text. attribution: which of the article's attributions it is (or is a part
    of), counted from 0 in their order; None for narration. speaker: as that article names it.
    """

    id: str
    article: str
    content: tuple[Span, ...]
    kind: Telling
    attribution: int | None = None
    speaker: str | None = None


class Edge(msgspec.Struct, frozen=True):
    """From the reference to another rendition, both by id.

    score: 0 to 1, how sure the link is. features: name to value, the evidence that the score was weighed
    from.
    """

    source: str
    target: str
    relation: Relation
    changes: tuple[Change, ...] = ()
    score: float = 1.0
    features: dict[str, float] = {}


class Statement(msgspec.Struct, frozen=True):
    """The thing said: one speaker, one act of saying. renditions: the reference first, then by article order.

    speaker: the fullest name among the renditions, None when nobody is named. edges: one for each rendition
    but the reference.
    """

    id: str
    speaker: str | None
    renditions: tuple[Rendition, ...]
    edges: tuple[Edge, ...] = ()
