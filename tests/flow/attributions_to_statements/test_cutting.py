"""Sentences cut where their parts have partners of their own."""

import pytest

from kutip.flow.article_to_attributions.step import find_attributions
from kutip.flow.attributions_to_statements.cutting import compared
from kutip.flow.attributions_to_statements.pairing import Looking
from kutip.flow.attributions_to_statements.units import StoryArticle
from kutip.flow.page_to_article.blocks import split_blocks
from kutip.languages import load

PACK = load("id")
TWO = """Jembatan Way Lirung Ditutup

"Jembatan itu retak di tiga tiang sejak gempa pekan lalu. Kendaraan berat kami larang lewat sampai selesai diperbaiki,"
kata Bupati Halimah Tanjungsari."""
IN_ONE = """Bupati Bicara soal Jembatan

"Jembatan itu retak di tiga tiang, jadi kendaraan berat kami larang lewat," kata Bupati Halimah Tanjungsari."""
OTHERWISE = """Pasar Sumberjati Ramai

"Harga cabai turun menjelang lebaran," kata pedagang Yohana Mantiri."""


def article(text: str) -> StoryArticle:
    blocks = split_blocks(text, PACK)
    return StoryArticle(text[:12], text, blocks, find_attributions(text, blocks, PACK, None))


def sentences(*texts: str) -> list[str]:
    """What the first of these articles is cut into, less its headline."""
    articles = [article(text) for text in texts]
    found = compared(articles, [PACK] * len(articles), Looking())
    return [
        one.unit.span.of(texts[0])
        for one in found
        if one.unit.article == 0 and one.unit.attribution is not None
    ]


def test_a_sentence_that_another_outlet_tells_in_two_is_cut() -> None:
    assert sentences(IN_ONE, TWO) == [
        "Jembatan itu retak di tiga tiang",
        "jadi kendaraan berat kami larang lewat",
    ]


@pytest.mark.parametrize("others", [(), (OTHERWISE,), (IN_ONE,)])
def test_a_sentence_without_such_partners_stays_whole(others: tuple[str, ...]) -> None:
    assert sentences(IN_ONE, *others) == [
        "Jembatan itu retak di tiga tiang, jadi kendaraan berat kami larang lewat"
    ]


def test_a_clause_of_a_headline_that_nobody_says_is_offered() -> None:
    text = """Minta Maaf kepada Warga, Bupati Halimah: Jembatan Segera Diperbaiki

"Jembatan segera kami perbaiki," kata Bupati Halimah Tanjungsari."""
    found = compared([article(text)], [PACK], Looking())
    assert [one.unit.span.of(text) for one in found if one.unit.head and one.unit.attribution is None] == [
        "Minta Maaf kepada Warga"
    ]
