"""Blocks: which paragraph of an article is what."""

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kutip.flow.page_to_article.blocks import split_blocks
from kutip.languages import available, load
from kutip.model import Role

SHARED = Path(os.environ.get("KUTIP_SHARED", Path(__file__).parents[4] / "shared"))
LEAD = "Wali Kota Sungailiat Ratna Dewi mengumumkan bahwa jembatan lama akan dibongkar pada bulan depan."
BODY = "Menurut dia, jembatan itu sudah tidak aman bagi kendaraan berat yang melintas setiap hari di sana."


def roles(text: str, lang: str = "id", headline: str | None = None) -> list[tuple[str, str]]:
    """(role, words) of the blocks of a text."""
    return [(b.role.value, text[b.start : b.end]) for b in split_blocks(text, load(lang), headline)]


def names(text: str, lang: str = "id") -> list[str]:
    return [role for role, _ in roles(text, lang)]


@pytest.mark.parametrize("gap", ["\n", "\n\n", "\r\n\r\n".replace("\r", ""), " \n\t\n"])
def test_kicker_headline_lead_body(gap: str) -> None:
    text = gap.join(
        ["Jembatan Sungailiat", "Jembatan Lama di Sungailiat Segera Dibongkar Tahun Ini", LEAD, BODY]
    )
    assert names(text) == ["kicker", "headline", "lead", "body"]


def test_one_paragraph_is_the_lead() -> None:
    assert names(f"{LEAD} {BODY}") == ["lead"]


def test_a_headline_alone_is_a_headline() -> None:
    assert names("Wali Kota Sungailiat: Jembatan Lama Segera Dibongkar") == ["headline"]


def test_a_declared_headline_is_found_below_a_kicker() -> None:
    text = f"Infrastruktur daerah yang rusak\n\njembatan lama dibongkar.\n\n{LEAD}\n\n{BODY}"
    assert [r for r, _ in roles(text, headline="Jembatan Lama dibongkar")] == [
        "kicker",
        "headline",
        "lead",
        "body",
    ]


def test_repeats_point_at_what_they_repeat() -> None:
    title = "Jembatan Lama di Sungailiat Segera Dibongkar"
    text = f"{title}\n\n{title}\n\n{LEAD}\n\nKABARBANGKA.COM - {LEAD}\n\n{BODY}\n\n{BODY}"
    blocks = split_blocks(text, load("id"))
    assert [(b.role, b.repeats) for b in blocks] == [
        (Role.HEADLINE, None),
        (Role.REPEAT, 0),
        (Role.LEAD, None),
        (Role.DATELINE, None),
        (Role.REPEAT, 2),
        (Role.BODY, None),
        (Role.REPEAT, 5),
    ]


def test_a_summary_glued_before_the_dateline_is_cut_off() -> None:
    text = (
        f"Jembatan akan dibongkar demi keselamatan warga kota itu Pangkal Pinang (KABAR) - {LEAD}\n\n{BODY}"
    )
    assert [role for role, _ in roles(text)] == ["lead", "dateline", "body", "body"]
    assert roles(text)[1][1] == "Pangkal Pinang (KABAR) -"


def test_links_below_a_heading_belong_to_it() -> None:
    links = "Baca juga:\nJalan Rusak di Tiga Kecamatan\nWarga Minta Jalan Diperbaiki"
    text = f"{LEAD}\n{BODY}\n{links}\n{LEAD[:-1]} lagi."
    assert names(text) == ["lead", "body", "related", "related", "related", "body"]


def test_subheads_stand_between_paragraphs() -> None:
    text = f"{LEAD}\n\nJembatan berumur tua\n\n{BODY}\n\n- jembatan\n\n- jalan"
    assert names(text) == ["lead", "subhead", "body", "body", "body"]


@pytest.mark.parametrize(
    "line",
    [
        "Rabu, 26 Februari 2025 / 08:16 WIB",
        "Kabar Bangka - 26/02/2025, 08:16 WIB",
        "26 Feb 2025",
        "Diterbitkan Rabu, 26 Feb 2025 08:16",
    ],
)
def test_the_line_of_the_publication_date(line: str) -> None:
    assert names(f"Jembatan Lama Segera Dibongkar\n{line}\n{LEAD}\n{BODY}")[1] == "published"


@pytest.mark.parametrize("line", ["Ratna Dewi - kabarBangka", "Redaksi Kabar Bangka", "Ratna Dewi dan Budi"])
@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_names_beside_the_date_are_a_byline(line: str, order: tuple[int, int]) -> None:
    both = (line, "26 Februari 2025")
    text = f"Jembatan Lama Segera Dibongkar\n{both[order[0]]}\n{both[order[1]]}\nBelinyu - {LEAD}\n{BODY}"
    found = names(text)
    assert sorted(found[1:3]) == ["byline", "published"]
    assert found[3:] == ["dateline", "lead", "body"]


def test_a_headline_below_its_kicker_is_no_byline() -> None:
    text = f"Pangan\nHarga Beras Naik\n26 Februari 2025\n{LEAD}\n{BODY}"
    assert "byline" not in names(text)


def test_a_headline_printed_again_far_below_is_a_repeat() -> None:
    title = "Jembatan Lama di Sungailiat Segera Dibongkar"
    assert names(f"{title}\n\n{LEAD}\n\n{title}\n\n{BODY}") == ["headline", "lead", "repeat", "body"]


def test_questions_are_subheads() -> None:
    assert names(f"{LEAD}\n\nKapan jembatan dibongkar?\n\n{BODY}") == ["lead", "subhead", "body"]


def test_a_dateline_alone_heads_the_lead() -> None:
    assert names(f"Jembatan Lama Segera Dibongkar\n\nBelinyu -\n\n{LEAD}") == ["headline", "dateline", "lead"]


def test_a_sentence_with_a_date_is_no_such_line() -> None:
    assert "published" not in names(f"{LEAD}\n\nRatna lahir pada 26 Februari 1980.\n\n{BODY}")


def test_wrapped_lines_are_one_block() -> None:
    words = f"{LEAD} {BODY} {LEAD} {BODY}".split()
    lines = [" ".join(words[i : i + 9]) for i in range(0, len(words), 9)]
    text = "\n".join(lines) + "\n\n" + BODY
    assert names(text) == ["lead", "repeat"] or names(text) == ["lead", "body"]
    assert roles(text)[0][1] == "\n".join(lines)


def test_a_language_without_pack_still_has_blocks() -> None:
    blocks = split_blocks(f"Judul Berita Hari Ini di Kota\n\n{LEAD}\n\nBaca juga: {BODY}", None)
    assert [b.role for b in blocks] == [Role.HEADLINE, Role.LEAD, Role.BODY]


SEEDS = {
    "tribunnews": "kicker headline lead dateline repeat"
    + " body" * 11
    + " related"
    + " body" * 3
    + " source_line promotion promotion promotion legal",
    "poroswarta": "headline repeat dateline lead" + " body" * 6 + " comments comments",
}


@pytest.mark.parametrize("name", SEEDS)
def test_articles_as_copied_off_their_sites(name: str) -> None:
    path = SHARED / "seeds" / f"{name}.txt"
    if not path.exists():
        pytest.skip(f"no {path} (set KUTIP_SHARED to the folder that holds seeds/)")
    assert names(path.read_text(encoding="utf-8")) == SEEDS[name].split()


FRAGMENTS = st.sampled_from(
    [
        LEAD,
        BODY,
        "Baca juga: Judul Lain",
        "SCROLL TO CONTINUE WITH CONTENT",
        "KABAR.COM - ",
        "Jakarta (KABAR) - ",
        "(abc/def)",
        "Editor: Budi",
        "\n",
        "\n\n",
        " ",
        "“",
        '"',
        "Copyright © KABAR 2025",
        "Selasa (25/2/2025)",
        "Foto: X",
        "Read also: More",
        "* * *",
        "\t",
        "İ",
        "ß",
        "\u00a0",
    ]
)


@given(
    st.one_of(st.text(), st.lists(FRAGMENTS, max_size=15).map("".join)), st.sampled_from([*available(), None])
)
def test_blocks_slice_the_text_in_order(text: str, lang: str | None) -> None:
    blocks = split_blocks(text, load(lang) if lang else None)
    at = 0
    for number, block in enumerate(blocks):
        assert at <= block.start < block.end <= len(text)
        assert text[block.start : block.end].strip() == text[block.start : block.end]
        assert block.repeats is None or block.repeats < number
        at = block.end


@given(st.lists(FRAGMENTS, max_size=15).map("".join), st.sampled_from(available()))
def test_only_blanks_and_marks_stand_between_blocks(text: str, lang: str) -> None:
    blocks = split_blocks(text, load(lang))
    edges = [0, *(edge for b in blocks for edge in (b.start, b.end)), len(text)]
    between = "".join(text[a:b] for a, b in zip(edges[::2], edges[1::2], strict=True))
    assert not any(map(str.isalnum, between))


@given(st.text(), st.sampled_from(available()))
def test_the_same_text_has_the_same_blocks(text: str, lang: str) -> None:
    assert split_blocks(text, load(lang)) == split_blocks(text, load(lang))


def test_the_name_of_the_outlet_opens_a_dateline_anywhere_at_the_top() -> None:
    text = f"{LEAD}\n\nPoros Bangka – {BODY}"
    named = split_blocks(text, load("id"), outlet="poros bangka")
    assert [b.role for b in named] == [Role.LEAD, Role.DATELINE, Role.BODY]
    assert [b.role for b in split_blocks(text, load("id"))] == [Role.LEAD, Role.BODY]


def test_where_all_nouns_have_capitals_they_make_no_headline() -> None:
    lead = "Die Brücke über die Aue bleibt nach dem Unfall gesperrt, sagte die Stadt Tornau."
    body = "Anna Weber wartet seit Montag auf den Gutachter. Vorher werde nichts repariert, sagte die Ministerin."
    assert [b.role for b in split_blocks(f"{lead}\n\n{body}", load("de"))] == [Role.LEAD, Role.BODY]
    headline = "Brücke über die Aue bleibt nach Unfall gesperrt"
    assert [b.role for b in split_blocks(f"{headline}\n\n{lead}", load("de"))] == [Role.HEADLINE, Role.LEAD]
