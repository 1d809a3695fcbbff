"""Authors and outlets from the lines of an article that name them."""

import pytest

from kutip.flow.page_to_article.credits import author_of, is_name_line, names_author
from kutip.flow.pipeline import read_page
from kutip.languages import load
from kutip.model import Article, Page

LEAD = "Wali Kota Sungailiat Ratna Dewi mengumumkan bahwa jembatan lama akan dibongkar pada bulan depan."
ENGLISH = (
    "The mayor of the town said on Monday that the old bridge would be closed to all of the heavy traffic."
)


@pytest.mark.parametrize(
    ("line", "lang", "author", "outlet"),
    [
        ("By Jane Dole", "en", "Jane Dole", None),
        ("BY JANE DOLE | Island Post", "en", "JANE DOLE", "Island Post"),
        ("Penulis: Budi Anwar", "id", "Budi Anwar", None),
        ("Laporan Wartawan Kabar Bangka, Budi", "id", "Kabar Bangka, Budi", None),
        ("Budi Anwar - kabarBangka", "id", "Budi Anwar", "kabarBangka"),
        ("Oleh", "id", "Oleh", None),
        ("Byron Smith", "en", "Byron Smith", None),
    ],
)
def test_authors(line: str, lang: str, author: str, outlet: str | None) -> None:
    assert author_of(line, load(lang)) == (author, outlet)


def test_lines_of_names() -> None:
    pack = load("id")
    assert is_name_line("Budi Anwar dan Ratna Dewi", pack)
    assert not is_name_line("Budi membaca buku", pack)
    assert not is_name_line("Budi", pack)
    assert not is_name_line("Budi Anwar.", pack)
    assert not is_name_line("Ruang 12 Lantai Tiga", pack)


def test_editors_are_no_authors() -> None:
    assert names_author("Pewarta: Budi", load("id"))
    assert not names_author("Editor: Budi", load("id"))
    assert not names_author("Pewarta: Budi", None)


def read(text: str) -> Article:
    article = read_page(Page("a.txt", text.encode(), "text/plain"))
    assert isinstance(article, Article)
    return article


TITLE = "Jembatan Lama Segera Dibongkar"


@pytest.mark.parametrize(
    ("text", "outlet", "byline"),
    [
        (f"{TITLE}\n\nKABARBANGKA.COM, BELINYU - {LEAD}", "Kabarbangka.com", None),
        (f"{TITLE}\n\nKabar.com, BELINYU – {LEAD}", "Kabar.com", None),
        (f"{TITLE}\nBudi Anwar - kabarBangka\n26 Februari 2025\n{LEAD}", "kabarBangka", "Budi Anwar"),
        (f"{TITLE}\n\nBelinyu (KABAR) - {LEAD}\n\nPewarta: Budi Anwar", "KABAR", "Budi Anwar"),
        (f"{TITLE}\n\nBelinyu (KB) - {LEAD}\n\nCopyright © KABAR 2025", "KABAR", None),
        (f"{TITLE}\nRedaksi Kabar\n26 Februari 2025\nKabar – {LEAD}", "Kabar", "Redaksi Kabar"),
        (f"{TITLE}\n\nBelinyu – {LEAD}", None, None),
        (f"Old Bridge to Close\n\nBy Jane Dole, Island Post\n\n{ENGLISH}\n\n© 2024 Island Post. Rights.",
         "Island Post", "Jane Dole"),
        (f"Old Bridge to Close\n\nBy Jane Dole, Ann Lee\n\n{ENGLISH}", None, "Jane Dole, Ann Lee"),
    ],
)  # fmt: skip
def test_outlet_and_byline_of_a_text(text: str, outlet: str | None, byline: str | None) -> None:
    article = read(text)
    assert (article.outlet, article.byline) == (outlet, byline)
    assert article.found_in.get("outlet") == ("text" if outlet else None)
