"""Pages of statements: the same as without pages, whichever way they are found."""

import itertools
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench import synthetic
from kutip.store import Record, SaidQuery, asked, browse
from kutip.store.asked import Wanted
from kutip.store.contract import Whose
from kutip.store.match import Finder, Usual, match_expression, without

# Bounds so small or large that each way is taken.
WAYS = {
    "candidates": {},
    "walks, held": {"FEW": 0, "MANY": 100_000},
    "walks, nothing held": {"FEW": 0, "MANY": 0},
    "short walks": {"FEW": 0, "MANY": 0, "WALK": 40, "CHUNK": 7},
}
QUESTIONS = [
    {},
    {"about": "baba"},
    {"about": "baba", "kind": "direct"},
    {"by": "baba wuja"},
    {"by": "baba", "about": "babe", "force": "claims"},
    {"outlet": "babe", "since": "2024-03", "until": "2025-02-11"},
    {"via": "warta bacu"},
    {"force": "thanks"},
    {"since": "2025"},
    {"until": "2023-02"},
    {"about": "nothing-like-this"},
]


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Record:
    path = str(tmp_path_factory.mktemp("browse") / "record.db")
    synthetic.make(path, 1400)
    with Record.open(path, "write") as opened:
        opened.db.execute("UPDATE attributions SET day = NULL WHERE key % 11 = 0")
        opened.db.execute("UPDATE attributions SET repeat_of = 1 WHERE key % 13 = 0 AND article = 1")
        opened.db.execute("UPDATE articles SET superseded_by = 1 WHERE key = 5")
    with Record.open(path) as opened:
        yield opened


def pages(record: Record, wanted: dict[str, str], size: int) -> list[browse.Found]:
    found, after = [], ""
    while True:
        found.append(record.view().statements(Wanted(SaidQuery(**wanted), after=after, size=size)))
        after = found[-1].after
        if not after:
            return found


def go(monkeypatch: pytest.MonkeyPatch, way: str) -> None:
    for name, value in WAYS[way].items():
        for module in (asked, browse):
            if hasattr(module, name):
                monkeypatch.setattr(module, name, value)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("question", QUESTIONS, ids=str)
def test_the_first_of_what_is_said_are_those_of_all(
    record: Record, monkeypatch: pytest.MonkeyPatch, way: str, question: dict[str, str]
) -> None:
    go(monkeypatch, way)
    view = record.view()
    expected = list(view.said(SaidQuery(**question)))
    chosen = {row.id for row in expected}
    for limit in (1, 20, len(expected) + 1):
        query = SaidQuery(**question, limit=limit)
        assert list(view.said(query)) == expected[:limit]
        for up_to in (0, limit, 2 * limit):
            assert view.said_and_count(query, up_to) == (expected[:limit], min(len(expected), up_to + 1))
    assert view.count_said(query) == len(expected)
    selected = [one.id for kept in view.selected(query) for one in kept.attributions]
    assert set(selected) == chosen
    assert selected == [one.id for kept in view.selected(SaidQuery(**question)) for one in kept.attributions]


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("question", QUESTIONS, ids=str)
def test_all_pages_together_are_all_that_is_said(
    record: Record, monkeypatch: pytest.MonkeyPatch, way: str, question: dict[str, str]
) -> None:
    go(monkeypatch, way)
    expected = {row.id: row for row in record.view().said(SaidQuery(**question))}
    found = pages(record, question, 17)
    rows = [row for page in found for row in page.rows]
    assert len(rows) == len({row.id for row in rows}) == len(expected)
    assert all(row.content == expected[row.id].content and row.via == expected[row.id].via for row in rows)
    days = [row.day or "" for row in rows]
    assert days == sorted(days, reverse=True)
    if found[0].total is not None:
        assert found[0].total == found[0].sample == len(expected)
        kinds = Counter(row.kind for row in expected.values())
        assert {t.name: t.count for t in found[0].facets["kind"]} == kinds
    if way == "candidates" and question:
        assert found[0].total is not None


def test_one_speaker(record: Record) -> None:
    rows = list(record.view().said(SaidQuery()))
    whose = Whose((str(rows[0].speaker), str(rows[1].speaker)))
    expected = {row.id for row in rows if row.speaker in whose.names}
    found = record.view().statements(Wanted(SaidQuery(whose=whose), size=200))
    assert {row.id for row in found.rows} == expected
    assert {row.id for row in record.view().said(SaidQuery(whose=whose))} == expected


@pytest.mark.parametrize("about", ["baba", "baba babi", '"baba babi"', "baba babi|babu"])
def test_usual_words_are_read_not_looked_up(record: Record, about: str) -> None:
    expected = [row.id for row in record.view().said(SaidQuery(about=about))]
    looked_up = without(about, Usual(record.view().vocabulary(), 100))
    assert (looked_up == about) == about.startswith('"')
    found = record.view().statements(Wanted(SaidQuery(about=about), size=2000, looked_up=looked_up))
    assert {row.id for row in found.rows} == set(expected)
    assert found.total == len(expected)


def test_a_walk_that_is_broken_off_says_how_far_it_came(
    record: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    go(monkeypatch, "short walks")
    found = record.view().statements(Wanted(SaidQuery(kind="mixed"), size=30))
    assert len(found.rows) < 30
    assert found.total is None
    assert found.walked_to
    assert found.after.startswith(found.walked_to)


def test_the_summary_is_what_counting_gives(record: Record) -> None:
    view = record.view()
    found, stats, rows = view.summary(), view.stats(), list(view.said(SaidQuery()))
    assert (found.articles, found.statements, found.repeats) == (stats.articles, len(rows), stats.repeats)
    assert {t.name: t.count for t in found.kinds} == Counter(row.kind for row in rows)
    assert {t.name: t.count for t in found.forces} == Counter(row.force for row in rows)
    assert {o.name: o.statements for o in found.outlets} == Counter(row.outlet for row in rows)
    assert sum(day.articles for day in found.days) + found.undated == found.articles
    days = [row.day for row in rows if row.day]
    assert (found.first_day, found.last_day) == (min(days), max(days))
    counts = [s.statements for s in found.speakers.by_id.values()]
    assert counts == sorted(counts, reverse=True)


words = st.text(st.sampled_from("abáÁ é-_'\"ßİıñ1²日本 .,\u0301\u200b"), max_size=24)


@settings(max_examples=300)
@given(text=words, asked=words)
def test_the_finder_finds_what_the_index_finds(text: str, asked: str) -> None:
    import sqlite3

    expression = match_expression(asked)
    if not expression or not any(map(str.isalnum, asked)):
        return
    db = sqlite3.connect(":memory:")
    db.execute("CREATE VIRTUAL TABLE t USING fts5 (c, tokenize = 'unicode61 remove_diacritics 2')")
    db.execute("INSERT INTO t VALUES (?)", [text])
    indexed = bool(db.execute("SELECT 1 FROM t WHERE t MATCH ?", [expression]).fetchall())
    db.close()
    finder = Finder(asked)
    if indexed:
        assert finder.all_in(text)
        for span, following in itertools.pairwise(finder.places(text)):
            assert span.end <= following.start
        assert finder.places(text)
