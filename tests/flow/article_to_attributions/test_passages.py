"""Furniture printed into a paragraph parts what is said, not who said it."""

from collections.abc import Callable

import pytest

from kutip import attribute
from kutip.flow.article_to_attributions.passages import passages
from kutip.model import Attribution, Block, Role

AD = "SCROLL TO CONTINUE WITH CONTENT"


def contents(text: str, found: Attribution) -> list[str]:
    return [span.of(text) for span in found.content]


@pytest.mark.parametrize("gap", [" ", "\n"])
def test_a_quotation_parted_by_an_advertisement_is_one(gap: str) -> None:
    text = f"""Jembatan lama rusak berat sejak banjir pekan lalu.

"Jembatan itu sudah tidak aman bagi warga{gap}{AD}{gap}dan akan segera kami bongkar," kata Wali Kota Ratna Dewi."""
    (one,) = attribute(text, lang="id")
    assert one.speaker == "Ratna Dewi"
    assert one.kind.value == "direct"
    assert contents(text, one) == [
        "Jembatan itu sudah tidak aman bagi warga",
        "dan akan segera kami bongkar",
    ]


def test_a_clause_parted_by_an_advertisement_is_one() -> None:
    text = f"""Jembatan lama rusak berat sejak banjir pekan lalu.

Wali Kota Ratna Dewi mengatakan bahwa jembatan itu {AD} tidak aman lagi."""
    (one,) = attribute(text, lang="id")
    assert contents(text, one) == ["jembatan itu", "tidak aman lagi"]


@pytest.mark.parametrize(
    ("between", "joined"),
    [
        (lambda text, i: (Block(i, i + 2, Role.ADVERTISEMENT),), True),
        (lambda text, i: (Block(i, i + 2, Role.DATELINE),), False),
        (lambda text, i: (), False),
    ],
)
def test_what_may_part_a_paragraph(between: Callable[[str, int], tuple[Block, ...]], joined: bool) -> None:
    text = "satu AD dua"
    inner = between(text, 5)
    blocks = (Block(0, 4, Role.LEAD), *inner, Block(8, 11, Role.BODY))
    found = passages(text, blocks)
    assert len(found) == (1 if joined else 2)
    if joined:
        assert [hole.of(text) for hole in found[0].holes] == [" AD "]
    elif not inner:
        assert [p.blocks for p in found] == [(b,) for b in blocks]
