"""Statements of a large story that gets a few more articles: these are compared with those nearest to them, not with
all, and what they tell is taken into the statements that it is told in there.
"""

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence, Set
from typing import Any

import msgspec

from kutip.flow.attributions_to_statements.growing import Kept, edges, nearness
from kutip.languages import load as pack_of
from kutip.model import Force, Rendition, Statement, Telling, content_id
from kutip.store import rows
from kutip.store.sql import as_json
from kutip.store.upkeep.loading import Loaded
from kutip.store.upkeep.renditions import features_of, insert, relinked, row_of, to_itself
from kutip.store.upkeep.tables import ANEW, DAY, UNKNOWN

FEW = 24  # articles of a story up to which its statements are always made anew
BESIDE = 12  # articles, at least, with which new ones are compared
_KNOWN = """
    SELECT renditions.id, statement, articles.id AS article, attribution IS NULL AS narrated, content_spans
    FROM json_each(?) wanted CROSS JOIN renditions ON renditions.article = wanted.value
    JOIN articles ON articles.key = renditions.article ORDER BY statement, position
"""
_OF_STATEMENT = f"""
    SELECT renditions.*, articles.id AS article_id, articles.lang, {DAY} AS of_day, attributions.force
    FROM renditions JOIN articles ON articles.key = renditions.article
    LEFT JOIN attributions ON attributions.key = renditions.attribution WHERE statement = ? ORDER BY position
"""
_NEAREST = """
    SELECT other FROM json_each(:new) wanted CROSS JOIN story_pairs ON one = wanted.value
    JOIN story_articles ON article = other
    WHERE story = :story AND other NOT IN (SELECT value FROM json_each(:new))
    GROUP BY other ORDER BY max(score) DESC, other LIMIT :limit
"""
_ORIGINALS = "SELECT copy_of FROM json_each(?) wanted CROSS JOIN story_articles ON article = wanted.value"


class _Member(msgspec.Struct, frozen=True):
    """A rendition of a statement, and its columns."""

    kept: Kept
    row: sqlite3.Row | dict[str, Any]


def compared(db: sqlite3.Connection, story: int, articles: Sequence[int], new: Set[int]) -> Sequence[int]:
    """Of the articles of a story those to compare, in order: all where it is small or much of it is new."""
    told = "SELECT 1 FROM json_each(?) wanted CROSS JOIN renditions ON article = wanted.value LIMIT 1"
    if len(articles) <= FEW or 2 * len(new) >= len(articles) or ANEW in new:
        return articles
    if db.execute(told, [as_json(new)]).fetchone():  # not new: it has been out of the story and came back
        return articles
    wanted = {"new": as_json(new), "story": story, "limit": max(BESIDE, len(new) // 2)}
    near = {key for (key,) in db.execute(_NEAREST, wanted)}
    near |= {key for (key,) in db.execute(_ORIGINALS, [as_json(new)]) if key is not None}
    return [article for article in articles if article in near or article in new]


def grow(
    db: sqlite3.Connection, made: Sequence[Statement], told: Mapping[str, Loaded], new: Set[int]
) -> list[Statement]:
    """Takes what is ``new`` of the statements made of some articles of a story into the statements that it has.

    Each goes where most of what it was made with is. Gives the statements that are new as a whole.
    """
    known = defaultdict(list)
    for row in db.execute(_KNOWN, [as_json(one.key for one in told.values() if one.key not in new)]):
        known[row["article"]].append(row)
    left = []
    gains: dict[int, list[_Member]] = defaultdict(list)
    for statement in made:
        fresh = [one for one in statement.renditions if told[one.article].key in new]
        found = (_home(one, known[one.article]) for one in statement.renditions)
        homes = Counter(home for home in found if home is not None)
        if fresh and homes:
            home = max(homes, key=lambda key: (homes[key], -key))
            gains[home] += [_fresh(one, statement, told[one.article]) for one in fresh]
        elif fresh:
            left.append(statement)
    for key, joining in sorted(gains.items()):
        _join(db, key, joining)
    return left


def _home(one: Rendition, known: Sequence[sqlite3.Row]) -> int | None:
    """The statement that a rendition is in; it may have been cut elsewhere."""
    same = (row for row in known if row["id"] == one.id)
    found = next(same, None) or next((row for row in known if _is_near(one, row)), None)
    return None if found is None else int(found["statement"])


def _is_near(one: Rendition, row: sqlite3.Row) -> bool:
    if bool(row["narrated"]) is not (one.attribution is None):
        return False
    others = rows.to_spans(row["content_spans"])
    return any(a.start < b.end and b.start < a.end for a in one.content for b in others)


def _fresh(one: Rendition, statement: Statement, told: Loaded) -> _Member:
    """A new rendition with the best evidence that it is of ``statement``."""
    around = [edge for edge in statement.edges if one.id in (edge.source, edge.target)]
    best = max(around, key=lambda edge: edge.score)
    words = " ".join(span.of(told.article.text) for span in one.content)
    force = told.attributions[one.attribution].force if one.attribution is not None else None
    pack = pack_of(str(told.article.lang))
    kept = Kept(one, words, pack, told.article.day, force, best.score, best.features)
    return _Member(kept, row_of(one, best, told))


def _kept(row: sqlite3.Row) -> Kept:
    rendition = Rendition(
        id=row["id"],
        article=row["article_id"],
        content=rows.to_spans(row["content_spans"]),
        kind=Telling(row["kind"]),
        attribution=row["attribution"],
        speaker=row["speaker"],
    )
    words = row["content"].replace(rows.GAP, " ")
    force = None if row["force"] is None else Force(row["force"])
    pack = pack_of(row["lang"])
    return Kept(rendition, words, pack, row["of_day"], force, row["score"], features_of(row))


def _join(db: sqlite3.Connection, statement: int, joining: Sequence[_Member]) -> None:
    """Renditions join a statement; where one is nearer to the speaker's own words, it is the reference."""
    first, *others = (_Member(_kept(row), row) for row in db.execute(_OF_STATEMENT, [statement]))
    reference = min([first, *joining], key=lambda one: nearness(one.kept))
    linked = [one for one in joining if one is not reference]
    if reference is not first:
        kept = msgspec.structs.replace(
            first.kept, score=reference.kept.score, features=reference.kept.features
        )
        linked += [*others, _Member(kept, first.row)]
        others = []
    found = edges(reference.kept, [one.kept for one in linked])
    told = [(one.kept, relinked(one.row, edge)) for one, edge in zip(linked, found, strict=True)]
    told += [(one.kept, relinked(one.row, None)) for one in others]
    told.sort(key=lambda one: (one[0].day or UNKNOWN, one[0].rendition.article, one[0].rendition.content))
    at_first = relinked(reference.row, to_itself(reference.kept.rendition.id))
    entries = [at_first, *(row for _, row in told)]
    db.execute("DELETE FROM renditions WHERE statement = ?", [statement])
    insert(db, statement, entries)
    counted = len(entries), len({entry["article"] for entry in entries}), statement
    db.execute("UPDATE statements SET renditions = ?, articles = ? WHERE key = ?", counted)
    id_ = content_id("statement", reference.kept.rendition.id)
    db.execute("UPDATE OR IGNORE statements SET id = ? WHERE key = ?", (id_, statement))
