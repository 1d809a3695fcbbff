"""A statement that renditions of later articles join: what became of it in them, and which is now the reference."""

from collections.abc import Sequence

import msgspec

from kutip.flow.attributions_to_statements.edges import relation
from kutip.flow.attributions_to_statements.features import Marks, marks
from kutip.flow.attributions_to_statements.renditions import NEAREST
from kutip.languages import Pack
from kutip.model import Edge, Force, Rendition


class Kept(msgspec.Struct, frozen=True):
    """A rendition as it is kept. words: of its content. day: of its article. force: of its attribution.

    score, features: of the link by which it came into its statement.
    """

    rendition: Rendition
    words: str
    pack: Pack
    day: str | None
    force: Force | None
    score: float = 1.0
    features: dict[str, float] = {}

    def marks(self) -> Marks:
        """What is compared of it."""
        return marks(self.words, self.pack, self.day, self.force)


def nearness(one: Kept) -> tuple[int, int, str, str]:
    """Sorts the one nearest to the speaker's own words first, as ``renditions.statement`` chooses the reference."""
    kind, length = NEAREST.index(one.rendition.kind), len(one.marks().tokens)
    return kind, -length, one.day or "9999", one.rendition.id


def edges(reference: Kept, others: Sequence[Kept]) -> list[Edge]:
    """An edge to each of the others, with the score and the evidence that they came with."""
    found = reference.marks()
    return [
        Edge(
            reference.rendition.id,
            one.rendition.id,
            *relation(found, one.marks(), one.rendition.kind),
            one.score,
            one.features,
        )
        for one in others
    ]
