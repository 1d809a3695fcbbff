"""``kutip trace``: one statement from outlet to outlet."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from kutip.apps.cli.common import open_record, recorded, say, spoken
from kutip.apps.cli.dates import window
from kutip.apps.cli.output import console, write_json
from kutip.apps.cli.story import statement_shape
from kutip.apps.cli.telling import RELATIONS, UNKNOWN_OUTLET, changes, compared, day, head, outlet, speaker
from kutip.apps.cli.words import SHORT_ID, many

if TYPE_CHECKING:
    from rich.console import Console
    from rich.tree import Tree

    from kutip.apps.tracing import Hop
    from kutip.store.lineage import StatementLine, StoryLine, Told
    from kutip.store.tracing import Again

_SPEAKING = (
    "words",
    "letters",
    "cosine",
    "bonus",
    "meaning",
)  # what the score of a link adds up from; all else weighs it


@click.command(epilog="Example: kutip trace 'the strait opens within 30 days'")
@click.argument("what", metavar="ID|WORDS")
@click.option("--json", "as_json", is_flag=True, help="A JSON object.")
@recorded
@spoken
def trace(what: str, as_json: bool) -> None:
    """One statement: first seen, speaker, the way it came, every rendition with what it leaves out, adds, changes.

    ID is that of a statement, of a rendition or of an attribution, or its beginning; WORDS are looked for in
    what was said, and the statement that most articles tell is shown.
    """
    with open_record() as record:
        lineage = record.lineage()
        found = lineage.statements(what)
        features = lineage.features(found[0].id)
        story = lineage.story_line(found[0].story)
        again = lineage.again(found[0])
    if as_json:
        write_json({**_shape(found[0], features), "again": [_again_shape(one) for one in again]})
    else:
        _print(found[0], story, features)
        _print_again(again)
    if len(found) > 1:
        ids = ", ".join(one.id[:SHORT_ID] for one in found[1:9]) + (" …" if len(found) > 9 else "")
        say(f"{many(len(found) - 1, 'other statement')} with these words: {ids}")


def _shape(one: "StatementLine", features: dict[str, dict[str, float]]) -> dict[str, Any]:
    from kutip.apps import tracing

    shape = statement_shape(one)
    for rendition in shape["renditions"]:
        rendition["features"] = features.get(rendition["id"], {})
    return {
        **shape,
        "first_seen": tracing.first_seen(one).id,
        "ways": [_hop_shape(hop) for hop in tracing.ways(one)],
        "without_source": [told.id for told in tracing.without_source(one)],
    }


def _again_shape(one: "Again") -> dict[str, Any]:
    told = one.told
    return {
        "rendition": told.id,
        "statement": told.statement,
        "story": one.story.id,
        "article": told.article,
        "outlet": told.outlet,
        "published": told.published,
        "content": told.content,
    }


def _hop_shape(hop: "Hop") -> dict[str, Any]:
    return {
        "name": hop.name or None,
        "missing": hop.missing,
        "renditions": [told.id for told in hop.told],
        "after": [_hop_shape(after) for after in hop.after],
    }


def _print(one: "StatementLine", story: "StoryLine", features: dict[str, dict[str, float]]) -> None:
    from rich.text import Text

    from kutip.apps import tracing
    from kutip.apps.cli.marked import visible

    out, reference, first = console(), one.renditions[0], tracing.first_seen(one)
    out.print(Text(f"“{visible(reference.content)}”", "bold"))
    said = min((told.said_on for told in one.renditions if told.said_on), default=None)
    out.print(Text(speaker(one) + (f"; said on {said}" if said else "")))
    out.print(Text(f"first seen: {day(first.published)}, {visible(outlet(first))}"))
    of = f" of {window(story.since, story.until)}" if story.since or story.until else ", undated"
    reported = f"story{of}: {visible(story.headline or 'no headline')}"
    out.print(Text(reported, "dim"))
    ids = many(len(one.renditions), "rendition"), f"statement {one.id}", f"story {one.story}"
    out.print(Text(" · ".join(ids), "dim"))
    _print_ways(out, one, tracing.ways(one), tracing.without_source(one))
    out.print()
    out.print(Text("Renditions", "bold"))
    for told in sorted(
        one.renditions, key=lambda told: (told.position > 0, tracing.when(told.published), told.position)
    ):
        _print_told(out, one, told, features.get(told.id, {}))


def _print_again(again: "Sequence[Again]") -> None:
    """The same words in reports of other events."""
    from rich.text import Text

    from kutip.apps.cli.marked import visible

    if again:
        out = console()
        out.print()
        out.print(Text("Told again in other stories", "bold"))
        for one in again:
            of = f"{visible(one.story.headline or 'no headline')}  statement {one.told.statement[:SHORT_ID]}"
            out.print(Text.assemble(f"  {visible(head(one.told))}\n    ", (of, "dim")))


def _print_ways(out: "Console", one: "StatementLine", ways: "Sequence[Hop]", lost: "Sequence[Told]") -> None:
    """The stations from the speaker on, and beside them those that name no source."""
    from rich.text import Text
    from rich.tree import Tree

    from kutip.apps.cli.marked import visible

    out.print()
    out.print(Text("The way it came", "bold"))
    tree = Tree(Text(visible(one.speaker or "speaker not named")), guide_style="dim")
    for hop in ways:
        _grow(tree, hop)
    if lost:
        branch = tree.add(Text("told without a source", "yellow"))
        for told in lost:
            branch.add(Text(f"{visible(outlet(told))}  {day(told.published)}"))
    out.print(tree)


def _grow(tree: "Tree", hop: "Hop") -> None:
    from rich.text import Text

    from kutip.apps.cli.marked import visible

    name = visible(hop.name or UNKNOWN_OUTLET)
    if hop.missing:
        label = Text.assemble(
            name, ("  missing hop: named as the way, no rendition of its own here", "yellow")
        )
    elif not hop.told:
        label = Text.assemble(name, ("  named as the way; its own rendition names another", "dim"))
    else:
        days = ", ".join(dict.fromkeys(day(told.published) for told in hop.told))
        label = Text.assemble(name, (f"  {days}", "dim"))
    branch = tree.add(label)
    for after in hop.after:
        _grow(branch, after)


def _print_told(out: "Console", one: "StatementLine", told: "Told", features: dict[str, float]) -> None:
    from rich.padding import Padding
    from rich.text import Text

    from kutip.apps.cli.marked import in_colour, visible

    reference = one.renditions[0]
    named = RELATIONS.get(told.relation, told.relation)
    score = "" if told is reference else f" {told.score:.2f}"
    out.print()
    out.print(
        Text.assemble((named + score, "yellow" if told.changes else "cyan"), f"  {visible(head(told))}")
    )
    body = Text()
    if told.changes:
        body.append(f"changed: {changes(told)}\n", "yellow")
    body.append_text(compared(reference, told, in_colour(out)))
    if told.speaker and told.speaker != one.speaker:
        body.append(f"\nsaid by: {visible(told.speaker)}", "dim")
    if told.headline:
        body.append(f"\nin: {visible(told.headline)}", "dim")
    if features:
        body.append(f"\nlinked by: {_explained(features)}", "dim")
    out.print(Padding(body, (0, 0, 0, 2)))


def _explained(features: dict[str, float]) -> str:
    """What speaks for a link, the strongest first, then what lowers or raises it; what is 1 there says nothing."""
    speaking = [(value, name) for name, value in features.items() if name in _SPEAKING and value]
    weighing = [(value, name) for name, value in features.items() if name not in _SPEAKING and value != 1]
    told = [f"{name} {value:.2f}" for value, name in sorted(speaking, key=lambda f: (-f[0], f[1]))]
    told += [f"{name} ×{value:.2f}" for value, name in sorted(weighing)]
    return ", ".join(told).replace("_", " ")
