"""Attributions as W3C Web Annotations (Recommendation of 2017), for tools that show marks on the live page.

Each piece of a content is a target with a TextQuoteSelector, which finds the words on the page, and a
TextPositionSelector. Positions count code points in the canonical text of the record, whose sha256 the
target carries: furniture of the page that the record has not is not counted.
"""

from typing import Any

from kutip.model import Article, Attribution, Span
from kutip.views.export.parts import BASE, filled, link
from kutip.views.shown import Attributed, Kept

CONTEXT = ("http://www.w3.org/ns/anno.jsonld", {"sha256": "urn:kutip:vocabulary:sha256"})
AROUND = 32  # code points before and after, by which a selector tells equal words apart
BODY = {"type": "TextualBody"}
MAKER = {"type": "Software", "name": "Kutip"}


def annotations(kept: Attributed, base: str = BASE) -> list[dict[str, Any]]:
    """An annotation for each attribution of an article. base: what ids follow."""
    return [_annotation(one, kept.article, base) for one in kept.attributions]


def _annotation(kept: Kept, article: Article, base: str) -> dict[str, Any]:
    a = kept.attribution
    tags = (a.kind.value, a.force.value, *a.via)
    return {
        "id": base + kept.id,
        "type": "Annotation",
        "motivation": "describing",
        "creator": MAKER,
        "body": [
            {**BODY, "purpose": "describing", "format": "text/plain", "value": _told(a, article)},
            *({**BODY, "purpose": "tagging", "value": tag} for tag in tags),
        ],
        "target": [_target(span, article, base) for span in a.content],
    }


def _told(a: Attribution, article: Article) -> str:
    """Who, and in which words the article says so; values alone, so that it is of no language."""
    words = (a.speaker, a.role, a.cue.of(article.text) if a.cue else "", a.to, a.said_on)
    return " · ".join(filter(None, words)) or a.force.value


def _target(span: Span, article: Article, base: str) -> dict[str, Any]:
    text = article.text
    quote = {
        "type": "TextQuoteSelector",
        "exact": span.of(text),
        "prefix": text[max(0, span.start - AROUND) : span.start],
        "suffix": text[span.end : span.end + AROUND],
    }
    position = {"type": "TextPositionSelector", "start": span.start, "end": span.end}
    return filled(
        {
            "type": "SpecificResource",
            "source": link(article.url) or base + article.id,
            "sha256": article.sha256,
            "selector": [filled(quote), position],
        }
    )
