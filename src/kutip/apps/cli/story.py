"""``kutip story``: one story, its articles, what was said in it and how each outlet tells it."""

from typing import TYPE_CHECKING, Any

import click

from kutip.apps.cli.common import open_record, recorded, spoken
from kutip.apps.cli.dates import unknown, window
from kutip.apps.cli.output import console, write_json
from kutip.apps.cli.telling import RELATIONS, changes, compared, day, head, outlet, speaker, told_shape
from kutip.apps.cli.words import SHORT_ID, many

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from kutip.apps.tracing import Moment, Repeats
    from kutip.store.lineage import StatementLine, StoryArticle, StoryFound, StoryLine

LETTERS = 160  # of a statement in the timeline


@click.command(epilog="Example: kutip story s1a157b6")
@click.argument("key", metavar="ID|URL")
@click.option("--copies", is_flag=True, help="List copies one by one.")
@click.option("--json", "as_json", is_flag=True, help="A JSON object.")
@recorded
@spoken
def story(key: str, copies: bool, as_json: bool) -> None:
    """One story: articles in order, timeline, statements as each outlet tells them, who only repeats whom.

    ID is the id of a story as `kutip stories` shows it, or of one of its articles, or its beginning; URL is that
    of one of its articles.
    """
    with open_record() as record:
        found = record.lineage().story(key)
    if as_json:
        write_json(_shape(found))
    else:
        _print(found, copies)


def _shape(found: "StoryFound") -> dict[str, Any]:
    from kutip.apps import tracing

    line = found.story
    return {
        "id": line.id,
        "headline": line.headline,
        "since": line.since,
        "until": line.until,
        "articles": [_article_shape(article, line) for article in found.articles],
        "timeline": [_moment_shape(moment) for moment in tracing.timeline(found)],
        "statements": [statement_shape(one) for one in found.statements],
        "repeats": [_repeats_shape(one) for one in tracing.repeats(found)],
    }


def statement_shape(one: "StatementLine") -> dict[str, Any]:
    """The JSON object of a statement."""
    from kutip.apps import tracing

    reference = one.renditions[0]
    renditions = [told_shape(told, reference) for told in one.renditions]
    return {
        "id": one.id,
        "story": one.story,
        "speaker": one.speaker,
        "role": tracing.role(one),
        "renditions": renditions,
    }


def _article_shape(article: "StoryArticle", story: "StoryLine") -> dict[str, Any]:
    known = (
        {"since": None, "until": None} if article.published else {"since": story.since, "until": story.until}
    )
    return {
        "id": article.id,
        "published": article.published,
        "window": known,
        "outlet": article.outlet,
        "headline": article.headline,
        "lang": article.lang,
        "url": article.url,
        "copy_of": article.copy_of,
    }


def _moment_shape(moment: "Moment") -> dict[str, Any]:
    return {
        "said_on": moment.day,
        "published": moment.first.published,
        "speaker": moment.statement.speaker,
        "content": moment.first.content,
        "outlet": moment.first.outlet,
        "statement": moment.statement.id,
    }


def _repeats_shape(one: "Repeats") -> dict[str, Any]:
    whose = [{"article": other.id, "outlet": other.outlet, "statements": count} for other, count in one.whose]
    return {
        "article": one.article.id,
        "outlet": one.article.outlet,
        "statements": one.statements,
        "first_told_by": whose,
    }


def _print(found: "StoryFound", copies: bool) -> None:
    from rich.text import Text

    from kutip.apps import tracing
    from kutip.apps.cli.marked import visible

    out, line = console(), found.story
    out.print(Text(visible(line.headline or "no headline"), "bold"))
    counts = many(line.articles, "article"), many(line.outlets, "outlet"), many(line.statements, "statement")
    out.print(Text(" · ".join((window(line.since, line.until), *counts, line.id)), "dim"))
    _titled(out, "Articles", _articles(found, copies))
    moments = tracing.timeline(found)
    if moments:
        _titled(out, "Timeline", _timeline(moments))
    shared = tracing.in_more_articles(found.statements)
    if shared:
        _titled(out, "Told by more than one article")
        for one in sorted(shared, key=lambda one: (-len(one.renditions), one.id)):
            _print_statement(out, one)
    repeating = tracing.repeats(found)
    if repeating:
        _titled(out, "Nothing that others had not told before")
        for again in repeating:
            out.print(_again(again))


def _titled(out: "Console", title: str, table: "Table | None" = None) -> None:
    from rich.text import Text

    out.print()
    out.print(Text(title, "bold"))
    if table is not None:
        out.print(table)


def _articles(found: "StoryFound", listed: bool) -> "Table":
    from rich.table import Table
    from rich.text import Text

    from kutip.apps import tracing
    from kutip.apps.cli.marked import visible
    from kutip.apps.cli.telling import UNKNOWN_OUTLET

    table = Table.grid(padding=(0, 2, 0, 0), expand=True)
    table.add_column(width=19)
    table.add_column(ratio=2, overflow="fold")
    table.add_column(ratio=5)
    table.add_column(no_wrap=True, style="dim", width=SHORT_ID)
    for article, copies in tracing.folded(found.articles):
        rows = [(article, False), *((copy, True) for copy in copies if listed)]
        for one, is_copy in rows:
            title = Text.assemble(
                ("copy: ", "dim") if is_copy else "", visible(one.headline or "no headline")
            )
            if copies and not listed and not is_copy:
                names = ", ".join(visible(copy.outlet or UNKNOWN_OUTLET) for copy in copies)
                noun = "copy" if len(copies) == 1 else "copies"
                title.append(f"\n+ {len(copies)} {noun}: {names}", "dim")
            when = day(one.published) if one.published else unknown(found.story)
            table.add_row(when, visible(one.outlet or UNKNOWN_OUTLET), title, one.id[:SHORT_ID])
    return table


def _timeline(moments: "list[Moment]") -> "Table":
    from rich.table import Table
    from rich.text import Text

    from kutip.apps.cli.marked import visible

    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim", expand=True)
    table.add_column("Said", width=10)
    table.add_column("First published", width=19)
    table.add_column("Who", ratio=2, min_width=12, overflow="fold")
    table.add_column("What", ratio=5)
    for moment in moments:
        first = moment.first
        words = visible(first.content)
        if len(words) > LETTERS:
            words = words[:LETTERS].rsplit(" ", 1)[0] + " …"
        table.add_row(
            moment.day or "",
            Text.assemble(day(first.published), (f"\n{visible(outlet(first))}", "dim")),
            visible(moment.statement.speaker or "not named"),
            Text.assemble(words, (f"  {moment.statement.id[:SHORT_ID]}", "dim")),
        )
    return table


def _print_statement(out: "Console", one: "StatementLine") -> None:
    """A statement, and under it how each article tells it."""
    from rich.padding import Padding
    from rich.text import Text

    from kutip.apps.cli.marked import in_colour, visible

    reference = one.renditions[0]
    out.print()
    out.print(Text.assemble((speaker(one), "bold"), (f"  {one.id[:SHORT_ID]}", "dim")))
    for told in one.renditions:
        named = f"{RELATIONS.get(told.relation, told.relation):<10}"
        line = Text.assemble((named, "yellow" if told.changes else "cyan"), visible(head(told)))
        if told.changes:
            line.append(f"\n{changes(told)}", "yellow")
        line.append("\n")
        line.append_text(_quoted(compared(reference, told, in_colour(out)), told.kind))
        out.print(Padding(line, (0, 0, 0, 2)))


def _quoted(words: "Text", kind: str) -> "Text":
    from rich.text import Text

    from kutip.model.attribution import Kind

    return Text.assemble("“", words, "”") if kind == Kind.DIRECT else words


def _again(one: "Repeats") -> "Text":
    from rich.text import Text

    from kutip.apps.cli.marked import visible
    from kutip.apps.cli.telling import UNKNOWN_OUTLET

    names = [f"{other.outlet or UNKNOWN_OUTLET} ({count})" for other, count in one.whose]
    article = one.article
    return Text.assemble(
        f"{visible(article.outlet or UNKNOWN_OUTLET)}, {day(article.published)}: ",
        f"{many(one.statements, 'statement')}, first told by {visible(', '.join(names))}",
        (f"  {article.id[:SHORT_ID]}", "dim"),
    )
