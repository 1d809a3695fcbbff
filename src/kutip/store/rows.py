"""Model to rows and back. The names of the columns are those of schema.sql."""

import sqlite3
from collections import Counter
from typing import Any

import msgspec

from kutip.model import (
    Article,
    Attribution,
    Block,
    Dated,
    Force,
    Kind,
    Page,
    Rejection,
    Role,
    Span,
    SpeakerKind,
    content_id,
)
from kutip.store.contract import KeptAttribution
from kutip.text.fold import fold

GAP = " … "  # between the pieces of a content that is not in one piece


def page_id(page: Page, sha256: str) -> str:
    """The same bytes under the same URL are the same page, whatever file they came in."""
    return content_id("page", page.url or "", sha256)


def rejection_id(rejection: Rejection) -> str:
    """The same complaint about the same place is one row."""
    return content_id("rejection", rejection.where, rejection.reason, rejection.detail)


def attribution_id(article: str, attribution: Attribution) -> str:
    """Derives from the article and the spans, so that it stays while rules and confidence change.

    The speaker is part of it because two people named in one source may be the speakers of one content.
    """
    a = attribution
    spans = (spans_json(a.content), span_json(a.cue) or "", span_json(a.source) or "")
    return content_id("attribution", article, *spans, a.speaker or "")


def spans_json(spans: tuple[Span, ...]) -> str:
    """[[start, stop], …]"""
    return msgspec.json.encode([(s.start, s.end) for s in spans]).decode()


def span_json(span: Span | None) -> str | None:
    """[start, stop]"""
    return None if span is None else msgspec.json.encode((span.start, span.end)).decode()


def to_spans(value: str) -> tuple[Span, ...]:
    """The reverse of ``spans_json``."""
    return tuple(Span(*pair) for pair in msgspec.json.decode(value, type=list[tuple[int, int]]))


def to_span(value: str | None) -> Span | None:
    """The reverse of ``span_json``."""
    return None if value is None else Span(*msgspec.json.decode(value, type=tuple[int, int]))


def content_of(attribution: Attribution, text: str) -> str:
    """The words of the content, the pieces joined by " … "."""
    return GAP.join(span.of(text) for span in attribution.content)


def article_row(article: Article, run: int) -> dict[str, Any]:
    """Columns of articles."""
    published = article.published
    return {
        "id": article.id,
        "url": article.url,
        "outlet": article.outlet,
        "headline": article.headline,
        "byline": article.byline,
        "published": published and published.value,
        "published_precision": published and published.precision,
        "published_evidence": published and published.evidence,
        "published_origin": published and published.origin,
        "lang": article.lang,
        "text": article.text,
        "sha256": article.sha256,
        "found_in": msgspec.json.encode(article.found_in, order="sorted").decode(),
        "run": run,
    }


def attribution_row(article: Article, kept: KeptAttribution) -> dict[str, Any]:
    """Columns of attributions that do not depend on other rows."""
    a = kept.attribution
    published = article.published.value[:10] if article.published else None
    return {
        "id": kept.id,
        "kind": a.kind.value,
        "speaker": a.speaker,
        "speaker_kind": a.speaker_kind.value,
        "speaker_role": a.role,
        "force": a.force.value,
        "content": content_of(a, article.text),
        "cue": a.cue and a.cue.of(article.text),
        "source": a.source and a.source.of(article.text),
        "said_to": a.to,
        "venue": a.venue,
        "said_on": a.said_on,
        "said_on_evidence": a.said_on_evidence,
        "day": a.said_on or published,
        "negated": a.negated,
        "conditional": a.conditional,
        "confidence": a.confidence,
        "rule": a.rule,
        "content_spans": spans_json(a.content),
        "cue_span": span_json(a.cue),
        "source_span": span_json(a.source),
    }


def mention_rows(kept: tuple[KeptAttribution, ...]) -> list[dict[str, Any]]:
    """Columns of mentions, but for the article; repeats do not count."""
    attributions = [k.attribution for k in kept if k.repeat_of is None]
    times = Counter((a.speaker, a.speaker_kind) for a in attributions if a.speaker is not None)
    roles: dict[tuple[str | None, SpeakerKind], dict[str, None]] = {}
    for a in attributions:
        if a.role:
            roles.setdefault((a.speaker, a.speaker_kind), {})[a.role] = None
    return [
        {
            "name": name,
            "kind": kind.value,
            "roles": msgspec.json.encode(list(roles.get((name, kind), ()))).decode(),
            "attributions": count,
        }
        for (name, kind), count in times.items()
    ]


def keep(article: Article, attributions: tuple[Attribution, ...]) -> tuple[KeptAttribution, ...]:
    """Attributions as the record keeps them, with their ids, and which of them only repeat another.

    The same spans with the same speaker are one attribution, however often they were found.
    """
    unique = {attribution_id(article.id, a): a for a in attributions}
    repeats = _repeats(article, unique)
    return tuple(KeptAttribution(key, a, repeats.get(key)) for key, a in unique.items())


def _repeats(article: Article, attributions: dict[str, Attribution]) -> dict[str, str]:
    """Which attributions only print again what another one says: id of the repeat -> id of the original.

    Such a one stands in a block with role REPEAT; its original has the same speaker and the same words (case,
    accents and spaces aside), and stands outside blocks of that role.
    """
    again = [block for block in article.blocks if block.role is Role.REPEAT]
    if not again:
        return {}
    originals: dict[tuple[str, str | None], str] = {}
    inside: dict[str, tuple[str, str | None]] = {}
    for key, a in attributions.items():
        says = (fold(content_of(a, article.text)), a.speaker)
        if any(block.start <= a.content[0].start < block.end for block in again):
            inside[key] = says
        else:
            originals.setdefault(says, key)
    return {key: originals[says] for key, says in inside.items() if says in originals}


def to_article(row: sqlite3.Row, blocks: tuple[Block, ...]) -> Article:
    """A row of articles as an Article."""
    published = None
    if row["published"] is not None:
        published = Dated(
            row["published"], row["published_precision"], row["published_evidence"], row["published_origin"]
        )
    return Article(
        id=row["id"],
        text=row["text"],
        sha256=row["sha256"],
        blocks=blocks,
        lang=row["lang"],
        url=row["url"],
        headline=row["headline"],
        outlet=row["outlet"],
        byline=row["byline"],
        published=published,
        found_in=msgspec.json.decode(row["found_in"], type=dict[str, str]),
    )


def to_block(row: sqlite3.Row) -> Block:
    """A row of blocks as a Block."""
    return Block(row["start"], row["stop"], Role(row["role"]), row["repeats"])


def to_attribution(row: sqlite3.Row, via: tuple[str, ...]) -> Attribution:
    """A row of attributions as an Attribution."""
    return Attribution(
        kind=Kind(row["kind"]),
        content=to_spans(row["content_spans"]),
        cue=to_span(row["cue_span"]),
        source=to_span(row["source_span"]),
        speaker=row["speaker"],
        speaker_kind=SpeakerKind(row["speaker_kind"]),
        via=via,
        to=row["said_to"],
        said_on=row["said_on"],
        force=Force(row["force"]),
        negated=bool(row["negated"]),
        confidence=row["confidence"],
        rule=row["rule"],
        venue=row["venue"],
        said_on_evidence=row["said_on_evidence"],
        conditional=bool(row["conditional"]),
        role=row["speaker_role"],
    )
