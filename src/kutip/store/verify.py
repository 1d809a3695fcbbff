"""Whether a record holds: every hash, every span, every index, made anew and compared with what is kept."""

import sqlite3
import zlib
from collections.abc import Callable, Iterator
from contextlib import closing
from typing import Any

import msgspec

from kutip.model import Relation, content_id, sha256_hex
from kutip.store import rows
from kutip.store.contract import Problem
from kutip.store.errors import DamagedRecord, speaking
from kutip.store.record import Record

Found = Iterator[Problem]


def verify(record: Record, progress: Callable[[str], None] = lambda what: None) -> Found:
    """What does not hold in ``record``, as it is found; nothing where all holds.

    progress: called with the name of each check as it starts. Waits for other programs to end their writing.
    """
    for name, check in CHECKS:
        progress(name)
        try:
            with speaking(record.path):
                yield from check(record.db)
        except DamagedRecord as error:
            yield Problem("file", "", f"{name}: {error.__cause__}")


def _file(db: sqlite3.Connection) -> Found:
    for (said,) in db.execute("PRAGMA integrity_check"):
        if said != "ok":
            yield Problem("file", "", f"SQLite: {said}")


def _references(db: sqlite3.Connection) -> Found:
    for table, row, parent, _ in db.execute("PRAGMA foreign_key_check"):
        yield Problem(table, str(row), f"points to a row of {parent} that is not there")


def _pages(db: sqlite3.Connection) -> Found:
    for row in db.execute("SELECT id, url, sha256, size, content FROM pages"):
        try:
            content = zlib.decompress(row["content"])
        except zlib.error as error:
            yield Problem("pages", row["id"], f"its bytes cannot be unpacked: {error}")
            continue
        if sha256_hex(content) != row["sha256"] or len(content) != row["size"]:
            yield Problem("pages", row["id"], "its bytes are not those whose hash and size were kept")
        if content_id("page", row["url"] or "", row["sha256"]) != row["id"]:
            yield Problem("pages", row["id"], "its id does not derive from its url and hash")


def _articles(db: sqlite3.Connection) -> Found:
    for article in db.execute("SELECT key, id, text, sha256 FROM articles"):
        if sha256_hex(_bytes(article["text"])) != article["sha256"]:
            yield Problem("articles", article["id"], "its text is not the one whose hash was kept")
        if not db.execute("SELECT 1 FROM pages WHERE article = ?", (article["key"],)).fetchone():
            yield Problem("articles", article["id"], "no page has it")
        if not db.execute("SELECT 1 FROM readings WHERE article = ?", (article["key"],)).fetchone():
            yield Problem("readings", article["id"], "it is not kept what read it")
        yield from _blocks(db, article)
        yield from _spans(db, article)
        yield from _mentions(db, article)


def _blocks(db: sqlite3.Connection, article: sqlite3.Row) -> Found:
    text, before = article["text"], 0
    for block in db.execute("SELECT * FROM blocks WHERE article = ? ORDER BY position", (article["key"],)):
        start, stop = block["start"], block["stop"]
        if not before <= start < stop <= len(text):
            yield Problem(
                "blocks", article["id"], f"block {block['position']}: [{start}, {stop}) is misplaced"
            )
        elif text[start:stop] != text[start:stop].strip():
            yield Problem("blocks", article["id"], f"block {block['position']}: white space at its edge")
        before = stop


def _spans(db: sqlite3.Connection, article: sqlite3.Row) -> Found:
    for row in db.execute("SELECT * FROM attributions WHERE article = ?", (article["key"],)):
        try:
            kept = rows.to_attribution(row, ())
        except (msgspec.MsgspecError, ValueError, TypeError) as error:
            yield Problem("attributions", row["id"], f"cannot be read: {error}")
            continue
        named = [("content", span) for span in kept.content]
        named += [(name, span) for name, span in (("cue", kept.cue), ("source", kept.source)) if span]
        for name, span in named:
            if not 0 <= span.start < span.end <= len(article["text"]):
                what = f"{name}: [{span.start}, {span.end}) is not in the text"
                yield Problem("attributions", row["id"], what)
        words = {
            "content": rows.content_of(kept, article["text"]),
            "cue": kept.cue and kept.cue.of(article["text"]),
            "source": kept.source and kept.source.of(article["text"]),
        }
        for name, sliced in words.items():
            if sliced != row[name]:
                what = f"{name}: the text has {sliced!r}, the record {row[name]!r}"
                yield Problem("attributions", row["id"], what)
        if rows.attribution_id(article["id"], kept) != row["id"]:
            yield Problem("attributions", row["id"], "its id does not derive from its article and spans")


def _mentions(db: sqlite3.Connection, article: sqlite3.Row) -> Found:
    counted = """
        SELECT speaker, speaker_kind, count(*) FROM attributions
        WHERE article = :key AND repeat_of IS NULL AND speaker IS NOT NULL GROUP BY 1, 2
        EXCEPT SELECT name, kind, attributions FROM mentions WHERE article = :key
    """
    for name, _, count in db.execute(counted, {"key": article["key"]}):
        yield Problem("mentions", article["id"], f"{name!r} speaks {count} times, which is not what is kept")


def _stories(db: sqlite3.Connection) -> Found:
    """Each current article whose turn has come is in one story, and stories count what they hold."""
    lost = """
        SELECT id FROM articles WHERE superseded_by IS NULL AND key NOT IN (SELECT article FROM pending)
        EXCEPT SELECT id FROM articles JOIN story_articles ON story_articles.article = articles.key
    """
    for (article,) in db.execute(lost):
        yield Problem("story_articles", article, "is in no story")
    counted = """
        SELECT id, articles FROM stories EXCEPT
        SELECT id, count(*) FROM stories JOIN story_articles ON story_articles.story = stories.key GROUP BY id
    """
    for story, count in db.execute(counted):
        yield Problem("stories", story, f"does not have the {count} articles that it counts")
    copies = """
        SELECT articles.id FROM story_articles copy JOIN articles ON articles.key = copy.article
        LEFT JOIN story_articles original ON original.article = copy.copy_of
        WHERE copy.copy_of NOT NULL AND (original.copy_of NOT NULL OR original.story IS NOT copy.story)
    """
    for (article,) in db.execute(copies):
        yield Problem("story_articles", article, "is a copy of what is no original of its story")


def _actors(db: sqlite3.Connection) -> Found:
    """Every actor has the mentions that it counts, and its id derives from the first."""
    counted = """
        SELECT id, attributions FROM actors EXCEPT
        SELECT id, sum(mentions.attributions) FROM actors JOIN mentions ON mentions.actor = actors.key GROUP BY id
    """
    for actor, count in db.execute(counted):
        yield Problem("actors", actor, f"does not have the {count} statements that it counts")
    first = """
        SELECT actors.id, (
            SELECT json_array(articles.id, mentions.name) FROM mentions
            JOIN articles ON articles.key = mentions.article WHERE actor = actors.key
            ORDER BY coalesce(substr(articles.published, 1, 10), '~'), articles.id, mentions.name LIMIT 1)
        FROM actors
    """
    for actor, mention in db.execute(first):
        if mention and content_id("actor", *msgspec.json.decode(mention, type=list[str])) != actor:
            yield Problem("actors", actor, "its id does not derive from its first mention")


def _statements(db: sqlite3.Connection) -> Found:
    """Every rendition has the words of its spans, and every statement a reference to which they relate."""
    query = """
        SELECT renditions.*, articles.text FROM renditions JOIN articles ON articles.key = renditions.article
    """
    for row in db.execute(query):
        sliced = rows.GAP.join(span.of(row["text"]) for span in rows.to_spans(row["content_spans"]))
        if sliced != row["content"]:
            what = f"content: the text has {sliced!r}, the record {row['content']!r}"
            yield Problem("renditions", row["id"], what)
        if (row["relation"] == Relation.REFERENCE) != (row["position"] == 0):
            yield Problem("renditions", row["id"], f"{row['relation']} at position {row['position']}")
    counted = """
        SELECT id, renditions FROM statements EXCEPT
        SELECT statements.id, count(*) FROM statements
        JOIN renditions ON renditions.statement = statements.key GROUP BY statements.id
    """
    for statement, count in db.execute(counted):
        yield Problem("statements", statement, f"does not have the {count} renditions that it counts")


def _full_text(db: sqlite3.Connection) -> Found:
    """Compares the full-text indexes with their tables; copies a file that may not be written to for it."""
    db.execute("PRAGMA query_only = OFF")
    for index in ("articles_text", "attributions_text"):
        said = _compare(db, index)
        if "readonly" in said:
            with closing(sqlite3.connect("")) as copy:
                db.backup(copy)
                said = _compare(copy, index)
        if said:
            yield Problem(index, "", f"the full-text index does not fit its table: {said}")


def _compare(db: sqlite3.Connection, index: str) -> str:
    """What FTS5 finds wrong with ``index``. It takes the question as an insert, which inserts nothing."""
    try:
        db.execute(f"INSERT INTO {index} ({index}, rank) VALUES ('integrity-check', 1)")
    except sqlite3.DatabaseError as error:
        if "locked" in str(error):
            raise
        return str(error)
    return ""


def _bytes(text: Any) -> bytes:
    return str(text).encode("utf-8", "surrogatepass")


CHECKS: tuple[tuple[str, Callable[[sqlite3.Connection], Found]], ...] = (
    ("the file", _file),
    ("references", _references),
    ("pages", _pages),
    ("articles, blocks and spans", _articles),
    ("stories", _stories),
    ("actors", _actors),
    ("statements", _statements),
    ("full-text indexes", _full_text),
)
