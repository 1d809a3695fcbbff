"""Inflection as data: the forms of a word from its base form, by the rules of the pack."""

import re
from functools import lru_cache

import msgspec


class Paradigm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How words of one kind are inflected.

    forms: name of a form to its rules, each [regular expression, replacement]; the first that finds something in
    the base form makes the form; a form without a rule that fits does not exist. irregular: name of a form to
    ``base:form`` pairs, which win over the rules.
    """

    forms: dict[str, list[tuple[str, str]]]
    irregular: dict[str, str] = {}


class Inflected(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words by their base forms: each form ``f`` of ``paradigm`` becomes a word of the class ``cls_f``."""

    cls: str
    paradigm: str
    words: str


def inflected(paradigm: Paradigm, entry: str) -> dict[str, str]:
    """Form name to form of ``entry``; of words joined by ``_`` the first is inflected ("call_for")."""
    base, joint, rest = entry.partition("_")
    found = {}
    for form, rules in paradigm.forms.items():
        word = _irregular(paradigm.irregular.get(form, "")).get(base) or _regular(tuple(rules), base)
        if word:
            found[form] = word + joint + rest
    return found


def _regular(rules: tuple[tuple[str, str], ...], base: str) -> str:
    for pattern, replacement in rules:
        if re.search(pattern, base):
            return re.sub(pattern, replacement, base, count=1)
    return ""


@lru_cache(maxsize=64)
def _irregular(pairs: str) -> dict[str, str]:
    return dict(pair.split(":") for pair in pairs.split())
