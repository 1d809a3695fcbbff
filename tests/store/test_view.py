"""Asking a record: every field of the query, ids, full text, counts."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kutip.model import Dated, Force, Kind
from kutip.store import NotFound, Record, SaidQuery, Tally
from kutip.store.match import match_expression
from tests.store.making import TEXT, ingest, processed, quotation

OTHER = "Kabar kota\n\nTari Lembayung mengatakan orang-orang pasar pindah ke Café José, AS-Kanada bertemu."


@pytest.fixture
def record(tmp_path: Path) -> Record:
    with Record.open(str(tmp_path / "record.db"), "write") as opened:
        first = quotation(TEXT)
        second = quotation(
            OTHER,
            "orang-orang pasar pindah ke Café José",
            kind=Kind.INDIRECT,
            force=Force.DENIES,
            speaker="José Ñandú",
            to="TV Pemerintah",
            via=(),
            said_on=None,
            cue=None,
        )
        third = quotation(OTHER, "AS-Kanada bertemu", speaker=None, said_on=None, via=("Reuters",), cue=None)
        ingest(opened, processed(TEXT, first))
        published = Dated("2025-03", "month", "Maret 2025", "text")
        ingest(opened, processed(OTHER, second, third, outlet="Kabar Utara", published=published, name="b"))
        yield opened


def speakers(record: Record, **asked: object) -> list[str | None]:
    query = SaidQuery(**asked)
    found = [said.speaker for said in record.view().said(query)]
    if query.limit is None:
        assert record.view().count_said(query) == len(found)
        for limit in range(len(found) + 2):
            first = record.view().said(SaidQuery(**asked, limit=limit))
            assert [said.speaker for said in first] == found[:limit]
            assert record.view().said_and_count(query, limit)[1] == min(len(found), limit + 1)
    return found


def test_the_latest_comes_first_and_an_article_in_the_order_of_its_text(record: Record) -> None:
    assert speakers(record) == ["José Ñandú", None, "Tari Lembayung"]
    assert speakers(record, limit=1) == ["José Ñandú"]
    assert record.view().count_said(SaidQuery(limit=1)) == 3


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"by": "lembayung"}, 1),
        ({"by": "jose nandu"}, 1),
        ({"by": "Ñandú JOSÉ"}, 1),
        ({"by": "nobody"}, 0),
        ({"by": "%"}, 0),
        ({"by": "  "}, 0),
        ({"to": "wartawan"}, 2),
        ({"to": "tv pemerintah"}, 1),
        ({"via": "reuters"}, 1),
        ({"via": "warta"}, 1),
        ({"outlet": "kabar"}, 2),
        ({"outlet": "sore"}, 1),
        ({"kind": "indirect"}, 1),
        ({"force": "denies"}, 1),
        ({"about": "cafe jose"}, 1),
        ({"about": "orang-orang"}, 1),
        ({"about": "kanada"}, 1),
        ({"about": "pind"}, 1),
        ({"about": "lembayung"}, 0),
        ({"about": "..."}, 0),
        ({"since": "2025-02-25"}, 3),
        ({"since": "2025-02-26"}, 2),
        ({"since": "2025-03"}, 2),
        ({"since": "2026"}, 0),
        ({"until": "2025-02-25"}, 1),
        ({"until": "2025-02"}, 1),
        ({"until": "2025"}, 3),
        ({"until": "2024"}, 0),
        ({"by": "tari", "via": "warta", "to": "wartawan", "kind": "direct", "until": "2025-02-25"}, 1),
        ({"by": "tari", "kind": "indirect"}, 0),
    ],
)
def test_each_field_of_the_query(record: Record, asked: dict[str, str], found: int) -> None:
    assert len(speakers(record, **asked)) == found


def test_articles_are_found_by_id_beginning_of_id_and_url(record: Record) -> None:
    view = record.view()
    both = list(view.articles())
    assert [kept.article.outlet for kept in both] == ["Kabar Utara", "Warta Sore"]
    for kept in both:
        assert view.article(kept.article.id) == view.article(kept.article.id[:8]) == kept
    with pytest.raises(NotFound, match=r"several articles.*give more of it"):
        view.article("a1")
    with pytest.raises(NotFound, match="no article 'nothing'"):
        view.article("nothing")
    with pytest.raises(NotFound):
        view.article("")


def test_attributions_are_found_with_their_article(record: Record) -> None:
    for said in record.view().said(SaidQuery()):
        article, kept = record.view().attribution(said.id[:9])
        assert (kept.id, article.article.id, kept.attribution.speaker) == (
            said.id,
            said.article,
            said.speaker,
        )
        assert [span.of(article.article.text) for span in said.content_spans] == [said.content]
    with pytest.raises(NotFound, match="no attribution"):
        record.view().attribution("zzz\udcff")


def test_full_text(record: Record) -> None:
    hits = record.view().search("jose", 9)
    assert [(hit.what, hit.speaker) for hit in hits] == [
        ("attribution", "José Ñandú"),
        ("article", None),
    ]
    assert "\x02José\x03" in hits[0].snippet
    assert record.view().search("pasar orang", 9)
    assert record.view().search('"pasar orang"', 9) == ()
    assert record.view().search('"orang pasar"', 9)
    assert len(record.view().search("lembayung", 1)) == 2


@given(words=st.text(st.characters(blacklist_categories=()), max_size=30))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200)
def test_no_words_can_make_it_fail(record: Record, words: str) -> None:
    assert isinstance(record.view().search(words, 3), tuple)
    for field in ("by", "about", "to", "via", "outlet"):
        assert isinstance(list(record.view().said(SaidQuery(**{field: words}))), list)


@pytest.mark.parametrize(
    "words", ['"', "a OR", "NEAR(", "x*", "^a", "speaker:", "(", "a AND NOT", "-", "\x00", '""']
)
def test_operators_of_the_index_are_words(record: Record, words: str) -> None:
    assert isinstance(record.view().search(words, 3), tuple)


def test_the_beginning_of_a_word_is_enough_from_four_letters_on() -> None:
    assert (
        match_expression('AS presiden 2025 a"b c" d\'e')
        == '"AS" AND "presiden" * AND "2025" AND "a" AND "b c" AND "d\'e"'
    )


def test_counts(record: Record) -> None:
    stats = record.view().stats()
    assert (stats.pages, stats.articles, stats.attributions, stats.speakers) == (2, 2, 3, 2)
    assert (stats.first_day, stats.last_day) == ("2025-02-25", "2025-03")
    assert stats.outlets == (Tally("Kabar Utara", 1), Tally("Warta Sore", 1))
    assert stats.kinds == (Tally("direct", 2), Tally("indirect", 1))
    assert stats.top_speakers == (Tally("José Ñandú", 1), Tally("Tari Lembayung", 1))
    assert stats.rejections == ()
