"""Renditions beside their references, as `kutip lost` and `kutip changed` list them."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from kutip.apps.cli.common import say
from kutip.apps.cli.output import console, write_array
from kutip.apps.cli.telling import changes, compared, head, told_shape
from kutip.apps.cli.words import SHORT_ID, many

if TYPE_CHECKING:
    from kutip.store.lineage import Told

ROWS = 50  # of a list for people, unless --limit says otherwise


def write_pairs(found: "Iterable[tuple[Told, Told]]") -> None:
    """A JSON array: each rendition with its reference."""
    write_array(
        told_shape(told, reference) | {"statement": told.statement, "reference": _reference(reference)}
        for told, reference in found
    )


def _reference(told: "Told") -> dict[str, object]:
    shape = told_shape(told, told)
    return {
        key: shape[key]
        for key in ("id", "speaker", "kind", "content", "via", "outlet", "published", "article")
    }


def print_pairs(found: "list[tuple[Told, Told]]", limit: int | None, what: str) -> None:
    """A list for people; how many there are goes to standard error."""
    from rich.padding import Padding
    from rich.text import Text

    from kutip.apps.cli.marked import in_colour, visible

    out = console()
    shown = found if limit is not None else found[:ROWS]
    for told, reference in shown:
        line = Text.assemble(visible(head(told)), (f"  statement {told.statement[:SHORT_ID]}", "dim"), "\n  ")
        words = compared(reference, told, in_colour(out))
        line.append_text(words)
        if told.changes:
            line.append(f"\n  changed: {changes(told)}", "yellow")
        speaker = visible(reference.speaker or "not named")
        line.append(f"\n  had it: {visible(head(reference))}, {speaker}", "dim")
        if words.plain == visible(told.content) != visible(reference.content):  # nothing is marked in it
            line.append(f"\n  “{visible(reference.content)}”", "dim")
        out.print(Padding(line, (0, 0, 1, 0)))
    counted = f"{many(len(found), 'rendition')} {what}"
    say(f"{len(shown):,} of {counted}; --limit 0 shows all" if len(found) > len(shown) else counted)
