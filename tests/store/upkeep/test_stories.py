"""Stories of a record: current after every ingest, whatever came when, and the same when made anew."""

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kutip.flow.articles_to_stories.features import Source, features
from kutip.flow.articles_to_stories.stream import make_stories
from kutip.flow.pipeline import Processed, process
from kutip.languages import available, load
from kutip.model import Dated, Page
from kutip.store import Record, Run, verify
from kutip.store.upkeep import keeper, taking
from tests.store.upkeep.reading import STARTED, rebuild, samples, stories, take_in

DAM = (
    "Bendungan Way Lirung Jebol, Ratusan Rumah di Sumberjati Terendam\n\n"
    "Bendungan Way Lirung di Kabupaten Sumberjati jebol pada dini hari dan merendam 340 rumah warga.\n\n"
    '"Tidak ada korban jiwa, tetapi 340 rumah terendam air setinggi dua meter," kata Bupati Sumberjati Halimah'
    " Tanjungsari di balai desa, {day}."
)
DAM_AGAIN = (
    "340 Rumah di Sumberjati Terendam Setelah Bendungan Way Lirung Jebol\n\n"
    "Menurut Bupati Sumberjati Halimah Tanjungsari, 340 rumah terendam setelah Bendungan Way Lirung jebol.\n\n"
    '"Warga kami tampung di balai desa," ujar Halimah.'
)


def page(name: str, text: str, url: str | None = None, fetched: str | None = None) -> Processed:
    return process(Page(f"{name}.txt", text.encode(), "text/plain", url, fetched))


def published(one: Processed, day: str) -> Processed:
    assert one.article is not None
    dated = msgspec.structs.replace(one.article, published=Dated(day, "day", day, "given"))
    return msgspec.structs.replace(one, article=dated)


@pytest.fixture(params=["made anew", "step by step"])
def record(
    tmp_path: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Record]:
    """An empty record; small ones are made anew with every article, large ones grow step by step."""
    if request.param == "step by step":
        monkeypatch.setattr(keeper, "WHOLE", 0)
    with Record.open(str(tmp_path / "record.db"), "write") as opened:
        yield opened


def members(record: Record) -> list[set[str]]:
    """Names of the pages of each story."""
    query = "SELECT story, name FROM story_articles JOIN pages USING (article)"
    found: dict[int, set[str]] = {}
    for story, name in record.db.execute(query):
        found.setdefault(story, set()).add(name.removesuffix(".txt"))
    return sorted(found.values(), key=sorted)


def test_the_samples_have_the_stories_that_the_flow_makes(record: Record) -> None:
    take_in(record, *samples())
    taken = []
    for one in samples():
        assert one.article is not None
        if one.article.lang in available():
            a, day = one.article, one.article.published
            source = Source(a.id, a.text, a.blocks, a.headline, day and day.value[:10], one.attributions)
            taken.append(features(source, load(str(a.lang))))
    made = {story.id: list(story.articles) for story in make_stories(taken)}
    kept = {id_: [article for article, _ in articles] for id_, (_, articles) in stories(record).items()}
    assert {id_: kept[id_] for id_ in made} == made
    assert len(kept) - len(made) == sum(o.article.lang not in available() for o in samples() if o.article)
    assert max(map(len, kept.values())) >= 4


def test_every_current_article_is_in_one_story(record: Record) -> None:
    take_in(record, *samples())
    assert record.db.execute("SELECT count(*) FROM pending").fetchone()[0] == 0
    missing = (
        "SELECT count(*) FROM articles WHERE superseded_by IS NULL AND key NOT IN (SELECT article FROM {})"
    )
    assert record.db.execute(missing.format("story_articles")).fetchone()[0] == 0
    assert record.db.execute("SELECT sum(articles) FROM stories").fetchone()[0] == len(samples())
    assert record.db.execute("SELECT count(*) FROM story_articles WHERE story IS NULL").fetchone()[0] == 0
    assert list(verify(record)) == []


@settings(max_examples=6)
@given(st.permutations(range(len(samples()))), st.integers(1, 5))
def test_order_of_arrival_and_a_rebuild_change_nothing(
    tmp_path_factory: pytest.TempPathFactory, order: list[int], size: int
) -> None:
    items = [samples()[n] for n in order]
    with Record.open(str(tmp_path_factory.mktemp("any") / "record.db"), "write") as record:
        for at in range(0, len(items), size):
            take_in(record, *items[at : at + size])
        before = stories(record)
        rebuild(record)
        assert stories(record) == before
    with Record.open(str(tmp_path_factory.mktemp("all") / "record.db"), "write") as record:
        take_in(record, *samples())
        assert stories(record) == before


def test_a_copy_is_folded_under_the_one_published_first_whichever_comes_first(record: Record) -> None:
    early, late = (
        published(page(name, DAM.format(day="Selasa (4/3/2025)"), f"https://{name}.example/dam"), day)
        for name, day in (("early", "2025-03-04"), ("late", "2025-03-05"))
    )
    again = published(page("again", DAM_AGAIN), "2025-03-04")
    for one in (late, again, early):
        take_in(record, one)
    assert members(record) == [{"early", "late", "again"}]
    ((row, articles),) = stories(record).values()
    assert early.article
    assert late.article
    assert dict(articles)[late.article.id] == early.article.id
    assert dict(articles)[early.article.id] is None
    assert row[4:7] == (3, 1, 0)
    before = stories(record)
    rebuild(record)
    assert stories(record) == before


def test_a_new_version_takes_the_place_of_the_old_one(record: Record) -> None:
    url = "https://sura.example/dam"
    first = page("first", DAM.format(day="Selasa (4/3/2025)"), url, "2025-03-04T08:00:00Z")
    copy = page("copy", DAM.format(day="Selasa (4/3/2025)"))
    again = page("again", DAM_AGAIN)
    take_in(record, first, copy, again)
    assert members(record) == [{"again", "copy", "first"}]
    other = page("other", DAM_AGAIN.replace("Warga kami", "Semua warga kami"), url, "2025-03-04T09:00:00Z")
    take_in(record, other)
    assert members(record) == [{"again", "copy", "other"}]
    before = stories(record)
    rebuild(record)
    assert stories(record) == before
    assert list(verify(record)) == []


def test_what_an_interruption_left_waiting_is_taken_up_by_the_next_run(
    record: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(keeper.Stories, "regroup", stop)
        patched.setattr(keeper.Stories, "make", stop)
        with pytest.raises(KeyboardInterrupt):
            take_in(record, *samples()[:9])
    assert record.db.execute("SELECT count(*) FROM pending").fetchone()[0] == 9
    assert record.db.execute("SELECT count(*) FROM story_vectors").fetchone()[0] == 0
    take_in(record, *samples()[9:])
    before = stories(record)
    rebuild(record)
    assert stories(record) == before


def test_two_programs_may_write_in_turn(record: Record) -> None:
    with Record.open(record.path, "write") as other:
        writers = [one.writer(Run("0", {}, STARTED)) for one in (record, other)]
        for number, one in enumerate(samples()):
            writers[number % 2].add(one)
            writers[number % 2].finish(STARTED)
    assert list(verify(record)) == []
    before = stories(record)
    assert sum(len(articles) for _, articles in before.values()) == len(samples())
    if keeper.WHOLE:
        rebuild(record)
        assert stories(record) == before


def test_an_article_that_defeats_the_features_is_rejected_and_stands_alone(
    record: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError("no words")

    monkeypatch.setattr(taking, "features", fail)
    take_in(record, page("a", DAM), page("b", DAM_AGAIN))
    assert members(record) == [{"a"}, {"b"}]
    rows = record.db.execute("SELECT place, reason, detail FROM rejections ORDER BY place").fetchall()
    assert [tuple(row[:2]) for row in rows] == [("a.txt", "internal"), ("b.txt", "internal")]
    assert "ZeroDivisionError: no words" in rows[0]["detail"]
