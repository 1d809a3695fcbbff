"""HTML to the fields of an article. The main text is trafilatura's work (Barbaresi 2021)."""

import re

import msgspec

from kutip.flow.page_to_article.draft import Draft, Refusal
from kutip.flow.page_to_article.row import with_headline
from kutip.text.normalise import canonical

MAX_MARKUP = 2_000_000


def read_html(draft: Draft, markup: str) -> tuple[Draft, str | None]:
    """The draft with main text and metadata of the page, and its date as written. Raises Refusal."""
    if len(markup) > MAX_MARKUP:
        raise Refusal("too-large", f"{len(markup):,} characters of markup; the limit is {MAX_MARKUP:,}")
    from trafilatura import bare_extraction

    document = bare_extraction(
        markup, favor_precision=True, include_comments=False, include_tables=False, with_metadata=True
    )
    text = canonical(getattr(document, "text", None) or "")
    if not text.strip():
        raise Refusal("empty", "no main text was found on the page")
    headline = getattr(document, "title", None)
    read = msgspec.structs.replace(
        draft,
        key=draft.page.url or getattr(document, "url", None) or draft.page.name,
        text=with_headline(headline, re.sub(r"\n+", "\n\n", text)),
        url=draft.page.url or getattr(document, "url", None),
        headline=headline,
        outlet=getattr(document, "sitename", None),
        byline=getattr(document, "author", None),
    )
    return read, getattr(document, "date", None)
