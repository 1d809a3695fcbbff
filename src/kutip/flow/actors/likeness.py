"""Whether two names are those of one actor, and why: a pure function with a score that explains itself.

What it compares: parts of names in order, one name being the short form of another, spellings of one sound
(Dmitri, Dmitry), initials, acronyms and clipped names made of beginnings (KPK; Joko Widodo, Jokowi), and
roles.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

import msgspec

from kutip.text.fold import fold

_PART = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
# Spellings of one sound, applied in this order; both names are written so before they are compared.
_SOUNDS = (
    ("sch", "s"), ("sh", "s"), ("sy", "s"), ("kh", "h"), ("ph", "f"), ("oe", "u"), ("dj", "j"), ("tj", "c"),
    ("ou", "u"), ("ck", "k"), ("q", "k"), ("x", "ks"), ("w", "v"), ("y", "i"), ("ei", "i"), ("ie", "i"), ("z", "s"),
    ("th", "t"), ("dh", "d"),
)  # fmt: skip

SAME = 1.0  # the same words
SHORT_FORM = 0.9  # the one is a part of the other: "Peskov", "Dmitry Peskov"
SPELLING = 0.85  # the same sounds, or long names that differ in one letter
INITIALS = 0.85  # all parts fit, some by their initial only
ACRONYM = 0.8  # made of initials or beginnings of the other
ROLE = 0.6  # named by a role that the other holds
SHORTEST = 3  # letters of a part that alone can stand for a name
FORGIVING = 5  # letters from which one wrong letter is forgiven


class Likeness(msgspec.Struct, frozen=True):
    """score: 0 (nothing speaks for one actor) to 1. reason: which comparison gave it, for people."""

    score: float
    reason: str


def likeness(one: str, other: str, role: str = "", other_role: str = "") -> Likeness:
    """How far two names, as articles give them, are those of one actor. Symmetrical.

    role, other_role: title, role and affiliation that stand beside the names, "" where none does.
    """
    best = max(
        _names(one, other),
        _roles(one, other, other_role),
        _roles(other, one, role),
        key=lambda found: found.score,
    )
    return best


@lru_cache(maxsize=100_000)
def _names(one: str, other: str) -> Likeness:
    a, b = parts(one), parts(other)
    if not a or not b:
        return Likeness(0.0, "a name is missing")
    if a == b:
        return Likeness(SAME, "the same name")
    if (len(a), sum(map(len, a)), a) > (len(b), sum(map(len, b)), b):
        a, b, one, other = b, a, other, one
    fit = _fit(a, b)
    if fit is not None:
        return fit
    if len(a) == 1 and len(b) > 1 and _clipped(a[0], b):
        return Likeness(ACRONYM, f"{one} is made of the beginnings of {other}")
    return Likeness(0.0, "other names")


def _roles(one: str, other: str, held: str) -> Likeness:
    """``one`` may be no name but the role that the other is said to hold."""
    if not held:
        return Likeness(0.0, "other names")
    a, b = set(parts(one)), set(parts(held))
    if len(a) > 1 and a <= b:
        return Likeness(ROLE, f"{one} is a role of {other}")
    return Likeness(0.0, "other names")


@lru_cache(maxsize=50_000)
def speaks_for(body: str, role: str) -> bool:
    """Whether a role names this body, by its name, its initials or, where the body is initials, what they stand for."""
    named, held = parts(body), parts(role)
    if not named or not held:
        return False
    if set(named) <= set(held) and max(map(len, named)) >= SHORTEST:
        return True
    if len(named) == 1 and body.isupper():
        return any(_initials(held[at : at + len(named[0])]) == named[0] for at in range(len(held)))
    short = (one for one in _PART.findall(role) if one.isupper() or len(one) >= FORGIVING)
    return any(
        fold(one) == _initials(named) or (not one.isupper() and _clipped(fold(one), named)) for one in short
    )


def begins_with_a_role(name: str, roles: Iterable[str]) -> bool:
    """Whether a name of three parts or more begins with a word of these roles, which then is no part of it: "Tala Agus
    Santoso" beside "Kepala Dinas Tala".
    """
    found = parts(name)
    return len(found) > 2 and any(found[0] in parts(role) for role in roles)


def _initials(names: tuple[str, ...]) -> str:
    return "".join(part[0] for part in names)


@lru_cache(maxsize=50_000)
def parts(name: str) -> tuple[str, ...]:
    """Parts of a name, folded. Without particles: what stands in lower case among parts with a capital
    ("al-", "bin", "van").
    """
    found = _PART.findall(name)
    return tuple(fold(part) for part in found if not part.islower()) or tuple(map(fold, found))


def _fit(short: tuple[str, ...], long: tuple[str, ...]) -> Likeness | None:
    """Every part of the shorter name finds its own part of the longer, in order."""
    at, spelled, initial = 0, False, False
    for part in short:
        while at < len(long) and not _alike(part, long[at]):
            at += 1
        if at == len(long):
            return None
        initial |= min(len(part), len(long[at])) == 1
        spelled |= part != long[at]
        at += 1
    if max(map(len, short)) < SHORTEST:
        return None
    if initial:
        return Likeness(INITIALS, "initials fit")
    if spelled:
        return Likeness(SPELLING, "another spelling")
    return Likeness(SHORT_FORM, "short form")


def _alike(one: str, other: str) -> bool:
    if one == other:
        return True
    if min(len(one), len(other)) == 1:
        return one[0] == other[0]
    a, b = sound(one), sound(other)
    return a == b or (
        min(len(a), len(b)) >= FORGIVING - 1 and max(len(one), len(other)) >= FORGIVING and _near(a, b)
    )


@lru_cache(maxsize=50_000)
def sound(part: str) -> str:
    """A part of a name as it sounds, so that spellings of one sound fall together."""
    for spelling, same in _SOUNDS:
        part = part.replace(spelling, same)
    return re.sub(r"(.)\1", r"\1", part)


def _near(one: str, other: str) -> bool:
    """At most one letter put in, left out or replaced, and the same first letter."""
    if one[0] != other[0] or abs(len(one) - len(other)) > 1:
        return False
    if len(one) > len(other):
        one, other = other, one
    at = next((n for n, letter in enumerate(one) if letter != other[n]), len(one))
    return one[at:] == other[at + 1 :] or one[at + 1 :] == other[at + 1 :]


def _clipped(short: str, parts: tuple[str, ...]) -> bool:
    """``short`` is put together of beginnings of ``parts``, in order, from at least two of them and from
    the first.
    """
    reached = {(0, 0)}  # letters used, parts used
    for n, part in enumerate(parts):
        more = set()
        for used, count in reached:
            limit = 0
            while limit < len(part) and used + limit < len(short) and part[limit] == short[used + limit]:
                limit += 1
                more.add((used + limit, count + 1))
        reached = more if n == 0 else reached | more
    return len(short) >= SHORTEST and any(used == len(short) and count >= 2 for used, count in reached)
