"""Whatever is changed behind the record's back is found, and nothing else is."""

import zlib
from pathlib import Path

import pytest

from kutip.store import Record, verify
from tests.store.making import TEXT, ingest, processed, quotation


@pytest.fixture
def record(tmp_path: Path) -> Record:
    with Record.open(str(tmp_path / "record.db"), "write") as opened:
        ingest(opened, processed(TEXT, quotation()), processed(TEXT + " Lagi.", quotation(), name="b"))
        yield opened


def found(record: Record) -> list[tuple[str, str]]:
    checks: list[str] = []
    problems = [(problem.table, problem.what) for problem in verify(record, checks.append)]
    assert len(checks) == 8
    return problems


def test_a_whole_record_holds(record: Record) -> None:
    assert found(record) == []
    record.close()
    with Record.open(record.path) as reader:
        assert found(reader) == []


@pytest.mark.parametrize(
    ("change", "table", "what"),
    [
        ("UPDATE articles SET text = text || '!' WHERE key = 1", "articles", "hash"),
        ("UPDATE articles SET text = 'x' WHERE key = 1", "attributions", "not in the text"),
        ("UPDATE articles SET sha256 = 'x' WHERE key = 1", "articles", "hash"),
        ("UPDATE pages SET content = x'00' WHERE key = 1", "pages", "unpacked"),
        ("UPDATE pages SET size = 1 WHERE key = 1", "pages", "hash and size"),
        ("UPDATE pages SET url = 'x' WHERE key = 1", "pages", "id"),
        ("UPDATE blocks SET stop = 999 WHERE article = 1 AND position = 2", "blocks", "misplaced"),
        ("UPDATE blocks SET start = start - 1 WHERE article = 1 AND position = 1", "blocks", "white space"),
        ("UPDATE attributions SET content = 'lain' WHERE key = 1", "attributions", "content"),
        ("UPDATE attributions SET cue = 'lain' WHERE key = 1", "attributions", "cue"),
        ("UPDATE attributions SET source_span = '[0, 7]' WHERE key = 1", "attributions", "source"),
        ("UPDATE attributions SET content_spans = 'x' WHERE key = 1", "attributions", "cannot be read"),
        ("UPDATE attributions SET kind = 'x' WHERE key = 1", "attributions", "cannot be read"),
        ("UPDATE attributions SET speaker = 'x' WHERE key = 1", "attributions", "id does not derive"),
        ("UPDATE mentions SET attributions = 9 WHERE article = 1", "mentions", "speaks 1 times"),
        ("DELETE FROM story_articles WHERE article = 1", "story_articles", "in no story"),
        ("UPDATE actors SET attributions = 9", "actors", "9 statements"),
        ("UPDATE actors SET id = 'a1'", "actors", "first mention"),
        ("UPDATE stories SET articles = 9 WHERE key = 1", "stories", "9 articles"),
        (
            "UPDATE story_articles SET copy_of = 1 WHERE article = 1",
            "story_articles",
            "copy of what is no original",
        ),
        ("UPDATE renditions SET content = 'lain' WHERE position = 0", "renditions", "content"),
        ("UPDATE renditions SET position = 7 WHERE position = 0", "renditions", "at position 7"),
        ("DELETE FROM renditions WHERE position = 0", "statements", "renditions that it counts"),
        ("DELETE FROM pages WHERE key = 1", "articles", "no page"),
        ("UPDATE attributions SET article = 99 WHERE key = 1", "attributions", "points to a row of articles"),
        ("INSERT INTO articles_text (rowid, text) VALUES (9, 'x')", "articles_text", ""),
        ("UPDATE attributions SET content = 'lain' WHERE key = 1", "attributions_text", ""),
    ],
)
def test_a_change_is_found(record: Record, change: str, table: str, what: str) -> None:
    record.db.execute("PRAGMA foreign_keys = OFF")
    record.db.execute(change)
    assert any(table == place and what in said for place, said in found(record))


def test_another_page_in_place_of_one_is_found(record: Record) -> None:
    record.db.execute("UPDATE pages SET content = ? WHERE key = 1", (zlib.compress(b"other"),))
    assert found(record) == [("pages", "its bytes are not those whose hash and size were kept")]


def test_damage_to_the_file_is_found(record: Record) -> None:
    record.close()
    path = Path(record.path)
    content = bytearray(path.read_bytes())
    middle = len(content) // 2
    content[middle : middle + 4096] = b"\xff" * 4096
    path.write_bytes(content)
    with Record.open(record.path) as damaged:
        assert any(problem.table == "file" for problem in verify(damaged))
