"""Articles with their attributions, many at a time, as the flow takes them."""

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping

import msgspec

from kutip.model import Article, Attribution, Block
from kutip.store import rows
from kutip.store.sql import as_json


class Loaded(msgspec.Struct, frozen=True):
    """An article of the record. keys: row numbers of the attributions; repeats are left out."""

    key: int
    article: Article
    attributions: tuple[Attribution, ...]
    keys: tuple[int, ...]


def load(db: sqlite3.Connection, keys: Iterable[int]) -> dict[int, Loaded]:
    """The articles with these row numbers, in the order of ``keys``."""
    wanted = list(keys)
    attributions = _attributions(db, {"keys": as_json(wanted)})
    return {
        key: Loaded(
            key,
            article,
            tuple(found for _, found in attributions[key]),
            tuple(kept for kept, _ in attributions[key]),
        )
        for key, article in load_articles(db, wanted).items()
    }


def load_articles(db: sqlite3.Connection, keys: Iterable[int]) -> dict[int, Article]:
    """The articles with these row numbers, without what is said in them, in the order of ``keys``."""
    named = {"keys": as_json(keys)}
    blocks = _blocks(db, named)
    query = (
        "SELECT articles.* FROM json_each(:keys) wanted CROSS JOIN articles ON articles.key = wanted.value"
    )
    return {row["key"]: rows.to_article(row, tuple(blocks[row["key"]])) for row in db.execute(query, named)}


def _blocks(db: sqlite3.Connection, named: Mapping[str, str]) -> dict[int, list[Block]]:
    found: dict[int, list[Block]] = defaultdict(list)
    query = """
        SELECT blocks.* FROM json_each(:keys) wanted CROSS JOIN blocks ON blocks.article = wanted.value
        ORDER BY article, position
    """
    for row in db.execute(query, named):
        found[row["article"]].append(rows.to_block(row))
    return found


def _attributions(
    db: sqlite3.Connection, named: Mapping[str, str]
) -> dict[int, list[tuple[int, Attribution]]]:
    channels: dict[int, tuple[str, ...]] = {}
    query = """
        SELECT channels.attribution, channels.name FROM json_each(:keys) wanted
        CROSS JOIN attributions ON attributions.article = wanted.value
        CROSS JOIN channels ON channels.attribution = attributions.key
        ORDER BY channels.attribution, channels.position
    """
    for key, name in db.execute(query, named):
        channels[key] = (*channels.get(key, ()), name)
    found: dict[int, list[tuple[int, Attribution]]] = defaultdict(list)
    query = """
        SELECT attributions.* FROM json_each(:keys) wanted
        CROSS JOIN attributions ON attributions.article = wanted.value
        WHERE repeat_of IS NULL ORDER BY article, position
    """
    for row in db.execute(query, named):
        found[row["article"]].append((row["key"], rows.to_attribution(row, channels.get(row["key"], ()))))
    return found
