"""What is written comes back whole, once, and in the same way whatever the order of arrival."""

from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kutip.flow.pipeline import Processed
from kutip.model import Block, Page, Rejection, Role
from kutip.store import DamagedRecord, KeptArticle, Record, Run, SaidQuery, Store, keep, verify
from tests.store.making import (
    HEADLINE,
    STARTED,
    TEXT,
    blocks_of,
    everything,
    ingest,
    processed,
    quotation,
    span,
)

URL = "https://warta.example/bendungan"


@pytest.fixture
def record(tmp_path: Path) -> Record:
    with Record.open(str(tmp_path / "record.db"), "write") as opened:
        yield opened


def test_every_field_comes_back(record: Record) -> None:
    blocks = (*blocks_of(TEXT)[:2], msgspec.structs.replace(blocks_of(TEXT)[2], repeats=1))
    came = processed(TEXT, quotation(), url=URL, blocks=blocks, fetched_at="2025-02-27T00:00:00+00:00")
    ingest(record, came)
    store: Store = record
    kept = store.view().article(URL)
    assert kept == KeptArticle(
        came.article, keep(came.article, came.attributions), "a.txt", "2025-02-27T00:00:00+00:00"
    )
    assert kept.attributions[0].attribution == quotation()
    assert list(verify(record)) == []


def test_absent_fields_stay_absent(record: Record) -> None:
    bare = quotation(speaker=None, cue=None, source=None, via=(), to="", said_on=None, role="", venue="")
    absent = dict.fromkeys(("lang", "headline", "outlet", "byline", "published"))
    came = processed(TEXT, bare, **absent, found_in={})
    ingest(record, came)
    kept = record.view().article_of(came.page)
    assert kept is not None
    assert (kept.article, kept.attributions[0].attribution) == (came.article, bare)
    assert record.view().article_of(Page("b", b"other bytes", "text/plain")) is None


def test_contents_in_several_pieces(record: Record) -> None:
    pieces = (span(TEXT, "Air turun"), span(TEXT, "dua meter"))
    ingest(record, processed(TEXT, quotation(content=pieces)))
    (said,) = record.view().said(SaidQuery())
    assert (said.content, said.content_spans) == ("Air turun … dua meter", pieces)
    assert list(verify(record)) == []


def test_same_bytes_again_change_nothing(record: Record) -> None:
    came = processed(TEXT, quotation())
    ingest(record, came, came)
    before = everything(record)
    renamed = msgspec.structs.replace(came.page, name="copy/of/a.txt")
    ingest(record, came, msgspec.structs.replace(came, page=renamed))
    assert everything(record) == before
    assert [len(before[table]) for table in ("pages", "articles", "attributions")] == [1, 1, 1]
    assert record.writer(Run("0", {}, STARTED)).knows(renamed)


def test_other_bytes_with_the_same_text_are_a_page_but_no_version(record: Record) -> None:
    ingest(record, processed(TEXT, quotation(), url=URL))
    ingest(record, processed(TEXT, quotation(), url=URL, content=b"<html>as a page</html>"))
    assert [len(rows) for rows in everything(record).values()][:4] == [1, 2, 3, 1]
    assert record.view().article(URL).versions == 1


def test_a_changed_text_under_a_url_is_a_new_version(record: Record) -> None:
    texts = [TEXT, TEXT + " Ralat.", TEXT + " Ralat kedua."]
    for text in texts:
        ingest(record, processed(text, quotation(text), url=URL))
    current = record.view().article(URL)
    assert (current.article.text, current.version, current.versions) == (texts[2], 3, 3)
    first = record.view().article(processed(texts[0], url=URL).article.id)
    assert (first.version, first.superseded_by) == (1, processed(texts[1], url=URL).article.id)
    assert first.attributions
    assert [said.article for said in record.view().said(SaidQuery())] == [current.article.id]
    stats = record.view().stats()
    assert (stats.articles, stats.superseded, stats.attributions) == (1, 2, 1)
    assert list(verify(record)) == []


def test_the_time_of_fetching_orders_versions_whatever_the_order_of_arrival(record: Record) -> None:
    older = processed(TEXT, url=URL, fetched_at="2025-02-01T00:00:00+00:00")
    newer = processed(TEXT + " Ralat.", url=URL, fetched_at="2025-02-02T00:00:00+00:00")
    ingest(record, newer)
    ingest(record, older)
    assert record.view().article(URL).article == newer.article


def test_texts_without_url_are_not_versions_of_each_other(record: Record) -> None:
    ingest(record, processed(TEXT, name="-"), processed(TEXT + " Lain.", name="-"))
    assert record.view().stats().articles == 2


def test_what_a_repeated_lead_says_counts_once(record: Record) -> None:
    lead = "Tari Lembayung mengatakan air turun dua meter."
    text = f"{HEADLINE}\n\n{lead}\n\n{lead.replace('air', 'Air ')}"
    roles = (Role.HEADLINE, Role.LEAD, Role.REPEAT)
    first = quotation(text, "air turun dua meter", cue=None, source=None)
    again = quotation(text, "Air  turun dua meter", cue=None, source=None)
    other = quotation(text, "turun dua meter.", cue=None, source=None)
    came = processed(text, first, again, other, blocks=blocks_of(text, roles))
    ingest(record, came)
    kept = record.view().article(came.article.id).attributions
    assert [one.repeat_of for one in kept] == [None, kept[0].id, None]
    assert [said.id for said in record.view().said(SaidQuery())] == [kept[0].id, kept[2].id]
    assert (record.view().stats().attributions, record.view().stats().repeats) == (2, 1)
    mentions = record.db.execute("SELECT name, attributions FROM mentions").fetchall()
    assert [tuple(row) for row in mentions] == [("Tari Lembayung", 2)]
    assert record.db.execute("SELECT attributions FROM runs").fetchone()[0] == 2


def test_the_same_attribution_twice_is_one(record: Record) -> None:
    twice = (quotation(), quotation(confidence=0.5), quotation(speaker="Orang Lain"))
    ingest(record, processed(TEXT, *twice))
    assert [said.speaker for said in record.view().said(SaidQuery())] == ["Tari Lembayung", "Orang Lain"]


def test_a_page_that_cannot_be_kept_leaves_nothing_but_its_rejection(record: Record) -> None:
    good, bad = processed(TEXT, quotation()), processed(TEXT + " x", quotation(role="\ud800"), name="bad.txt")
    ingest(record, bad, good)
    assert [row[1] for row in everything(record)["pages"]] == [None]
    assert len(everything(record)["articles"]) == 1
    (row,) = record.db.execute("SELECT place, reason FROM rejections").fetchall()
    assert tuple(row) == ("bad.txt", "not-storable")
    assert record.db.execute("SELECT pages, new_pages, articles FROM runs").fetchone()[:] == (2, 1, 1)
    assert list(verify(record)) == []


def test_a_rejected_page_is_kept_and_read_again_later(record: Record) -> None:
    page = Page("a.txt", TEXT.encode(), "text/plain")
    refused = Processed(page, None, (), (Rejection("a.txt", "internal", "a step failed"),))
    ingest(record, refused)
    ingest(record, refused)
    assert [len(everything(record)[table]) for table in ("pages", "rejections")] == [1, 1]
    assert not record.writer(Run("0", {}, STARTED)).knows(page)
    came = processed(TEXT, quotation())
    ingest(record, came)
    assert [len(everything(record)[table]) for table in ("pages", "rejections")] == [1, 0]
    assert record.view().article_of(page) is not None
    assert list(verify(record)) == []


def test_what_never_became_a_page_is_a_row_once(record: Record) -> None:
    for _ in range(2):
        writer = record.writer(Run("0", {"paths": ["x"]}, STARTED))
        writer.reject(Rejection("x:7", "too-large", "the line is too long"))
        writer.finish(STARTED)
    assert record.view().stats().rejections[0].count == 1
    assert [row[0] for row in record.db.execute("SELECT reason FROM not_used")] == ["too-large"]
    assert [tuple(row) for row in record.db.execute("SELECT options, rejections FROM runs")] == [
        ('{"paths":["x"]}', 1),
        ('{"paths":["x"]}', 0),
    ]


def test_a_run_that_is_not_finished_says_so(record: Record) -> None:
    record.writer(Run("0", {}, STARTED))
    assert record.db.execute("SELECT started, finished FROM runs").fetchone()[:] == (STARTED, None)


def test_a_record_opened_to_read_cannot_be_written(record: Record) -> None:
    with Record.open(record.path) as reader, pytest.raises(DamagedRecord):
        ingest(reader, processed())


HOSTILE = st.sampled_from(
    ["\x00", "\u202eabc", "שלום", "مرحبا", "🫠👨‍👩‍👧", "'; DROP TABLE pages; --", "\uffff", "á" * 300]
)


@given(words=HOSTILE, name=HOSTILE)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
def test_hostile_words_come_back_as_they_were(record: Record, words: str, name: str) -> None:
    text = f"{HEADLINE} {name}\n\n“{words}” kata {name}."
    a = quotation(text, words, source=span(text, name), speaker=name, to=name, via=(name,), role=words)
    came = processed(text, a, outlet=name, byline=words, url=f"https://x.example/{name}")
    ingest(record, came)
    kept = record.view().article_of(came.page)
    assert kept is not None
    assert (kept.article, kept.attributions[0].attribution) == (came.article, a)
    assert list(verify(record)) == []


@st.composite
def arrivals(draw: st.DrawFn) -> list[Processed]:
    """Pages of few texts and addresses, so that many are the same or versions of each other."""
    found = []
    for day in draw(st.permutations(range(1, draw(st.integers(2, 7))))):
        text = draw(st.sampled_from([TEXT, TEXT + " Ralat.", TEXT.replace("dua", "tiga")]))
        url = draw(st.sampled_from([None, URL, URL + "/2"]))
        fetched = f"2025-02-0{day}T00:00:00+00:00"
        made = (quotation(text, "turun"), quotation(text, "meter", speaker=None))
        found.append(processed(text, *made, url=url, fetched_at=fetched, content=f"{fetched}{text}".encode()))
    return found


@given(pages=arrivals(), data=st.data())
@settings(max_examples=40)
def test_neither_order_nor_repetition_changes_what_is_kept(
    pages: list[Processed], data: st.DataObject
) -> None:
    shuffled = data.draw(st.permutations(pages + pages[:2]))
    records = []
    for arrival in (pages, shuffled):
        with TemporaryDirectory() as folder, Record.open(f"{folder}/record.db", "write") as record:
            for item in arrival:
                ingest(record, item)
            records.append(everything(record))
            assert list(verify(record)) == []
    assert records[0] == records[1]


def test_blocks_come_back_in_their_order(record: Record) -> None:
    blocks = tuple(Block(n * 2, n * 2 + 1, Role.BODY) for n in range(12))
    came = processed("a " * 12, blocks=blocks)
    ingest(record, came)
    assert record.view().article(came.article.id).article.blocks == blocks
