"""Statements in the terms of schema.org and PROV-O: one claim for all that articles make of one act of saying."""

from collections.abc import Sequence
from typing import Any, Protocol

from kutip.model.story import Change
from kutip.views.export.parts import filled


class Told(Protocol):
    """A rendition. attribution: its id, None where the words are told as the outlet's own."""

    @property
    def article(self) -> str: ...
    @property
    def attribution(self) -> str | None: ...
    @property
    def content(self) -> str: ...
    @property
    def relation(self) -> str: ...
    @property
    def changes(self) -> tuple[Change, ...]: ...
    @property
    def published(self) -> str | None: ...
    @property
    def lang(self) -> str | None: ...


def claim(key: str, speaker: str | None, told: Sequence[Told], base: str) -> list[dict[str, Any]]:
    """The claim with this id, and of each attributed rendition (the reference first) what it is to it.

    firstAppearance is the article with the earliest date; where none has a date, it is left out.
    """
    dated = [one for one in told if one.published]
    first = min(dated, key=lambda one: one.published or "", default=None)
    whole = {
        "@id": base + key,
        "@type": ["Claim", "prov:Entity"],
        "text": told[0].content,
        "creditText": speaker,
        "inLanguage": told[0].lang,
        "firstAppearance": first and base + first.article,
        "appearance": [base + article for article in dict.fromkeys(one.article for one in told)],
    }
    return [filled(whole), *(_rendition(one, base + key, base) for one in told if one.attribution)]


def _rendition(one: Told, whole: str, base: str) -> dict[str, Any]:
    changes = [
        {"kutip:what": change.kind, "kutip:before": change.before, "kutip:after": change.after}
        for change in one.changes
    ]
    return filled(
        {
            "@id": f"{base}{one.attribution}",
            "prov:specializationOf": whole,
            "kutip:relation": one.relation,
            "kutip:change": changes,
        }
    )
