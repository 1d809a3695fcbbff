"""Furniture: lines and parts of lines around an article, by language and role."""

import pytest

from kutip.flow.page_to_article.furniture import finder
from kutip.languages import available, load

SENTENCE = "Wali kota mengatakan jembatan itu akan diperbaiki tahun ini."
ENGLISH = "The mayor said on Monday that the bridge would be repaired this year."

LINES = {
    "id": {
        "related": [
            "Baca juga: Jalan Rusak di Tiga Kecamatan",
            "BACA JUGA : Jalan Rusak",
            "Simak juga Video: Jalan Rusak",
            "Lihat juga Video: Jalan Rusak",
            'Tonton juga video "Jalan Rusak" di sini:',
            "[Gambas:Video 20detik]",
            "Berita Terkait",
            "#jembatan #jalan",
        ],
        "source_line": [
            "Sumber: Kabar Bangka",
            "Artikel ini telah tayang di Kabar.com dengan judul Jalan Rusak",
        ],
        "editor_line": [
            "Editor: Sari Wulan",
            "Penulis : Sari Wulan",
            "Pewarta: Sari Wulan",
            "Reporter: Sari Wulan | Editor: Budi",
            "(abc/def)",
            "SARI WULAN | BUDI HARTONO",
        ],
        "byline": ["Laporan Wartawan Kabar, Sari Wulan", "Oleh: Sari Wulan"],
        "promotion": [
            "Artikel ini merupakan bagian dari program literasi Kabar Media. Selengkapnya",
            "A member of",
            "Follow our mission at www.contoh.example",
            "Gabung ke Channel WhatsApp kami untuk berita pilihan.",
            "Dapatkan update berita pilihan setiap hari dari kami.",
            "Ikuti berita terbaru kami di Google News",
        ],
        "share": ["Bagikan", "Facebook Twitter WhatsApp", "Copy Link"],
        "comments": [
            "Tinggalkan Balasan",
            "Alamat email Anda tidak akan dipublikasikan. Ruas yang wajib *",
            "3 Komentar",
        ],
        "legal": [
            "Isi komentar sepenuhnya adalah tanggung jawab pengguna.",
            "Copyright © KABAR 2025",
            "Dilarang keras mengambil konten tanpa izin tertulis.",
        ],
        "pagination": ["Halaman Selanjutnya", "1 2 3 Selanjutnya", "Halaman 1 dari 3", "Halaman: 1 2 3"],
        "caption": ["Foto: Kabar/Sari", "Jembatan yang rusak. Foto: Kabar", "(Foto: Kabar)"],
        "advertisement": [
            "ADVERTISEMENT",
            "SCROLL TO CONTINUE WITH CONTENT",
            "DO NOT DELETE - TRACKER FOR [1]",
        ],
    },
    "en": {
        "related": [
            "Read also: Bridges in Need",
            "READ MORE: Bridges",
            "Related: Bridges",
            "Read the rest here.",
        ],
        "source_line": ["Source: Bridge Weekly", "This article originally appeared in Bridge Weekly."],
        "editor_line": [
            "(Reporting by Ann Lee; Editing by Bo Ray)",
            "Reporting by Ann Lee; editing by Bo Ray",
            "The Bridge Agency contributed to this report.",
        ],
        "byline": ["By Ann Lee and Bo Ray, Bridge Weekly", "BY ANN LEE"],
        "published": ["Updated: 3 p.m.", "2 hours ago", "5 min read"],
        "promotion": [
            "Sign up for our newsletter",
            "Follow us on Twitter",
            "Read or Share this story: http://b.example/1",
        ],
        "share": ["Share this article", "Tweet", "12 shares"],
        "comments": ["Leave a comment", "23 comments"],
        "legal": ["© 2025 Bridge Weekly", "Copyright 2025 Bridge Weekly. All rights reserved."],
        "pagination": ["Next page", "Page 2 of 3", "1 2 3 Next »"],
        "caption": [
            "Photo: Ann Lee",
            "The bridge on Monday. (Photo: Ann Lee)",
            "Ann Lee/Getty Images",
            "Image caption A bridge",
        ],
        "advertisement": ["Advertisement", "Story continues below advertisement"],
    },
}


@pytest.mark.parametrize(
    ("lang", "role", "line"),
    [(lang, role, line) for lang, by in LINES.items() for role, lines in by.items() for line in lines],
)
def test_lines(lang: str, role: str, line: str) -> None:
    (piece,) = finder(load(lang)).pieces(line, [(0, len(line))])
    assert piece.role is not None, "taken for a part of the article"
    assert piece.role.value == role


@pytest.mark.parametrize(
    ("lang", "line"),
    [
        ("id", "Sumber itu mengatakan bahwa jembatan akan dibongkar pada bulan depan."),
        ("id", "Editor majalah itu mengatakan naskahnya belum selesai."),
        ("id", "Halaman rumahnya dipenuhi air sejak kemarin malam."),
        ("id", "Foto itu diambil warga pada Senin pagi."),
        ("id", "Komentar itu disampaikan wali kota kepada wartawan."),
        ("id", "Penulis buku itu menolak berkomentar."),
        ("id", "Iklan rokok dilarang di jalan itu."),
        ("en", "Read more than one report and you will see the difference, she said."),
        ("en", "By Monday the river had fallen, the mayor said."),
        ("en", "Sources said the bridge was closed."),
        ("en", "Photos show that the bridge is damaged."),
        ("en", "Copyright law protects the design, she said."),
        ("en", "Advertisement spending fell last year."),
        ("en", "Comments by the mayor were not welcome."),
    ],
)
def test_sentences_that_begin_like_furniture(lang: str, line: str) -> None:
    (piece,) = finder(load(lang)).pieces(line, [(0, len(line))])
    assert piece.role is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            f"{SENTENCE} SCROLL TO CONTINUE WITH CONTENT {SENTENCE}",
            [(None, SENTENCE), ("advertisement", "SCROLL TO CONTINUE WITH CONTENT"), (None, SENTENCE)],
        ),
        (
            f"{SENTENCE} Baca juga: Jalan Rusak di Tiga Kecamatan Diperbaiki Warga yang lewat mengeluh.",
            [
                (None, SENTENCE),
                ("related", "Baca juga: Jalan Rusak di Tiga Kecamatan Diperbaiki"),
                (None, "Warga yang lewat mengeluh."),
            ],
        ),
        (
            f"{SENTENCE} Baca juga: Jalan rusak di tiga kecamatan segera diperbaiki “Kami siap,” katanya.",
            [
                (None, SENTENCE),
                ("related", "Baca juga: Jalan rusak di tiga kecamatan segera diperbaiki"),
                (None, "“Kami siap,” katanya."),
            ],
        ),
        (
            f"{SENTENCE} Pewarta: Sari Wulan Copyright © KABAR 2025",
            [(None, SENTENCE), ("editor_line", "Pewarta: Sari Wulan"), ("legal", "Copyright © KABAR 2025")],
        ),
        (f"{SENTENCE} (abc/def)", [(None, SENTENCE), ("editor_line", "(abc/def)")]),
        ("Ia datang bersama istrinya (sari)", [(None, "Ia datang bersama istrinya (sari)")]),
    ],
)
def test_furniture_inside_a_paragraph_is_cut_out(text: str, expected: list[tuple[str | None, str]]) -> None:
    pieces = finder(load("id")).pieces(text, [(0, len(text))])
    assert [(p.role and p.role.value, text[p.start : p.end]) for p in pieces] == expected


@pytest.mark.parametrize("lang", available())
def test_hostile_lines_end(lang: str) -> None:
    """Every sign of every pack, repeated and broken off, over long lines: no pattern runs away."""
    furniture = load(lang).furniture
    finder_of = finder(load(lang))
    for signs in furniture.roles.values():
        for phrase in (*signs.starts, *signs.labels, *signs.inside, *signs.inside_title, *signs.inside_rest):
            text = f"{phrase.replace('*', ' ')} " * (20_000 // (len(phrase) + 1))
            assert finder_of.pieces(text, [(0, len(text))])
    for line in (
        "(" * 199,
        "a/" * 99,
        "1 " * 99,
        "#a " * 66,
        "A | " * 49,
        "Facebook " * 22,
        "foto: " * 33,
        "©" * 199,
    ):
        assert finder_of.pieces(line, [(0, len(line.rstrip()))]) is not None
