"""Two renderings of one statement, word by word: what both have, what was left out or added, and what that is:
a number, a date, a name, a negation, a modality, or just words.
"""

from collections.abc import Iterator
from itertools import groupby

import msgspec

from kutip.languages import Pack
from kutip.languages.matching import NONE, NOT
from kutip.text.dates import find_dates
from kutip.text.numbers import find_numbers
from kutip.text.stance import operators
from kutip.views.web.align import Part, align, tokens


class Piece(msgspec.Struct, frozen=True):
    """A run of words. kind: "same", "left" (out of the reference) or "added".

    what: of words that only one of the two has: "number", "date", "name", "negation", "modality" or "".
    """

    kind: str
    text: str
    what: str = ""


class Rendered(msgspec.Struct, frozen=True):
    """Words in their language. pack: None where there is none for it."""

    text: str
    pack: Pack | None


def difference(reference: Rendered, other: Rendered) -> tuple[Piece, ...]:
    """The other rendering along the reference. Of two languages, or with next to nothing in common: no more
    than what was left out as a whole and what was added.
    """
    parts = align(reference.text, other.text, 0.0) or (
        Part("left", reference.text),
        Part("added", other.text),
    )
    names = {"left": _natures(reference), "added": _natures(other)}
    at = {"left": 0, "added": 0}
    out: list[Piece] = []
    for part in parts:
        if part.kind != "same":
            out += _named(part, at[part.kind], names[part.kind])
        else:
            out.append(Piece("same", part.text))
        for side in at:
            if part.kind in (side, "same"):
                at[side] += len(_own(part, side, reference.text, at[side]))
    return tuple(_gathered(out))


def _own(part: Part, side: str, reference: str, at: int) -> str:
    """The text of a part as ``side`` has it: a same part is as the other has it, and as long in the reference
    but for its case and spaces.
    """
    if part.kind != "same" or side == "added":
        return part.text
    count, length = len(tokens(part.text)), 0
    for token in tokens(reference[at:])[:count]:
        length += len(token)
    return reference[at : at + length]


def _gathered(pieces: list[Piece]) -> Iterator[Piece]:
    """With all that was left out between two words that are the same before all that was added there."""
    between: dict[str, list[Piece]] = {"left": [], "added": []}
    for piece in pieces:
        if piece.kind != "same":
            between[piece.kind].append(piece)
        elif any(between.values()) and not any(map(str.isalnum, piece.text)):
            for side in between.values():
                side.append(piece)
        else:
            yield from _emptied(between)
            yield piece
    yield from _emptied(between)


def _emptied(between: dict[str, list[Piece]]) -> Iterator[Piece]:
    """What was left out, then what was added; signs and white space at the end that both have stand for
    themselves.
    """
    ends: list[Piece] = []
    while between["left"] and between["added"] and between["left"][-1].kind == between["added"][-1].kind:
        ends.append(between["left"].pop())
        between["added"].pop()
    for kind, side in between.items():
        merged: list[Piece] = []
        for piece in side:
            if merged and (
                piece.kind == "same" or not merged[-1].text.strip() or piece.what == merged[-1].what
            ):
                what = merged[-1].what if merged[-1].text.strip() else piece.what
                merged[-1] = Piece(kind, merged[-1].text + piece.text, what)
            else:
                merged.append(Piece(kind, piece.text, piece.what))
        yield from merged
        side.clear()
    yield from reversed(ends)


def _named(part: Part, start: int, natures: dict[int, str]) -> Iterator[Piece]:
    """The words of a part, each run of one nature a piece; white space goes with what it follows."""
    at, found = start, list[tuple[str, str]]()
    for token in tokens(part.text):
        what = natures.get(at, "") if token.strip() else (found[-1][0] if found else "")
        found.append((what, token))
        at += len(token)
    for what, run in groupby(found, key=lambda one: one[0]):
        yield Piece(part.kind, "".join(token for _, token in run), what)


def _natures(one: Rendered) -> dict[int, str]:
    """What the word at an offset is; words that are just words are not in it."""
    if one.pack is None:
        return {}
    text, manner = one.text, operators(one.pack)
    found: dict[int, str] = {}
    at = 0
    for number, token in enumerate(tokens(text)):
        if operator := manner.get(token.casefold()):
            found[at] = "negation" if operator[0] & {NOT, NONE} else "modality"
        elif number and token[0].isupper() and not text[:at].rstrip().endswith((".", "?", "!", ":")):
            found[at] = "name"
        at += len(token)
    spans = [(q.start, q.end, "number") for q in find_numbers(text, one.pack)]
    spans += [(d.start, d.end, "date") for d in find_dates(text, one.pack)]
    for start, end, what in spans:
        found |= dict.fromkeys(range(start, end), what)
    return found
