"""An article and what is said in it, in the terms of schema.org and PROV-O (JSON-LD 1.1).

Direct quotations are Quotations, all others Claims. The outlets and agencies by which the words came are a
chain of works, each derived from the next; the last is the primary source. Terms of our own: "kutip:…".
"""

from typing import Any

from kutip.model import Article, Attribution, Kind, SpeakerKind, content_id
from kutip.views.export.parts import BASE, filled, link, speaker_id
from kutip.views.shown import GAP, Attributed, Kept

CONTEXT = {
    "@vocab": "https://schema.org/",
    "prov": "http://www.w3.org/ns/prov#",
    "kutip": "urn:kutip:vocabulary:",
    "url": {"@type": "@id"},
    "isPartOf": {"@type": "@id"},
    "appearance": {"@type": "@id"},
    "firstAppearance": {"@type": "@id"},
    "prov:specializationOf": {"@type": "@id"},
    "prov:wasQuotedFrom": {"@type": "@id"},
    "prov:wasDerivedFrom": {"@type": "@id"},
    "prov:hadPrimarySource": {"@type": "@id"},
}
_TYPES = {
    SpeakerKind.PERSON: "Person",
    SpeakerKind.ORGANISATION: "Organization",
    SpeakerKind.DOCUMENT: "CreativeWork",
    SpeakerKind.UNNAMED: "Thing",
    SpeakerKind.GROUP: "Thing",
}


def nodes(kept: Attributed, base: str = BASE, with_text: bool = False) -> list[dict[str, Any]]:
    """The nodes of an article and its attributions. base: what ids follow; with_text: the article in full."""
    article = kept.article
    whole = base + article.id
    found = [_article(article, whole, with_text)]
    for one in kept.attributions:
        chain = _chain(one.attribution.via, one, base)
        found += [_said(one, article, base, [report["@id"] for report in chain]), *chain]
    return found


def _article(article: Article, name: str, with_text: bool) -> dict[str, Any]:
    return filled(
        {
            "@id": name,
            "@type": ["NewsArticle", "prov:Entity"],
            "headline": article.headline,
            "url": link(article.url),
            "publisher": article.outlet and {"@type": "Organization", "name": article.outlet},
            "creditText": article.byline,
            "datePublished": article.published and article.published.value,
            "inLanguage": article.lang,
            "identifier": {"@type": "PropertyValue", "propertyID": "sha256", "value": article.sha256},
            "articleBody": article.text if with_text else None,
        }
    )


def _said(kept: Kept, article: Article, base: str, chain: list[str]) -> dict[str, Any]:
    a, whole = kept.attribution, base + article.id
    direct = a.kind is Kind.DIRECT
    speaker = _speaker(a, base)
    return filled(
        {
            "@id": base + kept.id,
            "@type": ["Quotation" if direct else "Claim", "prov:Entity"],
            "text": GAP.join(span.of(article.text) for span in a.content),
            "spokenByCharacter" if direct else "author": speaker,
            "isPartOf" if direct else "appearance": whole,
            "dateCreated": a.said_on,
            "audience": a.to and {"@type": "Audience", "name": a.to},
            "locationCreated": a.venue and {"@type": "Place", "name": a.venue},
            "inLanguage": article.lang,
            "prov:wasQuotedFrom": whole if direct else None,
            "prov:wasDerivedFrom": chain[:1] if direct else [whole, *chain[:1]],
            "prov:wasAttributedTo": speaker and {"@id": speaker["@id"], "@type": "prov:Agent"},
            "prov:hadPrimarySource": chain[-1] if chain else None,
            "kutip:kind": a.kind,
            "kutip:force": a.force,
            "kutip:negated": a.negated,
            "kutip:conditional": a.conditional,
            "kutip:confidence": a.confidence,
            "kutip:rule": a.rule,
            "kutip:span": [{"kutip:start": span.start, "kutip:end": span.end} for span in a.content],
        }
    )


def _speaker(a: Attribution, base: str) -> dict[str, Any] | None:
    if a.speaker is None:
        return None
    titled = {"jobTitle": a.role} if a.speaker_kind is SpeakerKind.PERSON else {"description": a.role}
    name = base + speaker_id(a.speaker_kind, a.speaker)
    return filled({"@id": name, "@type": _TYPES[a.speaker_kind], "name": a.speaker, **titled})


def _chain(via: tuple[str, ...], kept: Kept, base: str) -> list[dict[str, Any]]:
    """The reports through which the words came, nearest first, each derived from the next."""
    reports: list[dict[str, Any]] = []
    for name in reversed(via):
        report = {
            "@id": base + content_id("report", kept.id, name),
            "@type": ["Report", "prov:Entity"],
            "publisher": {"@type": "Organization", "name": name},
        }
        if reports:
            report["prov:wasDerivedFrom"] = reports[0]["@id"]
        reports.insert(0, report)
    return reports
