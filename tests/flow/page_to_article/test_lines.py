"""Which lines of a reduced page are the article."""

from hypothesis import given
from hypothesis import strategies as st

from kutip.flow.page_to_article.lines import Line, choose, lines_of

LEAD = "Wali Kota Ratna Dewi mengumumkan bahwa jembatan lama akan dibongkar pada bulan depan karena rusak."
BODY = "Menurut dia, jembatan itu sudah tidak aman bagi kendaraan berat yang melintas setiap hari di sana."
LAST = "“Kami siapkan jalan lain untuk warga,” kata Ratna kepada wartawan di kantornya, Selasa (25/2/2025)."
ARTICLE = f"<p>{LEAD}</p>\n\n<p>{BODY}</p>\n\n<p>{LAST}</p>"


def chosen(reduced: str, headline: str | None = None) -> list[str]:
    return [line.text for line in choose(lines_of(reduced), headline).article]


def test_lines() -> None:
    reduced = 'lepas\n<h2>Judul &amp; anak</h2>\n\n<p>satu <a href="x">dua</a><br>tiga</p>\n<ul>\n<li>butir</li>\n</ul>'
    assert lines_of(reduced) == [
        Line("", "lepas", 0.0),
        Line("h2", "Judul & anak", 0.0),
        Line("p", "satu dua", 0.25),
        Line("p", "tiga", 0.25),
        Line("li", "butir", 0.0),
    ]


def test_a_link_that_is_never_closed_is_none() -> None:
    assert [line.linked for line in lines_of(f'<a href="x">satu</a><a href="y"><p>{LEAD}</p><p>{BODY}</p>')][
        2:
    ] == [0.0]


def test_what_stands_around_the_paragraphs_is_left_out() -> None:
    around = (
        '<a href="x">Beranda</a>\n\n{}\n\nBagikan\n<h3>Terkini</h3>\n<h3><a href="y">Judul</a></h3>\n12:30'
    )
    assert chosen(around.format(ARTICLE)) == [LEAD, BODY, LAST]


def test_links_and_captions_between_paragraphs_are_left_out() -> None:
    between = '<p><a href="x">Baca juga: Judul lain</a></p>\nWarga melintas di jembatan\n'
    assert chosen(ARTICLE.replace(f"<p>{BODY}", f"{between}<p>{BODY}")) == [LEAD, BODY, LAST]


def test_short_sentences_and_lists_in_the_article_stay() -> None:
    inner = "<p>Mengapa?</p><ul><li>karena tua</li><li>karena rusak</li></ul><h2>Rencana</h2>"
    assert len(chosen(ARTICLE.replace(f"<p>{LAST}", f"{inner}<p>{LAST}"))) == 7


def test_a_far_away_sentence_is_no_part_of_it() -> None:
    links = "\n".join(f'<a href="x">Judul berita lain nomor {n}</a>\n{n} jam lalu\n' for n in range(9))
    assert chosen(f"{ARTICLE}\n{links}\n<p>{LEAD.replace('jembatan', 'gedung')}</p>") == [LEAD, BODY, LAST]


def test_an_article_in_no_paragraphs() -> None:
    assert chosen(f"Menu\n{LEAD}<br><br>{BODY}<br><br>{LAST}<br>Komentar") == [LEAD, BODY, LAST]


def test_a_lead_in_no_paragraph() -> None:
    assert chosen(f"Foto\n{LEAD}\n<p>{BODY}</p><p>{LAST}</p>") == [LEAD, BODY, LAST]


def test_a_caption_above_the_dateline_is_left_out() -> None:
    caption = "Foto warga yang melintas di atas jembatan lama pada Senin pagi, sebelum jembatan itu ditutup."
    assert chosen(f"{caption}\n\nBELINYU (KABAR) - {LEAD}\n\n{BODY}")[0].startswith("BELINYU")


def test_what_stands_above_the_headline_is_left_out() -> None:
    notice = "Situs ini memakai kuki, dan dengan membuka halaman ini Anda menyetujui pemakaian kuki itu."
    reduced = f"<p>{notice}</p>\n<h1>Jembatan Lama Dibongkar</h1>\n26 Februari 2025\n{ARTICLE}"
    found = choose(lines_of(reduced), "Jembatan lama dibongkar!")
    assert [line.text for line in found.article] == [LEAD, BODY, LAST]
    assert [line.text for line in found.above] == ["26 Februari 2025"]


def test_a_link_with_the_headline_below_the_article_changes_nothing() -> None:
    reduced = f"{ARTICLE}\n<h3>Jembatan Lama Dibongkar</h3>\n<p>Ya.</p>"
    assert chosen(reduced, "Jembatan Lama Dibongkar")[:3] == [LEAD, BODY, LAST]


def test_no_prose_at_all() -> None:
    assert chosen("satu\n<p>dua</p>") == ["satu", "dua"]
    assert chosen("") == []


@given(
    st.lists(
        st.sampled_from(["<p>", "</p>", "<a x>", "</a>", "<br>", "\n", "<h1>", LEAD, "&amp;", "<li>"])
    ).map("".join)
)
def test_any_lines(reduced: str) -> None:
    lines = lines_of(reduced)
    found = choose(lines, LEAD)
    assert all(line.text == " ".join(line.text.split()) for line in lines)
    assert [line for line in lines if line in found.article] == [
        line for line in lines if line in found.article
    ]
    assert set(found.article) <= set(lines)
