"""Statements of a record: made anew for each story that changed."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

import msgspec

from kutip.flow.attributions_to_statements.step import Linking, make_statements
from kutip.flow.attributions_to_statements.units import StoryArticle
from kutip.languages import load as pack_of
from kutip.languages.loader import available
from kutip.model import Change, Edge, Rejection, Relation, Rendition, Statement
from kutip.store import rows
from kutip.store.upkeep.loading import Loaded, as_json, load

TOGETHER = 400  # articles that are read at a time
_AMONG = "IN (SELECT value FROM json_each(?))"


def write_statements(
    db: sqlite3.Connection, stories: Iterable[int], linking: Linking, reject: Callable[[Rejection], None]
) -> None:
    """Makes the statements of the stories with these row numbers anew; ``reject`` keeps why that failed."""
    keys = sorted(stories)
    forget_statements(db, keys)
    for chunk in _in_parts(db, keys):
        loaded = load(db, (article for articles in chunk.values() for article in articles))
        for story, articles in chunk.items():
            told = [one for key in articles if (one := loaded[key]).article.lang in available()]
            made = _made(told, linking)
            if isinstance(made, str):
                name = "SELECT name FROM pages WHERE article = ? ORDER BY key"
                reject(Rejection(db.execute(name, [told[0].key]).fetchone()[0], "internal", made))
                continue
            unique = {statement.id: statement for statement in reversed(made)}
            _write(db, story, list(reversed(unique.values())), {one.article.id: one for one in told})


def _in_parts(db: sqlite3.Connection, stories: Sequence[int]) -> Iterator[dict[int, list[int]]]:
    """Stories with their articles in order, about TOGETHER articles at a time."""
    query = """
        SELECT story, article FROM json_each(?) wanted CROSS JOIN story_articles ON story = wanted.value
        ORDER BY story, position
    """
    part: dict[int, list[int]] = {}
    count = 0
    for story, article in db.execute(query, [as_json(stories)]).fetchall():
        if count >= TOGETHER and story not in part:
            yield part
            part, count = {}, 0
        part.setdefault(story, []).append(article)
        count += 1
    yield part


def forget_statements(db: sqlite3.Connection, stories: Iterable[int]) -> None:
    """Deletes the statements of stories."""
    keys = [as_json(stories)]
    db.execute(
        f"DELETE FROM renditions WHERE statement IN (SELECT key FROM statements WHERE story {_AMONG})", keys
    )
    db.execute(f"DELETE FROM statements WHERE story {_AMONG}", keys)


def _made(told: Sequence[Loaded], linking: Linking) -> tuple[Statement, ...] | str:
    """The statements of a story, or a sentence for people that says why there are none."""
    articles = [
        StoryArticle(a.id, a.text, a.blocks, one.attributions, one.day, a.outlet)
        for one in told
        for a in [one.article]
    ]
    try:
        return make_statements(articles, [pack_of(str(one.article.lang)) for one in told], linking)
    except Exception as error:
        return f"the statements failed: {type(error).__name__}: {error}; please report it with the pages of its story"


def _write(
    db: sqlite3.Connection, story: int, statements: Sequence[Statement], told: Mapping[str, Loaded]
) -> None:
    renditions = []
    for statement in statements:
        articles = len({one.article for one in statement.renditions})
        values = (statement.id, story, statement.speaker, len(statement.renditions), articles)
        query = "INSERT INTO statements (id, story, speaker, renditions, articles) VALUES (?, ?, ?, ?, ?)"
        key = db.execute(query, values).lastrowid
        edges = {edge.target: edge for edge in statement.edges}
        reference = Edge(statement.renditions[0].id, statement.renditions[0].id, Relation.REFERENCE)
        for position, one in enumerate(statement.renditions):
            edge = edges.get(one.id, reference) if position else reference
            place = {"statement": key, "position": position}
            renditions.append(place | _row(one, edge, told[one.article]))
    if renditions:
        columns, holes = ", ".join(renditions[0]), ", ".join(f":{name}" for name in renditions[0])
        db.executemany(f"INSERT INTO renditions ({columns}) VALUES ({holes})", renditions)
    db.execute("UPDATE stories SET statements = ? WHERE key = ?", (len(statements), story))


def _row(one: Rendition, edge: Edge, told: Loaded) -> dict[str, Any]:
    return {
        "id": one.id,
        "article": told.key,
        "attribution": None if one.attribution is None else told.keys[one.attribution],
        "speaker": one.speaker,
        "kind": one.kind.value,
        "content": rows.GAP.join(span.of(told.article.text) for span in one.content),
        "content_spans": rows.spans_json(one.content),
        "relation": edge.relation.value,
        "changes": _json(edge.changes),
        "score": edge.score,
        "features": _json(edge.features),
    }


def _json(value: tuple[Change, ...] | dict[str, float]) -> str:
    return msgspec.json.encode(value).decode()
