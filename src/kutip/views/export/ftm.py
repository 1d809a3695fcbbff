"""Attributions as FollowTheMoney entities.

An article is an Article, a named person or organisation a Person or Organization, and what they said a
Documentation that joins the two. Sources that no entity stands for (documents, groups, the unnamed, the
unknown) give a Note on the article. Languages are left out: FollowTheMoney wants codes of three letters.
"""

from collections.abc import Iterator
from typing import Any

from kutip.model import Article, SpeakerKind
from kutip.views.export.parts import link, speaker_id
from kutip.views.shown import GAP, Attributed, Kept

_SCHEMATA = {SpeakerKind.PERSON: "Person", SpeakerKind.ORGANISATION: "Organization"}
# Controls have no place in names and strings of FollowTheMoney; line ends become spaces in its strings.
_CONTROLS = dict.fromkeys([*range(9), 11, 12, *range(14, 32), *range(127, 160)], "\ufffd")
_OF_LINES = ("bodyText", "description", "notes")
_LONGEST = {
    "name": 384
}  # in characters: names and strings that are longer are cut, as they would not be valid
_LONGEST_STRING = 1024
_LONGEST_TEXT = 65_000
_LONGEST_LINK = 4096


def entities(kept: Attributed, with_text: bool = False) -> Iterator[dict[str, Any]]:
    """The entities of an article, each speaker once. with_text: the article in full."""
    article = kept.article
    yield _entity(
        article.id,
        "Article",
        title=article.headline,
        publisher=article.outlet,
        author=article.byline,
        publishedAt=article.published.value if article.published else "",
        sourceUrl=link(article.url),
        bodyText=article.text if with_text else "",
    )
    speakers: dict[str, dict[str, Any]] = {}
    for one in kept.attributions:
        for entity in _said(one, article):
            if entity["schema"] not in _SCHEMATA.values():
                yield entity
            elif entity["id"] in speakers:
                _merge(speakers[entity["id"]]["properties"], entity["properties"])
            else:
                speakers[entity["id"]] = entity
    yield from speakers.values()


def _merge(known: dict[str, list[str]], new: dict[str, list[str]]) -> None:
    for name, values in new.items():
        known[name] = list(dict.fromkeys([*known.get(name, ()), *values]))


def _said(kept: Kept, article: Article) -> Iterator[dict[str, Any]]:
    a = kept.attribution
    words = GAP.join(span.of(article.text) for span in a.content)
    if a.speaker is None or a.speaker_kind not in _SCHEMATA or not a.speaker.strip():
        name = a.speaker or (a.source.of(article.text) if a.source else "")
        yield _entity(
            kept.id, "Note", entity=article.id, name=name, description=words, sourceUrl=link(article.url)
        )
        return
    speaker = speaker_id(a.speaker_kind, a.speaker)
    role = {"position": a.role} if a.speaker_kind is SpeakerKind.PERSON else {"notes": a.role}
    yield _entity(speaker, _SCHEMATA[a.speaker_kind], name=a.speaker, **role)
    yield _entity(
        kept.id,
        "Documentation",
        document=article.id,
        entity=speaker,
        role=a.force.value,
        status=a.kind.value,
        date=a.said_on,
        description=words,
        publisher=article.outlet,
        sourceUrl=link(article.url),
    )


def _entity(key: str, schema: str, **values: str | None) -> dict[str, Any]:
    """An entity; values of one line have their white space made single spaces."""
    properties = {name: _clean(value, name) for name, value in values.items() if value}
    return {"id": key, "schema": schema, "properties": {n: found for n, found in properties.items() if found}}


def _clean(value: str, name: str) -> list[str]:
    """The value, in pieces where it is longer than a value may be; links that long are left out."""
    value = value.translate(_CONTROLS).strip()
    if name in _OF_LINES:
        return [value[at : at + _LONGEST_TEXT] for at in range(0, len(value), _LONGEST_TEXT)]
    if name == "sourceUrl":
        return [value] if len(value) <= _LONGEST_LINK else []
    return [cut] if (cut := " ".join(value.split())[: _LONGEST.get(name, _LONGEST_STRING)]) else []
