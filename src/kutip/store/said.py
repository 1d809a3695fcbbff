"""The query for statements: SaidQuery to SQL, rows to Said."""

import sqlite3
from typing import Any, TypeVar

import msgspec

from kutip.store import rows
from kutip.store.contract import Said, SaidQuery, Whose
from kutip.store.match import match_expression
from kutip.text.fold import fold

AnySaid = TypeVar("AnySaid", bound=Said)

COLUMNS = """
    a.id, a.day, a.speaker, a.speaker_kind, a.speaker_role, a.kind, a.force, a.negated, a.conditional,
    a.content, a.cue, a.source, a.said_to, a.venue, a.said_on, a.said_on_evidence, a.confidence, a.rule,
    a.content_spans, a.cue_span, a.source_span,
    articles.outlet, articles.published, articles.headline, articles.url, articles.id AS article,
    (SELECT name FROM pages WHERE article = articles.key ORDER BY key LIMIT 1) AS page,
    (SELECT json_group_array(name) FROM
        (SELECT name FROM channels WHERE attribution = a.key ORDER BY position)) AS via
"""
FROM = "FROM attributions a JOIN articles ON articles.key = a.article"
MENTION = "mentions.article = a.article AND mentions.name = a.speaker AND mentions.kind = a.speaker_kind"
ACTOR = f"(SELECT actors.id FROM mentions CROSS JOIN actors ON actors.key = mentions.actor WHERE {MENTION})"
# No actor has the id "", which gives the null of names that are of nobody.
_WHOSE = f"""EXISTS (SELECT 1 FROM mentions
    WHERE {MENTION} AND mentions.actor IS (SELECT key FROM actors WHERE id = ?))"""
_OF_KEYS = """
    FROM json_each(?) wanted CROSS JOIN attributions a ON a.key = wanted.value
    CROSS JOIN articles ON articles.key = a.article
"""
_ORDER = "ORDER BY a.day DESC, articles.outlet, articles.id, a.position"


def select_said(query: SaidQuery, more: str = "") -> tuple[str, list[Any]]:
    """SQL and parameters for all statements that ``query`` asks for, whatever its limit, in the order of View.said.

    more: columns beside COLUMNS, each with a comma before it.
    """
    where, values = _conditions(query)
    return f"SELECT {COLUMNS} {more} {FROM} WHERE {where} {_ORDER}", values


def count_said(query: SaidQuery) -> tuple[str, list[Any]]:
    """SQL and parameters for how many there are, whatever the limit."""
    where, values = _conditions(query)
    return f"SELECT count(*) {FROM} WHERE {where}", values


def select_keys(query: SaidQuery) -> tuple[str, list[Any]]:
    """SQL and parameters for (article key, id) of the same statements, article by article."""
    where, values = _conditions(query)
    return f"SELECT a.article, a.id {FROM} WHERE {where} ORDER BY a.article, a.position", values


def first_of(keys: str, limit: int) -> tuple[str, list[Any]]:
    """SQL and parameters for the row numbers of the first ``limit`` of ``keys`` (JSON) in the order of View.said."""
    return f"SELECT a.key {_OF_KEYS} {_ORDER} LIMIT ?", [keys, limit]


def select_of(keys: str) -> tuple[str, list[Any]]:
    """SQL and parameters for the statements with these row numbers (JSON), in the order of View.said."""
    return f"SELECT {COLUMNS} {_OF_KEYS} {_ORDER}", [keys]


def keys_of(keys: str) -> tuple[str, list[Any]]:
    """SQL and parameters for what ``select_keys`` gives, of the statements with these row numbers (JSON)."""
    return f"SELECT a.article, a.id {_OF_KEYS} ORDER BY a.article, a.position", [keys]


def select_in(article: str) -> tuple[str, list[Any]]:
    """SQL and parameters for the statements of the article with this id."""
    where = "articles.id = ? AND a.repeat_of IS NULL"
    return f"SELECT {COLUMNS} {FROM} WHERE {where} ORDER BY a.position", [article]


def to_said(row: sqlite3.Row) -> Said:
    """A row of ``select_said``."""
    return to_row(row, Said)


def to_row(row: sqlite3.Row, kind: type[AnySaid]) -> AnySaid:
    """A row of COLUMNS, and what else ``kind`` has, as a ``kind`` of Said."""
    values = dict(row)
    values["to"] = values.pop("said_to")
    values["via"] = msgspec.json.decode(values["via"], type=tuple[str, ...])
    values["negated"], values["conditional"] = bool(row["negated"]), bool(row["conditional"])
    values["content_spans"] = rows.to_spans(row["content_spans"])
    values["cue_span"] = rows.to_span(row["cue_span"])
    values["source_span"] = rows.to_span(row["source_span"])
    return kind(**values)


def _conditions(query: SaidQuery) -> tuple[str, list[Any]]:
    found: list[tuple[str, list[Any]]] = [("articles.superseded_by IS NULL AND a.repeat_of IS NULL", [])]
    if query.whose:
        found.append(of_speaker(query.whose))
    if query.by:
        found.append(_named("a.speaker IN ({names})", query.by))
    if query.to:
        found.append(_named("a.said_to IN ({names})", query.to))
    if query.outlet:
        found.append(_named("articles.outlet IN ({names})", query.outlet))
    if query.via:
        found.append(_named("a.key IN (SELECT attribution FROM channels WHERE name IN ({names}))", query.via))
    if query.about:
        found.append(_about(query.about))
    if query.since:
        found.append(("substr(a.day, 1, ?) >= ?", [len(query.since), query.since]))
    if query.until:
        found.append(("substr(a.day, 1, ?) <= ?", [len(query.until), query.until]))
    if query.kind:
        found.append(("a.kind = ?", [query.kind]))
    if query.force:
        found.append(("a.force = ?", [query.force]))
    return " AND ".join(sql for sql, _ in found), [value for _, values in found for value in values]


def _named(condition: str, part: str) -> tuple[str, list[Any]]:
    """``condition`` with {names} standing for all names that hold every word of ``part``."""
    sql, words = names_like(part)
    return condition.format(names=sql), words


def of_speaker(whose: Whose) -> tuple[str, list[Any]]:
    """SQL and parameters for what one speaker said."""
    names, values = one_of(whose.names)
    return f"a.speaker {names} AND {_WHOSE}", [*values, whose.actor]


def one_of(names: tuple[str, ...]) -> tuple[str, list[Any]]:
    """SQL and parameters for one of a few names; unlike JSON, these hold any character."""
    return f"IN ({', '.join('?' * len(names))})", list(names)


def names_like(part: str) -> tuple[str, list[Any]]:
    """SQL and parameters for all names that hold every word of ``part``."""
    words = fold(part.replace("\0", " ").encode("utf-8", "replace").decode()).split()
    holds = " AND ".join("instr(folded, ?)" for _ in words) or "0"
    return f"SELECT name FROM names WHERE {holds}", list(words)


def _about(words: str) -> tuple[str, list[Any]]:
    expression = match_expression(words)
    if not expression:
        return "0", []
    sql = "a.key IN (SELECT rowid FROM attributions_text WHERE attributions_text MATCH ?)"
    return sql, [f"content : ({expression})"]
