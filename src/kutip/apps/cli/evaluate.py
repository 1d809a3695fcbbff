"""``kutip evaluate``: score attributions against articles annotated by hand, errors listed."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import click
import msgspec

import kutip.languages
from kutip.measure import (
    Compared,
    GoldArticle,
    GoldError,
    Marked,
    Options,
    compare,
    read_gold,
    read_predicted,
    score,
)
from kutip.measure.report import GROUPS, breakdown, errors_in, table

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


class _Request(msgspec.Struct, frozen=True):
    """The options of the command as given."""

    gold: Path
    predicted: Path | None
    kinds: str
    pieces: bool
    errors: int
    errors_of: tuple[str, ...]
    only: tuple[str, ...]
    constructions: int
    as_json: bool


@click.command(
    epilog="Example: kutip evaluate annotated.jsonl --errors 20 --errors-of speaker",
)
@click.argument("gold", type=_FILE)
@click.option("--predicted", type=_FILE, help="Score this output of `kutip attribute`; do not run it again.")
@click.option("--kinds", default="", metavar="KIND,…", help="Only these kinds: direct, indirect, mixed.")
@click.option("--pieces", is_flag=True, help="Every content span counts as an attribution of its own.")
@click.option("--errors", type=click.IntRange(0), default=0, help="List up to N errors of each group.")
@click.option("--errors-of", type=click.Choice(GROUPS), multiple=True, help="Groups to list, all of each.")
@click.option("--only", multiple=True, metavar="ID", help="Only the articles with these ids.")
@click.option("--constructions", type=click.IntRange(0), default=20, help="Rows of rules and cues to show.")
@click.option("--json", "as_json", is_flag=True, help="All figures as one JSON object.")
def evaluate(**given: Any) -> None:
    """Score the attributions found in GOLD's texts against GOLD's own.

    A line of GOLD is {"id", "text", "lang", "published", "outlet", "attributions": […]}, the attributions as
    `kutip attribute` writes them. close: at least 0.8 of the words shared (Jaccard); full: close, with the
    right speaker.
    """
    request = _Request(**given)
    compared = _compared(request)
    figures = score(compared)
    if request.as_json:
        click.echo(msgspec.json.encode(figures.plain()))
        return
    click.echo(table(figures))
    if request.constructions:
        click.echo(breakdown(figures, request.constructions))
    for group in request.errors_of or (GROUPS if request.errors else ()):
        listed = errors_in(group, compared)
        limit = request.errors or len(listed)
        click.echo(f"\n== {group}: {len(listed)}" + (f", first {limit}" if limit < len(listed) else ""))
        for line in listed[:limit]:
            click.echo(line)


def _compared(request: _Request) -> list[Compared]:
    """The articles that were asked for, compared as asked."""
    options = Options(kinds=frozenset(filter(None, request.kinds.split(","))), pieces=request.pieces)
    try:
        articles = read_gold(str(request.gold), request.gold.read_bytes())
        if request.predicted is None:
            find: Callable[[GoldArticle], Sequence[Marked]] = found
        else:
            given = read_predicted(str(request.predicted), request.predicted.read_bytes())
            find = lambda article: given.get(article.id, ())  # noqa: E731
        return compared_articles(
            (a for a in articles if not request.only or a.id in request.only), options, find
        )
    except GoldError as error:
        raise click.ClickException(str(error)) from error


def found(article: GoldArticle) -> Sequence[Marked]:
    """What Kutip finds in the text of a gold article, with the language and date that its row gives.

    Raises GoldError where the row names a language without a pack.
    """
    try:
        attributions = kutip.attribute(article.text, article.lang, article.published, article.outlet)
    except kutip.languages.PackError as error:
        raise GoldError(f"article {article.id!r}: {error}") from error
    return [Marked.of(attribution) for attribution in attributions]


def compared_articles(
    articles: Iterable[GoldArticle], options: Options, find: Callable[[GoldArticle], Sequence[Marked]] = found
) -> list[Compared]:
    """Each article's gold attributions against what ``find`` finds, both as ``options`` keep them."""
    return [compare(a.id, a.text, options.keep(a.attributions), options.keep(find(a))) for a in articles]


if __name__ == "__main__":
    evaluate()
