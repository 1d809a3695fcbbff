"""The nouns of Kutip: frozen structs, no logic beyond ids, no I/O."""

from kutip.model.article import Article, Block, Dated, Page, Role
from kutip.model.attribution import Attribution, Force, Kind, SpeakerKind
from kutip.model.ids import content_id, sha256_hex
from kutip.model.rejection import Rejection
from kutip.model.span import Span
from kutip.model.story import Change, Edge, Relation, Rendition, Statement, Story, Telling

__all__ = [
    "Article",
    "Attribution",
    "Block",
    "Change",
    "Dated",
    "Edge",
    "Force",
    "Kind",
    "Page",
    "Rejection",
    "Relation",
    "Rendition",
    "Role",
    "Span",
    "SpeakerKind",
    "Statement",
    "Story",
    "Telling",
    "content_id",
    "sha256_hex",
]
