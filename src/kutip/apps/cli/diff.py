"""``kutip diff``: two renditions side by side."""

from itertools import groupby
from typing import TYPE_CHECKING

import click

from kutip.apps.cli.common import open_record, recorded, spoken
from kutip.apps.cli.output import console, write_json
from kutip.apps.cli.telling import STRONG, STYLES, bracketed, day, in_words, outlet, rendered, told_shape

if TYPE_CHECKING:
    from rich.text import Text

    from kutip.model import Change
    from kutip.store.lineage import Told
    from kutip.views.difference import Piece

SIDES = ("left", "added")


@click.command(epilog="Example: kutip diff r1a2b3c4 r5d6e7f8")
@click.argument("one", metavar="ID")
@click.argument("other", metavar="ID")
@click.option("--json", "as_json", is_flag=True, help="A JSON object.")
@recorded
@spoken
def diff(one: str, other: str, as_json: bool) -> None:
    """Two renditions side by side, word by word: what was left out, what was added, what changed.

    ID is that of a rendition as `kutip trace` shows it, or of an attribution; the beginning is enough.
    """
    from kutip.views.difference import difference

    with open_record() as record:
        lineage = record.lineage()
        told = lineage.rendition(one), lineage.rendition(other)
    pieces = difference(rendered(told[0]), rendered(told[1]))
    relation, changes = _related(*told)
    if as_json:
        first, second = (told_shape(side, side) for side in told)
        for side in (first, second):
            del side["difference"], side["changes"], side["relation"], side["score"]
        write_json(
            {"one": first, "other": second, "relation": relation, "changes": changes, "difference": pieces}
        )
    else:
        _print(told, pieces, relation, changes)


def _related(one: "Told", other: "Told") -> "tuple[str | None, tuple[Change, ...]]":
    """What the other is to the one, as if the one were the reference; None where a language has no pack."""
    from kutip.flow.attributions_to_statements.edges import relation
    from kutip.flow.attributions_to_statements.features import marks
    from kutip.model import Telling

    first, second = rendered(one), rendered(other)
    if first.pack is None or second.pack is None:
        return None, ()
    found, changes = relation(
        marks(first.text, first.pack, one.published),
        marks(second.text, second.pack, other.published),
        Telling(other.kind),
    )
    return found.value, changes


def _print(
    told: "tuple[Told, Told]",
    pieces: "tuple[Piece, ...]",
    relation: str | None,
    changes: "tuple[Change, ...]",
) -> None:
    from rich.table import Table
    from rich.text import Text

    from kutip.apps.cli.marked import in_colour, visible

    out = console()
    table = Table.grid(padding=(0, 3, 0, 0), expand=True)
    table.add_column(ratio=1)
    table.add_column(ratio=1)
    table.add_row(*(Text(f"{visible(outlet(one))} · {day(one.published)}", "bold") for one in told))
    table.add_row(*(Text(f"{visible(one.speaker or 'no source')} · {one.kind}", "dim") for one in told))
    table.add_row("", "")
    table.add_row(*(_side(pieces, side, in_colour(out)) for side in SIDES))
    out.print(table)
    facts = [(f"changed {change.kind}", in_words(change)) for change in changes]
    facts += [
        (f"{verb} {what or 'words'}", ", ".join(words))
        for kind, verb in (("left", "lost"), ("added", "added"))
        for what in ("number", "date", "name", "negation", "modality", "")
        if (words := _words(pieces, kind, what))
    ]
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(style="dim", no_wrap=True)
    grid.add_column()
    grid.add_row("relation", relation or "not known")
    for name, value in facts:
        grid.add_row(name, visible(value))
    out.print()
    out.print(grid)


def _side(pieces: "tuple[Piece, ...]", side: str, colour: bool) -> "Text":
    """One of the two as it reads, with what only it has marked."""
    from rich.text import Text

    from kutip.apps.cli.marked import visible

    own = [piece for piece in pieces if piece.kind in ("same", side)]
    if not colour:
        runs = groupby(own, key=lambda piece: piece.kind)
        return Text("".join(bracketed(visible("".join(p.text for p in run)), kind) for kind, run in runs))
    style = STYLES[side].replace(" strike", "")
    styles = {True: f"{style} {STRONG}", False: style}
    return Text.assemble(*((visible(p.text), styles[bool(p.what)] if p.kind == side else "") for p in own))


def _words(pieces: "tuple[Piece, ...]", kind: str, what: str) -> list[str]:
    found = (piece.text.strip(" \n,.;:") for piece in pieces if piece.kind == kind and piece.what == what)
    return [words for words in found if any(map(str.isalnum, words))]
