"""Full text: the best of all that match, or the last of them where they are many."""

import sqlite3
from collections.abc import Iterator

import pytest

from bench import synthetic
from kutip.store import Hit, Record, fulltext
from kutip.store.match import match_expression


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Record]:
    path = str(tmp_path_factory.mktemp("fulltext") / "record.db")
    synthetic.make(path, 1400)
    with Record.open(path, "write") as opened:
        opened.db.execute("UPDATE attributions SET repeat_of = 1 WHERE key % 13 = 0")
        opened.db.execute("UPDATE articles SET superseded_by = 1 WHERE key % 7 = 5")
    with Record.open(path) as opened:
        yield opened


def all_in_order(db: sqlite3.Connection, words: str, ranked: int) -> list[str]:
    """Ids of attributions by rank, then by id; the last first where more than ``ranked`` match."""
    sql = """
        SELECT rank, a.id, a.key, superseded_by IS NULL AND repeat_of IS NULL AS holds FROM attributions_text
        JOIN attributions a ON a.key = attributions_text.rowid JOIN articles ON articles.key = a.article
        WHERE attributions_text MATCH ?
    """
    found = [tuple(row) for row in db.execute(sql, [match_expression(words)])]
    many = len(found) > ranked
    found.sort(key=lambda row: -row[2] if many else row[:2])
    return [id_ for _, id_, _, holds in found if holds]


@pytest.mark.parametrize("ranked", [10_000, 40])
@pytest.mark.parametrize("words", ["baba", "baba babi", '"baba babi"', "babe|bawu", "none-such"])
def test_the_best_come_first(
    record: Record, monkeypatch: pytest.MonkeyPatch, words: str, ranked: int
) -> None:
    monkeypatch.setattr(fulltext, "RANKED", ranked)
    expected = all_in_order(record.db, words, ranked)
    for limit in (1, 5, 3_000):
        hits = record.view().search(words, limit)
        assert [hit.id for hit in hits if hit.what == "attribution"] == expected[:limit]
    articles = {row[0] for row in record.db.execute("SELECT id FROM articles WHERE superseded_by IS NULL")}
    assert {hit.id for hit in hits if hit.what == "article"} <= articles


def test_equally_good_ones_are_in_the_order_of_their_ids(record: Record) -> None:
    rows = record.db.execute("SELECT DISTINCT content FROM attributions").fetchall()
    once: list[Hit] = []
    for row in rows[:40]:
        once = [h for h in record.view().search(f'"{row[0].split()[0]}"', 50) if h.what == "attribution"]
        again = [h.id for h in record.view().search(f'"{row[0].split()[0]}"', 7) if h.what == "attribution"]
        assert [h.id for h in once][:7] == again
    assert once
