"""``kutip article``: one article as Kutip understood it."""

import os
from contextlib import nullcontext
from typing import TYPE_CHECKING

import click

from kutip.apps.cli.common import NOT_ALL, open_record, recorded, say_rejection, settings, spoken
from kutip.apps.cli.dates import unknown
from kutip.apps.cli.output import console, write_array, write_json
from kutip.apps.cli.shapes import article_shape
from kutip.apps.cli.words import SHORT_ID, dated
from kutip.model.article import Role

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

    from kutip.model import Rejection
    from kutip.store import KeptArticle, KeptAttribution, Record
    from kutip.store.lineage import StoryLine

    Found = tuple[KeptArticle, StoryLine | None]

STATING = (Role.HEADLINE, Role.LEAD, Role.BODY, Role.SUBHEAD)  # what is printed brightly


@click.command(epilog="Example: kutip article samples/selat-tamber/2025-03-11-nusalini.html")
@click.argument("key", metavar="ID|PATH|URL")
@click.option(
    "--json",
    "as_json",
    is_flag=True,
    help="JSON: an object; for a path an array, since a file may hold many.",
)
@recorded
@spoken
def article(key: str, as_json: bool) -> None:
    """One article: metadata, blocks with their roles, and its attributions in place.

    A file that the record does not know is read and attributed on the spot.
    """
    if key == "-" or os.path.exists(key):
        found, rejections = _from_path(key)
        if as_json:
            write_array(_shape(*one) for one in found)
    else:
        with open_record() as record:
            found, rejections = [_with_story(record, record.view().article(key))], []
        if as_json:
            write_json(_shape(*found[0]))
    if not as_json:
        out = console()
        for one in found:
            _print(out, *one)
    for rejection in rejections:
        say_rejection(rejection)
    if rejections:
        click.get_current_context().exit(NOT_ALL)


def _with_story(record: "Record", kept: "KeptArticle") -> "Found":
    return kept, record.view().story_of(kept.article.id)


def _shape(kept: "KeptArticle", story: "StoryLine | None") -> dict[str, object]:
    found = story and {"id": story.id, "since": story.since, "until": story.until}
    return {**article_shape(kept), "story": found}


def _from_path(path: str) -> "tuple[list[Found], list[Rejection]]":
    """The articles of a file, from the record where it has them, and what could not be read."""
    from kutip.flow.pipeline import process
    from kutip.model import Rejection
    from kutip.sources import open_pages
    from kutip.store import KeptArticle, keep

    found: list[Found] = []
    rejections: list[Rejection] = []
    with open_record() if os.path.exists(settings().record) else nullcontext() as record:
        for page in open_pages([path]):
            if isinstance(page, Rejection):
                rejections.append(page)
            elif record and (known := record.view().article_of(page)):
                found.append(_with_story(record, known))
            else:
                done = process(page)
                rejections.extend(done.rejections)
                if done.article:
                    kept = KeptArticle(done.article, keep(done.article, done.attributions), page.name)
                    found.append((kept, None))
    return found, rejections


def _print(out: "Console", kept: "KeptArticle", story: "StoryLine | None") -> None:
    """Metadata, then each block beside its role, and under it the attributions that begin in it."""
    from rich.table import Table

    from kutip.apps.cli.marked import in_colour, marked, visible
    from kutip.model import Span
    from kutip.views.marks import marks_of

    out.print(_head(kept, story))
    out.print()
    marks = marks_of(k.attribution for k in kept.attributions)
    grid = Table.grid(padding=(0, 2, 1, 0))
    grid.add_column(style="dim", no_wrap=True)
    grid.add_column()
    for block in kept.article.blocks:
        text = marked(kept.article.text, Span(block.start, block.end), marks, in_colour(out))
        if block.role not in STATING:
            text.stylize("dim")
        for found in kept.attributions:
            if block.start <= found.attribution.content[0].start < block.end:
                text.append(f"\n→ {visible(_line(found))}", "dim")
        grid.add_row(block.role.value, text)
    out.print(grid)


def _head(kept: "KeptArticle", story: "StoryLine | None") -> "Table":
    from rich.table import Table

    from kutip.apps.cli.marked import visible

    a = kept.article
    versions = f"{kept.version} of {kept.versions}" if kept.versions > 1 else ""
    later = f"; superseded by {kept.superseded_by}" if kept.superseded_by else ""
    grid = Table.grid(padding=(0, 2))
    grid.add_column(style="dim", no_wrap=True)
    grid.add_column()
    facts = {
        "Headline": a.headline,
        "Outlet": a.outlet,
        "Byline": a.byline,
        "Published": dated(a.published) if a.published else unknown(story),
        "Language": a.lang or "not recognised",
        "URL": a.url,
        "Page": kept.page,
        "Id": a.id,
        "Story": f"{story.headline or 'no headline'}  ({story.id[:SHORT_ID]})" if story else "",
        "Version": versions + later,
        "Found in": ", ".join(f"{field}: {where}" for field, where in sorted(a.found_in.items())),
    }
    for name, value in facts.items():
        if value:
            grid.add_row(name, visible(value))
    return grid


def _line(kept: "KeptAttribution") -> str:
    """One attribution in one line."""
    a = kept.attribution
    facts = (
        kept.id[:SHORT_ID],
        a.speaker or "speaker not known",
        a.force.value,
        a.kind.value,
        f"to {a.to}" if a.to else "",
        f"via {' ← '.join(a.via)}" if a.via else "",
        f"on {a.said_on}" if a.said_on else "",
        f"repeat of {kept.repeat_of[:SHORT_ID]}" if kept.repeat_of else "",
    )
    return " · ".join(filter(None, facts))
