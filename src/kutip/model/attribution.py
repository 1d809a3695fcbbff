"""Attribution: source, cue and content in one article.

The relation is that of the Penn Attribution Relations Corpus (Prasad et al. 2007; Pareti 2012) and of
PolNeAR (Newell et al. 2018).
"""

from enum import StrEnum

import msgspec

from kutip.model.span import Span


class Kind(StrEnum):
    """direct: all content in quotation marks; indirect: none; mixed: a clause with some words in them."""

    DIRECT = "direct"
    INDIRECT = "indirect"
    MIXED = "mixed"


class SpeakerKind(StrEnum):
    """What the speaker is."""

    PERSON = "person"
    ORGANISATION = "organisation"
    DOCUMENT = "document"
    UNNAMED = "unnamed"
    GROUP = "group"


class Force(StrEnum):
    """What the speaker does by speaking; each cue in a language pack carries one."""

    SAYS = "says"
    CLAIMS = "claims"
    DENIES = "denies"
    CONFIRMS = "confirms"
    ASKS = "asks"
    DEMANDS = "demands"
    URGES = "urges"
    PROMISES = "promises"
    PROPOSES = "proposes"
    WARNS = "warns"
    PREDICTS = "predicts"
    ACCUSES = "accuses"
    PRAISES = "praises"
    CRITICISES = "criticises"
    APOLOGISES = "apologises"
    BELIEVES = "believes"
    HOPES = "hopes"
    REFUSES = "refuses"
    THANKS = "thanks"


class Attribution(msgspec.Struct, frozen=True):
    """One report of what somebody said. Spans are code-point offsets into the article's text.

    speaker: the fullest name that the article gives, without title; None when it cannot be known.
    via: outlets and agencies through which the article got it, nearest first. to: whom it was said to, in the article's
    words, "" when not told. venue: where, in the article's words. said_on: ISO date or None; said_on_evidence: the
    words that tell it.
    negated: the content is negated. conditional: the content stands under a condition. confidence: 0 to 1.
    rule: name of the frame that found it.
    """

    kind: Kind
    content: tuple[Span, ...]
    cue: Span | None
    source: Span | None
    speaker: str | None
    speaker_kind: SpeakerKind
    via: tuple[str, ...]
    to: str
    said_on: str | None
    force: Force
    negated: bool
    confidence: float
    rule: str
    venue: str = ""
    said_on_evidence: str = ""
    conditional: bool = False
    role: str = ""  # title, role and affiliation of the speaker, as written beside the name
