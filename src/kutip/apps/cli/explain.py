"""``kutip explain``: a linguist's window on how a text is read."""

import sys
from collections.abc import Iterable

import click

from kutip.apps.cli.common import spoken
from kutip.apps.cli.marked import visible
from kutip.flow.article_to_attributions.explain import Cue, Unit
from kutip.languages import PackError, load
from kutip.languages.identify import identify, pack_code


@click.command(epilog="Example: kutip explain 'The road is closed, said Anna Ruiz.' --all")
@click.argument("text")
@click.option("--lang", help="Code of the language; recognised where it is not given.")
@click.option(
    "--all",
    "everything",
    is_flag=True,
    help="Also the frames that do not fit, with the part that stops them.",
)
@spoken
def explain(text: str, lang: str | None, everything: bool) -> None:
    """Show how TEXT is read: its words with their classes, the chunks that each level makes, and for each cue the
    frame that fits.

    TEXT is the text itself, or - for standard input.
    """
    from kutip.flow.article_to_attributions.explain import explain as read
    from kutip.flow.page_to_article.blocks import split_blocks

    words = sys.stdin.read() if text == "-" else text
    code = pack_code(lang) or identify(words)
    if code is None:
        raise click.ClickException("the language is not recognised; name it with --lang")
    try:
        pack = load(code)
        reading = read(words, split_blocks(words, pack), pack)
    except PackError as error:
        raise click.ClickException(str(error)) from error
    rows = [("words", reading.tokens), *reading.levels]
    width = max(len(name) for name, _ in rows)
    for name, units in rows:
        click.echo(f"{name:<{width}}  {_line(units) or '-'}")
    for number, (units, cues) in enumerate(reading.sentences, 1):
        click.echo(f"\n{f'sentence {number}':<{width}}  {_line(units)}")
        for cue in cues:
            _show(cue, everything)
        if not cues:
            click.echo("  no cue, and no frame without one")


def _line(units: Iterable[Unit]) -> str:
    return "  ".join(f"{visible(words)}/{cls}" for words, cls in units if words.strip())


def _show(cue: Cue, everything: bool) -> None:
    click.echo(f"  {visible(cue.words)}/{cue.cls}" if cue.words else "  without a cue")
    for tried in cue.tried:
        if tried.roles is not None:
            taken = "  ".join(f"{role}: {visible(words)}" for role, words in tried.roles.items())
            click.echo(f"    + {tried.frame}  {taken}")
        elif everything:
            click.echo(f"    - {tried.frame}: {tried.stop}")
    if all(tried.roles is None for tried in cue.tried) and not everything:
        click.echo("    no frame fits; --all says why")
