"""How commands show a statement and its renditions."""

from itertools import groupby
from typing import TYPE_CHECKING, Any

from kutip.apps.cli.words import SHORT_ID
from kutip.model.story import Relation

if TYPE_CHECKING:
    from rich.text import Text

    from kutip.model import Change
    from kutip.store.lineage import StatementLine, Told
    from kutip.views.difference import Piece, Rendered

STYLES = {"left": "red strike", "added": "green", "same": ""}
STRONG = "bold"  # what a word of weight adds to the style
SIGNS = {"left": ("[-", "-]"), "added": ("{+", "+}"), "same": ("", "")}
ALIKE = 0.5  # share of words in common from which marking the others tells something
UNKNOWN_OUTLET = "outlet not known"
RELATIONS: dict[str, str] = {  # as commands name them
    Relation.REFERENCE: "reference",
    Relation.VERBATIM: "verbatim",
    Relation.TRIMMED: "trimmed",
    Relation.REWORDED: "reworded",
    Relation.CHANGED: "changed",
    Relation.UNATTRIBUTED: "no source",
}


def rendered(told: "Told") -> "Rendered":
    """A rendition with the pack of its language."""
    from kutip.languages import load
    from kutip.languages.loader import available
    from kutip.views.difference import Rendered

    return Rendered(told.content, load(told.lang) if told.lang in available() else None)


def pieces(reference: "Told", told: "Told") -> "tuple[Piece, ...]":
    """A rendition along its reference, word by word."""
    from kutip.views.difference import difference

    return difference(rendered(reference), rendered(told))


def compared(reference: "Told", told: "Told", colour: bool) -> "Text":
    """A rendition with the words marked that it leaves out and adds; as it is where few are common."""
    from rich.text import Text

    from kutip.apps.cli.marked import visible
    from kutip.views.web.align import align

    if told.id == reference.id or not align(reference.content, told.content, ALIKE):
        return Text(visible(told.content))
    return marked_pieces(pieces(reference, told), colour)


def marked_pieces(found: "tuple[Piece, ...]", colour: bool) -> "Text":
    """In colour, words of weight in bold; without colour as "[-left out-]" and "{+added+}"."""
    from rich.text import Text

    from kutip.apps.cli.marked import visible

    if colour:
        styled = (
            (visible(one.text), f"{STYLES[one.kind]} {STRONG if one.what else ''}".strip()) for one in found
        )
        return Text.assemble(*styled)
    out = Text()
    for kind, run in groupby(found, key=lambda one: one.kind):
        words = visible("".join(one.text for one in run))
        out.append(bracketed(words, kind))
    return out


def bracketed(words: str, kind: str) -> str:
    """Words that only one side has in the brackets of that side, white space at their edges outside."""
    bare, (before, after) = words.strip(), SIGNS[kind]
    return words.replace(bare, f"{before}{bare}{after}", 1) if bare else words


def in_words(change: "Change") -> str:
    """A change for people: the words of the one and of the other."""
    return f"“{change.before}” → “{change.after}”"


def changes(told: "Told") -> str:
    """What differs in fact: "number “30 days” → “13 days”; negation “not enter” → “enter”"."""
    return "; ".join(f"{change.kind} {in_words(change)}" for change in told.changes)


def outlet(told: "Told") -> str:
    """Name of the outlet."""
    return told.outlet or UNKNOWN_OUTLET


def speaker(one: "StatementLine") -> str:
    """Who said it, with the role that articles give."""
    from kutip.apps.cli.marked import visible
    from kutip.apps.tracing import role

    return ", ".join(visible(words) for words in (one.speaker or "speaker not named", role(one)) if words)


def day(value: str | None) -> str:
    """A date of publication, to the minute where it is known: "2025-02-26 08:16+07", in UTC with a "Z"."""
    if value is None:
        return "undated"
    zone = value[19:].removesuffix(":00")
    return value[:16].replace("T", " ") + ("Z" if zone == "+00" else zone)


def head(told: "Told") -> str:
    """Where and when, in one line."""
    via = f" via {', '.join(told.via)}" if told.via else ""
    return f"{outlet(told)}{via} · {day(told.published)} · {told.id[:SHORT_ID]}"


def told_shape(told: "Told", reference: "Told") -> dict[str, Any]:
    """The JSON object of a rendition."""
    return {
        "id": told.id,
        "attribution": told.attribution,
        "relation": told.relation,
        "changes": told.changes,
        "score": told.score,
        "kind": told.kind,
        "speaker": told.speaker,
        "role": told.role,
        "content": told.content,
        "content_spans": told.content_spans,
        "via": told.via,
        "said_on": told.said_on,
        "outlet": told.outlet,
        "published": told.published,
        "headline": told.headline,
        "url": told.url,
        "lang": told.lang,
        "article": told.article,
        "difference": pieces(reference, told) if told.id != reference.id else (),
    }
