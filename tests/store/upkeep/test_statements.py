"""Statements of a record: those that the flow makes of each story, with the exact words of each rendition."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kutip.flow.attributions_to_statements.step import make_statements
from kutip.flow.attributions_to_statements.units import StoryArticle
from kutip.languages import available, load
from kutip.model import content_id
from kutip.store import Record, Run, verify
from kutip.store.upkeep import growing, keeper, statements
from kutip.store.upkeep.loading import load as load_articles
from tests.store.upkeep.reading import STARTED, rebuild, samples, take_in


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Record]:
    with Record.open(str(tmp_path / "record.db"), "write") as opened:
        yield opened


def told(record: Record) -> list[tuple[Any, ...]]:
    """All renditions with all that is known of them, in an order of their own, without row numbers."""
    query = """
        SELECT statements.id, statements.speaker, statements.renditions, statements.articles, stories.id,
            renditions.position, renditions.id, articles.id, attributions.id, renditions.speaker, renditions.kind,
            renditions.content, renditions.content_spans, relation, changes, score, features
        FROM renditions JOIN statements ON statements.key = statement JOIN stories ON stories.key = story
        JOIN articles ON articles.key = renditions.article
        LEFT JOIN attributions ON attributions.key = renditions.attribution
        ORDER BY statements.id, renditions.position
    """
    return [tuple(row) for row in record.db.execute(query)]


@pytest.mark.parametrize("small", [keeper.WHOLE, 0])
def test_each_story_has_the_statements_that_the_flow_makes(
    record: Record, monkeypatch: pytest.MonkeyPatch, small: int
) -> None:
    monkeypatch.setattr(keeper, "WHOLE", small)
    for at in range(0, len(samples()), 5):
        take_in(record, *samples()[at : at + 5])
    kept = {row[0]: row[2] for row in told(record)}
    made = {}
    for (story,) in record.db.execute("SELECT key FROM stories").fetchall():
        query = "SELECT article FROM story_articles WHERE story = ? ORDER BY position"
        keys = [key for (key,) in record.db.execute(query, [story])]
        loaded = [one for one in load_articles(record.db, keys).values() if one.article.lang in available()]
        articles = [
            StoryArticle(a.id, a.text, a.blocks, one.attributions, a.day, a.outlet)
            for one in loaded
            for a in [one.article]
        ]
        for one in make_statements(articles, [load(str(each.article.lang)) for each in loaded]):
            made[one.id] = len(one.renditions)
    assert kept == made
    assert max(made.values()) > 2
    counts = "SELECT sum(statements), (SELECT count(*) FROM statements) FROM stories"
    assert tuple(record.db.execute(counts).fetchone()) == (len(made), len(made))


def test_every_attribution_is_in_a_statement_and_every_word_in_its_place(record: Record) -> None:
    take_in(record, *samples())
    assert list(verify(record)) == []
    missing = """
        SELECT count(*) FROM attributions WHERE repeat_of IS NULL AND key NOT IN (
            SELECT attribution FROM renditions WHERE attribution IS NOT NULL)
    """
    assert record.db.execute(missing).fetchone()[0] == 0
    wrong = """
        SELECT count(*) FROM renditions JOIN attributions ON attributions.key = attribution
        WHERE attributions.article <> renditions.article OR attributions.speaker IS NOT renditions.speaker
    """
    assert record.db.execute(wrong).fetchone()[0] == 0


def test_one_at_a_time_and_a_rebuild_give_the_same(record: Record) -> None:
    writer = record.writer(Run("0", {}, STARTED))
    for one in reversed(samples()):
        writer.add(one)
        writer.finish(STARTED)
    before = told(record)
    rebuild(record)
    assert told(record) == before
    assert len(before) > 100


@pytest.mark.parametrize("backwards", [False, True])
def test_a_large_story_grows_by_what_its_new_articles_tell(
    record: Record, monkeypatch: pytest.MonkeyPatch, backwards: bool
) -> None:
    monkeypatch.setattr(keeper, "WHOLE", 0)
    monkeypatch.setattr(growing, "FEW", 2)
    monkeypatch.setattr(growing, "BESIDE", 2)
    grown = []
    monkeypatch.setattr(statements, "grow", lambda *given: grown.append(1) or growing.grow(*given))
    given = samples()[::-1] if backwards else samples()
    take_in(record, *given[::2])  # what a story has by then, the others grow it by
    for one in given[1::2]:
        take_in(record, one)
    assert grown
    assert list(verify(record)) == []
    missing = """
        SELECT count(*) FROM attributions WHERE repeat_of IS NULL AND key NOT IN (
            SELECT attribution FROM renditions WHERE attribution IS NOT NULL)
    """
    assert record.db.execute(missing).fetchone()[0] == 0
    counts = "SELECT sum(statements), (SELECT count(*) FROM statements) FROM stories"
    of_stories, in_all = record.db.execute(counts).fetchone()
    assert of_stories == in_all
    articles = """
        SELECT count(*) FROM statements WHERE articles <> (
            SELECT count(DISTINCT article) FROM renditions WHERE statement = statements.key)
    """
    assert record.db.execute(articles).fetchone()[0] == 0
    ids = {row[0]: row[6] for row in told(record) if row[5] == 0}
    assert all(content_id("statement", reference) == id_ for id_, reference in ids.items())
    before = together(record)
    rebuild(record)
    after = together(record)
    assert len(before & after) > max(len(before), len(after)) / 2  # with two articles beside, not twelve


def together(record: Record) -> set[tuple[str, str]]:
    """Renditions of two articles that are in one statement."""
    rows = told(record)
    return {(one[6], other[6]) for one in rows for other in rows if one[0] == other[0] and one[7] < other[7]}


def test_a_story_that_defeats_us_is_rejected_and_the_run_goes_on(
    record: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError("nothing said")

    monkeypatch.setattr(statements, "make_statements", fail)
    take_in(record, *samples()[:3])
    assert told(record) == []
    reasons = {
        row["reason"] for row in record.db.execute("SELECT reason FROM rejections WHERE reason = 'internal'")
    }
    assert reasons == {"internal"}
    assert record.db.execute("SELECT count(*) FROM stories").fetchone()[0] > 0
    monkeypatch.undo()
    rebuild(record)
    assert told(record) != []


def test_what_an_interruption_left_unfollowed_is_taken_up_by_the_next_run(
    record: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(keeper, "write_statements", stop)
        with pytest.raises(KeyboardInterrupt):
            take_in(record, *samples())
    assert told(record) == []
    assert record.db.execute("SELECT count(*) FROM unfollowed").fetchone()[0] > 5
    assert record.db.execute("SELECT count(*) FROM pending").fetchone()[0] == 0
    take_in(record)
    before = told(record)
    assert before
    rebuild(record)
    assert told(record) == before


@pytest.mark.parametrize("small", [keeper.WHOLE, 0])
def test_what_another_method_made_is_made_anew(
    record: Record, monkeypatch: pytest.MonkeyPatch, small: int
) -> None:
    monkeypatch.setattr(keeper, "WHOLE", small)
    take_in(record, *samples()[:-1])
    record.db.execute("UPDATE methods SET method = 'another'")
    record.db.execute("UPDATE story_vectors SET vector = x'00'")
    take_in(record, samples()[-1])
    before = told(record)
    assert list(verify(record)) == []
    rebuild(record)
    assert told(record) == before


def test_an_article_that_changes_its_story_takes_its_statements_along(
    record: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    take_in(record, *samples())
    query = (
        "SELECT story, article FROM story_articles WHERE copy_of IS NULL AND story > 1 ORDER BY story DESC"
    )
    story, article = next(
        row
        for row in record.db.execute(query)
        if record.db.execute(
            "SELECT 1 FROM renditions WHERE article = ? AND position = 0", [row["article"]]
        ).fetchone()
    )
    record.db.execute("UPDATE story_articles SET story = 1 WHERE article = ?", [article])
    record.db.executemany("INSERT INTO unfollowed VALUES (?, 0)", [(1,), (story,)])
    monkeypatch.setattr(statements, "TOGETHER", 1)
    take_in(record)
    query = "SELECT DISTINCT story FROM renditions JOIN statements ON statements.key = statement WHERE article = ?"
    assert [key for (key,) in record.db.execute(query, [article])] == [1]
