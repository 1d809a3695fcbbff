"""The order of the steps from a page to its attributions, written once."""

from collections.abc import Callable

import msgspec

from kutip.flow.article_to_attributions.step import find_attributions
from kutip.flow.page_to_article import steps
from kutip.flow.page_to_article.blocks import split_blocks
from kutip.flow.page_to_article.draft import CAREFUL, Draft, Reading, Refusal
from kutip.languages import load
from kutip.languages.identify import identify, pack_code
from kutip.languages.loader import available
from kutip.languages.reader import Reader
from kutip.model import Article, Attribution, Page, Rejection

Step = Callable[[Draft], Draft]


class Processed(msgspec.Struct, frozen=True):
    """All that came of one page: an article or None, its attributions, and what was not used and why.

    reader: what found the attributions, where that was not this version with its packs.
    """

    page: Page
    article: Article | None
    attributions: tuple[Attribution, ...]
    rejections: tuple[Rejection, ...]
    reader: Reader | None = None


class Again(msgspec.Struct, frozen=True):
    """An article of before with the attributions that are found in it now, or why that failed."""

    article: Article
    found: tuple[Attribution, ...] | Rejection


def attribute_article(article: Article) -> tuple[Attribution, ...]:
    """Who said what in an article, where its language has a pack; all that it takes is in the article."""
    if article.lang not in available():
        return ()
    known = article.published if article.published and article.published.origin != "inferred" else None
    return find_attributions(article.text, article.blocks, load(article.lang), known.value if known else None)


def _attribute(draft: Draft) -> Draft:
    assert draft.article is not None
    return msgspec.structs.replace(draft, attributions=attribute_article(draft.article))


READ: tuple[tuple[str, Step], ...] = (
    ("main text", steps.take_apart),
    ("language", steps.name_language),
    ("blocks", steps.find_blocks),
    ("headline, byline, outlet", steps.find_names),
    ("furniture of the outlet", steps.mark_learned),
    ("published", steps.find_published),
    ("article", steps.put_together),
)
STEPS: tuple[tuple[str, Step], ...] = (*READ, ("attributions", _attribute))


def read_page(page: Page, reading: Reading = CAREFUL) -> Article | Rejection:
    """The article on ``page``, or why there is none."""
    draft = _run(Draft(page, reading), READ)
    return draft.article if draft.article is not None else draft.rejections[-1]


def process(page: Page, reading: Reading = CAREFUL) -> Processed:
    """The article on ``page`` with its attributions. Never raises: what goes wrong becomes a Rejection."""
    draft = _run(Draft(page, reading), STEPS)
    return Processed(page, draft.article, draft.attributions, draft.rejections)


def attribute_again(article: Article) -> Again:
    """Finds the attributions of an article of before. Never raises: what goes wrong becomes a Rejection."""
    try:
        return Again(article, attribute_article(article))
    except Exception as error:
        return Again(article, Rejection(article.id, "internal", _failed("attributions", error)))


def attribute_text(
    text: str, lang: str | None = None, published: str | None = None, outlet: str | None = None
) -> tuple[Attribution, ...]:
    """Attributions in ``text`` exactly as given; () where its language is not recognised or has no pack.

    Raises PackError where ``lang`` names a language that has no pack.
    """
    code = pack_code(lang) or identify(text)
    if code is None or (lang is None and code not in available()):
        return ()
    pack = load(code)
    return find_attributions(text, split_blocks(text, pack, outlet=outlet), pack, published)


def _run(draft: Draft, table: tuple[tuple[str, Step], ...]) -> Draft:
    """Runs the steps in order; the first that fails ends the run with a Rejection, what was done stays."""
    for name, step in table:
        try:
            draft = step(draft)
        except Refusal as refusal:
            return _reject(draft, refusal.reason, refusal.detail)
        except Exception as error:
            return _reject(draft, "internal", _failed(name, error))
    return draft


def _failed(step: str, error: Exception) -> str:
    return f"the step {step!r} failed: {type(error).__name__}: {error}; please report it with this page"


def _reject(draft: Draft, reason: str, detail: str) -> Draft:
    rejection = Rejection(draft.page.name, reason, detail)
    return msgspec.structs.replace(draft, rejections=(*draft.rejections, rejection))
