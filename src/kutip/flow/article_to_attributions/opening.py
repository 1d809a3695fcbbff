"""What a pattern over classes may begin with, so that a search passes over all other places at one look.

Patterns are those that a pack's become: single characters for classes, sets of them, groups, looks around, quantifiers.
"""

import re

_ITEM = re.compile(
    r"\[(?P<negated>\^?)(?P<set>[^\]]*)\]|(?P<one>[\ue000-\uf8ff])|(?P<any>\.)|(?P<anchor>\^|\\A|\$|\\Z)"
    r"|(?P<look>\(\?<?[=!])|(?P<group>\((?:\?:|\?P<\w+>)?)"
)
_QUANTIFIER = re.compile(r"(?P<optional>[*?]|\{0?,\d*\})[+?]?|(?:\+|\{\d+(?:,\d*)?\})[+?]?")
_ANY = "any"


def searched(pattern: str) -> str:
    """``pattern`` for a search: with a look at the first class of what it matches, where that can be told."""
    chars = begins(pattern)
    return pattern if chars is None else f"(?=[{''.join(sorted(chars))}])(?:{pattern})"


def begins(pattern: str) -> frozenset[str] | None:
    """The classes that what ``pattern`` matches begins with; None where it may be any, or nothing is matched too."""
    chars, empty, end = _alternatives(pattern, 0)
    return None if empty or _ANY in chars or end != len(pattern) else frozenset(chars)


def _alternatives(pattern: str, at: int) -> tuple[set[str], bool, int]:
    """What the alternatives from ``at`` on begin with, whether one of them may be empty, and where they end."""
    chars, empty, at = _sequence(pattern, at)
    while pattern[at : at + 1] == "|":
        more, also, at = _sequence(pattern, at + 1)
        chars, empty = chars | more, empty or also
    return chars, empty, at


def _sequence(pattern: str, at: int) -> tuple[set[str], bool, int]:
    chars: set[str] = set()
    empty = True
    while at < len(pattern) and pattern[at] not in "|)":
        more, also, at = _item(pattern, at)
        if empty:
            chars, empty = chars | more, also
    return chars, empty, at


def _item(pattern: str, at: int) -> tuple[set[str], bool, int]:
    m = _ITEM.match(pattern, at)
    if m is None:  # nothing that is known here
        return {_ANY}, False, len(pattern) + 1
    chars = {_ANY} if m["negated"] or m["any"] else set(m["set"] or m["one"] or "")
    empty, at = bool(m["anchor"]), m.end()
    if m["look"] or m["group"]:
        chars, empty, at = _alternatives(pattern, at)
        at += 1  # its bracket
    if m["look"]:
        chars, empty = set(), True
    quantifier = _QUANTIFIER.match(pattern, at)
    if quantifier:
        empty, at = empty or bool(quantifier["optional"]), quantifier.end()
    return chars, empty, at
