"""``kutip languages``: the language packs that there are, and whether one holds."""

from collections.abc import Sequence
from pathlib import Path

import click

from kutip.apps.cli.common import NOT_ALL, say, spoken
from kutip.apps.cli.output import console
from kutip.apps.cli.words import many
from kutip.languages import Pack, PackError, load
from kutip.languages.loader import folders, read_pack
from kutip.measure.cases import BadCase, Case, compare, parse


@click.group(
    invoke_without_command=True,
    epilog="Example: kutip languages check packs/ms",
)
@spoken
@click.pass_context
def languages(context: click.Context) -> None:
    """The language packs that there are, with the number of their cues, frames and cases.

    Packs stand in the package and in the folders that the variable KUTIP_PACKS names; one of these comes before one of
    the same code in the package.
    """
    if context.invoked_subcommand is not None:
        return
    from rich.table import Table

    table = Table(box=None, padding=(0, 3, 0, 0), header_style="bold")
    for name in ("Code", "Language", "Status"):
        table.add_column(name)
    for name in ("Cues", "Frames", "Cases"):
        table.add_column(name, justify="right")
    table.add_column("Where")
    try:
        for code, folder in folders().items():
            pack = load(code)
            numbers = (
                _cues(pack),
                len(pack.grammar.frames.frame),
                len(_cases(code, _beside(Path(str(folder))))),
            )
            ours = "Kutip" if Path(str(folder)).is_relative_to(Path(__file__).parents[2]) else str(folder)
            table.add_row(code, pack.language.name, pack.language.status, *(f"{n:,}" for n in numbers), ours)
    except (PackError, BadCase) as error:
        raise click.ClickException(str(error)) from error
    console().print(table)


@languages.command(epilog="Example: kutip languages check packs/ms --cases packs/ms/cases")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option(
    "--cases",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder of cases: FOLDER/cases where it is not given.",
)
@spoken
@click.pass_context
def check(context: click.Context, folder: Path, cases: Path | None) -> None:
    """Check the language pack in FOLDER: its files, its patterns, its examples, its cases.

    Says what is wrong, in which file and field, and what to do; the exit code is 1 if anything is.
    """
    from kutip.flow.pack_check import hidden_cues, problems

    try:
        pack = read_pack(folder.resolve())
        known = _cases(pack.code, cases or _beside(folder))
        found = [*problems(pack), *_failing(pack, known)]
    except (PackError, BadCase) as error:
        raise click.ClickException(str(error)) from error
    for note in hidden_cues(pack):
        say(f"note: {note}")
    for problem in found:
        say(f"error: {problem}", level=0)
    frames = len(pack.grammar.frames.frame)
    click.echo(
        f"{folder}: {pack.language.name}, {pack.language.status}: {many(_cues(pack), 'cue')}, "
        f"{many(frames, 'frame')}, {many(len(known), 'case')}, {many(len(found), 'error')}"
    )
    if found:
        context.exit(NOT_ALL)


def _cues(pack: Pack) -> int:
    return sum(len(cue.words.split()) for cue in pack.grammar.cues.cue)


def _beside(folder: Path) -> Path | None:
    """Where the cases of a pack stand, if they do: in the pack, or in the tests of the project that it is part of."""
    for cases in (
        folder / "cases",
        *(parent / "tests" / "cases" / folder.name for parent in folder.resolve().parents),
    ):
        if cases.is_dir():
            return cases
    return None


def _cases(lang: str, folder: Path | None) -> list[Case]:
    paths = sorted(folder.glob("*.md")) if folder else []
    return [case for path in paths for case in parse(lang, path.read_text(encoding="utf-8"))]


def _failing(pack: Pack, cases: Sequence[Case]) -> list[str]:
    """What is wrong with each case that does not hold, or is marked as failing and holds."""
    from kutip.flow.article_to_attributions.step import find_attributions
    from kutip.flow.page_to_article.blocks import split_blocks

    out = []
    for case in cases:
        found = find_attributions(case.text, split_blocks(case.text, pack), pack, case.published)
        missing, beyond = compare(case, found)
        if case.not_yet and not missing and not beyond:
            out.append(f"case {case.name!r} holds now: take the mark (not yet: …) out of its heading")
        elif not case.not_yet:
            out += [f"case {case.name!r}: not found: {_line(one)}" for one in missing]
            out += [f"case {case.name!r}: found beyond what is listed: {_line(one)}" for one in beyond]
    return out


def _line(fields: dict[str, str]) -> str:
    return " | ".join(
        value if name in ("kind", "speaker", "cue", "content") else f"{name}: {value}"
        for name, value in fields.items()
    )
