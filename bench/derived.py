"""Actors, stories and statements for a made-up record: as many as there would be, without working them out.

Every third speaker goes by two names, TOLD articles in a row are a story, and the statements at the same place in
them are one, told in each way there is. Run: ``python -m bench.derived RECORD``, after bench.synthetic.
"""

import sqlite3
import sys
from itertools import cycle, groupby
from typing import Any

from kutip.model import content_id
from kutip.store import Record

TOLD = 4  # articles of a story
STATEMENTS = 6  # of a story, that all of its articles tell
RELATIONS = ("verbatim", "trimmed", "reworded", "changed")
CHANGES = '[{"kind":"number","before":"dua","after":"tiga"}]'


def derive(path: str) -> None:
    """Fills the derived tables of the record at ``path``, which must be those of a new record."""
    with Record.open(path, "write") as record:
        db = record.db
        db.execute("PRAGMA synchronous = OFF")
        db.execute("BEGIN")
        _actors(db)
        _stories(db)
        db.execute("DELETE FROM pending")
        db.execute("COMMIT")
        db.execute("PRAGMA optimize")


def _actors(db: sqlite3.Connection) -> None:
    names = [
        name for (name,) in db.execute("SELECT name FROM mentions GROUP BY name ORDER BY count(*) DESC, name")
    ]
    actors: list[list[str]] = []
    for at, name in enumerate(names):
        if at % 4 == 3:
            actors[-1].append(name)
        else:
            actors.append([name])
    rows = [(key, content_id("actor", own[0]), own[0]) for key, own in enumerate(actors, start=1)]
    db.executemany("INSERT INTO actors VALUES (?, ?, ?, 'person', 0, 0, NULL, NULL)", rows)
    db.execute("CREATE TEMP TABLE who (name TEXT PRIMARY KEY, actor INTEGER)")
    db.executemany(
        "INSERT INTO who VALUES (?, ?)",
        [(name, key) for key, own in enumerate(actors, start=1) for name in own],
    )
    db.execute(
        "UPDATE mentions SET actor = (SELECT actor FROM who WHERE who.name = mentions.name), reason = 'made-up'"
    )
    db.execute(
        """UPDATE actors SET (attributions, articles) =
            (SELECT sum(attributions), count(DISTINCT article) FROM mentions WHERE actor = actors.key)"""
    )


def _stories(db: sqlite3.Connection) -> None:
    articles = db.execute(
        "SELECT key, id, headline, substr(published, 1, 10) FROM articles ORDER BY key"
    ).fetchall()
    for number, group in groupby(enumerate(articles), lambda item: item[0] // TOLD + 1):
        found = [article for _, article in group]
        first, days = found[0], sorted(day for *_, day in found)
        row: list[Any] = [number, content_id("story", first[1]), first[2], days[0], days[-1]]
        counts = [len(found), 0, len(found), STATEMENTS]
        db.execute(f"INSERT INTO stories VALUES ({', '.join('?' * 9)})", [*row, *counts])
        places = [(article[0], number, at) for at, article in enumerate(found)]
        db.executemany("INSERT INTO story_articles VALUES (?, ?, ?, NULL)", places)
        _statements(db, number, [article[0] for article in found])


def _statements(db: sqlite3.Connection, story: int, articles: list[int]) -> None:
    relations = cycle(RELATIONS)
    for place in range(STATEMENTS):
        key = story * STATEMENTS + place
        said = db.execute(
            f"""SELECT key, id, article, speaker, kind, content, content_spans FROM attributions
                WHERE position = ? AND article IN ({", ".join("?" * len(articles))}) ORDER BY article""",
            [place, *articles],
        ).fetchall()
        values = [key, content_id("statement", said[0][1]), story, said[0][3], len(said), len(said)]
        db.execute("INSERT INTO statements VALUES (?, ?, ?, ?, ?, ?)", values)
        for at, (number, own, article, speaker, kind, content, spans) in enumerate(said):
            relation = next(relations) if at else "reference"
            row = [own, key, at, article, number, speaker, kind, content, spans, relation]
            more = [CHANGES if relation == "changed" else "[]", 0.9, "{}"]
            db.execute(
                f"""INSERT INTO renditions (id, statement, position, article, attribution, speaker, kind, content,
                    content_spans, relation, changes, score, features) VALUES ({", ".join("?" * 13)})""",
                [*row, *more],
            )


if __name__ == "__main__":
    derive(sys.argv[1])
