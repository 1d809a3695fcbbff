"""Roles that stand beside names, as what can be compared: the office, and the body in which it is held."""

import re
from collections.abc import Hashable, Iterable, Mapping, Set
from functools import lru_cache
from typing import TypeVar

import msgspec

from kutip.languages import load
from kutip.text.fold import fold
from kutip.text.keys import keys_of

T = TypeVar("T", bound=Hashable)
SHARED = 0.5  # share of the shorter body that stands in the other one, from which they are one
SAME_OFFICE = 0.6  # share of the words of two offices in common, from which they are one
_WORD = re.compile(r"[^\W\d_]+")
_OFFICES = ("title", "human", "honor")  # classes of words that name what somebody is, not where


class Role(msgspec.Struct, frozen=True):
    """The words of a role: office ("minister"), as keys, and body ("Kestria")."""

    office: frozenset[str]
    body: frozenset[str]


@lru_cache(maxsize=50_000)
def role_of(words: str, lang: str) -> Role:
    """A role as it stands beside a name, in the language of a pack.

    Bodies have names, which are not taken apart into stems; what the pack translates is compared translated.
    """
    keys, offices = keys_of(load(lang)), _offices(lang)
    office, body = set(), set()
    for word in _WORD.findall(words.casefold()):
        key = keys[word]
        if key and word in offices:
            office.add(key)
        elif key:
            body.add(key if key in keys.pivots else fold(word))
    return Role(frozenset(office), frozenset(body))


def agree(one: Set[Role], other: Set[Role]) -> bool | None:
    """Whether the roles of two are those of one person: True if some agree, False if all exclude each other."""
    if one & other:
        return True
    excluded = bool(one and other)
    for a in one:
        for b in other:
            found = _agree(a, b)
            if found:
                return True
            excluded &= found is False
    return False if excluded else None


def holder(role: Role, held: Mapping[T, Iterable[Role]]) -> T | None:
    """Who is meant by a role in place of a name: the only one of a story who holds it, named in full or nearly so."""
    found = [who for who, roles in held.items() if any(_names(role, other) for other in roles)]
    return found[0] if len(found) == 1 else None


def _names(role: Role, held: Role) -> bool:
    words, whole = role.office | role.body, held.office | held.body
    return bool(words) and words <= whole and len(words) >= SHARED * len(whole)


def _agree(one: Role, other: Role) -> bool | None:
    if one.body and other.body:
        shared = len(one.body & other.body)
        return True if shared >= SHARED * min(len(one.body), len(other.body)) else None if shared else False
    if one.office and other.office:
        shared = len(one.office & other.office)
        return True if shared >= SAME_OFFICE * len(one.office | other.office) else None
    return None


@lru_cache
def _offices(lang: str) -> frozenset[str]:
    """Words that name offices by themselves, in lower case."""
    classes = load(lang).grammar.words.classes
    words = (word.casefold() for name in _OFFICES for word in classes.get(name, "").split())
    return frozenset(word for word in words if "_" not in word)
