"""Statements of a record, brought up to date for each story that changed."""

import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence, Set

from kutip.flow.attributions_to_statements.step import Linking, make_statements
from kutip.flow.attributions_to_statements.units import StoryArticle
from kutip.languages import load as pack_of
from kutip.languages.loader import available
from kutip.model import Rejection, Statement
from kutip.store.sql import as_json
from kutip.store.upkeep.growing import compared, grow
from kutip.store.upkeep.loading import Loaded, load
from kutip.store.upkeep.renditions import forget_statements, insert, row_of, stories_told_in, to_itself

TOGETHER = 400  # articles that are read at a time


def write_statements(
    db: sqlite3.Connection,
    stories: Mapping[int, Set[int]],
    linking: Linking,
    reject: Callable[[Rejection], None],
) -> None:
    """Brings the statements of stories up to date; ``reject`` keeps why that failed.

    stories: row number -> the articles that are new there, ANEW among them where all is to be made anew.
    """
    for chunk in _in_parts(db, sorted(stories)):
        asked = {story: compared(db, story, articles, stories[story]) for story, articles in chunk.items()}
        anew = {story for story, articles in asked.items() if len(articles) == len(chunk[story])}
        whole = as_json(article for story in anew for article in asked[story])
        forget_statements(db, anew | stories_told_in(db, whole))  # one that an article left is followed later
        loaded = load(db, (article for articles in asked.values() for article in articles))
        for story, articles in asked.items():
            told = [one for key in articles if (one := loaded[key]).article.lang in available()]
            made = _made(told, linking)
            if isinstance(made, str):
                name = "SELECT name FROM pages WHERE article = ? ORDER BY key"
                reject(Rejection(db.execute(name, [told[0].key]).fetchone()[0], "internal", made))
                continue
            unique = list(reversed({statement.id: statement for statement in reversed(made)}.values()))
            by_id = {one.article.id: one for one in told}
            _write(db, story, unique if story in anew else grow(db, unique, by_id, stories[story]), by_id)


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


def _made(told: Sequence[Loaded], linking: Linking) -> tuple[Statement, ...] | str:
    """The statements of a story, or a sentence for people that says why there are none."""
    articles = [
        StoryArticle(a.id, a.text, a.blocks, one.attributions, a.day, a.outlet)
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
    for statement in statements:
        articles = len({one.article for one in statement.renditions})
        values = (statement.id, story, statement.speaker, len(statement.renditions), articles)
        query = "INSERT INTO statements (id, story, speaker, renditions, articles) VALUES (?, ?, ?, ?, ?)"
        key = int(db.execute(query, values).lastrowid or 0)
        edges = [to_itself(statement.renditions[0].id), *statement.edges]
        pairs = zip(statement.renditions, edges, strict=True)
        insert(db, key, [row_of(one, edge, told[one.article]) for one, edge in pairs])
    counted = "SELECT count(*) FROM statements WHERE story = stories.key"
    db.execute(f"UPDATE stories SET statements = ({counted}) WHERE key = ?", [story])
