"""The JSON objects that commands write. docs/commands.md and docs/contract.md describe them: keep them so."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kutip.model import Article, Attribution, Block
    from kutip.store import KeptArticle, KeptAttribution

# The contract of `kutip attribute`: these keys in this order.
CONTRACT = (
    "kind",
    "content",
    "cue",
    "source",
    "speaker",
    "speaker_kind",
    "via",
    "to",
    "said_on",
    "force",
    "negated",
    "confidence",
    "rule",
)
# What the record knows beyond it.
MORE = ("venue", "said_on_evidence", "conditional", "role")


def contract_shape(attribution: "Attribution") -> dict[str, Any]:
    """An attribution as `kutip attribute` writes it."""
    return {key: getattr(attribution, key) for key in CONTRACT}


def attribution_shape(kept: "KeptAttribution") -> dict[str, Any]:
    """An attribution of the record."""
    more = {key: getattr(kept.attribution, key) for key in MORE}
    return {"id": kept.id, **contract_shape(kept.attribution), **more, "repeat_of": kept.repeat_of}


def article_head(kept: "KeptArticle") -> dict[str, Any]:
    """Metadata of an article of the record."""
    article = kept.article
    return {
        "id": article.id,
        "url": article.url,
        "lang": article.lang,
        "headline": article.headline,
        "outlet": article.outlet,
        "byline": article.byline,
        "published": article.published,
        "found_in": article.found_in,
        "sha256": article.sha256,
        "page": kept.page,
        "fetched_at": kept.fetched_at,
        "version": kept.version,
        "versions": kept.versions,
        "superseded_by": kept.superseded_by,
    }


def article_shape(kept: "KeptArticle") -> dict[str, Any]:
    """An article of the record with its text, blocks and attributions."""
    blocks = [block_shape(block) | {"repeats": block.repeats} for block in kept.article.blocks]
    found = [attribution_shape(a) for a in kept.attributions]
    return {**article_head(kept), "text": kept.article.text, "blocks": blocks, "attributions": found}


def block_shape(block: "Block") -> dict[str, Any]:
    """A block of an article."""
    return {"role": block.role, "start": block.start, "end": block.end}


def read_shape(name: str, article: "Article") -> dict[str, Any]:
    """An article as `kutip read` writes it. ``name``: of its page; folders before the file are left out."""
    from kutip.flow.page_to_article.body import body_of

    return {
        "file": name.rsplit("/", 1)[-1],
        "url": article.url,
        "lang": article.lang,
        "headline": article.headline,
        "outlet": article.outlet,
        "byline": article.byline,
        "published": article.published and article.published.value,
        "text": article.text,
        "body": body_of(article),
        "blocks": [block_shape(block) for block in article.blocks],
    }
