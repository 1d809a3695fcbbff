"""Kutip: who said what, when, to whom, through which outlet, with the exact words as evidence."""

from typing import TYPE_CHECKING

from kutip.version import VERSION as __version__

if TYPE_CHECKING:  # so that `import kutip` stays cheap
    from kutip.model import Article, Attribution, Page, Rejection

__all__ = ["NotAnArticle", "__version__", "attribute", "read"]


class NotAnArticle(ValueError):
    """Nothing could be read; ``rejection`` holds where, a short reason and a sentence that explains it."""

    def __init__(self, rejection: "Rejection") -> None:
        super().__init__(f"{rejection.where}: {rejection.detail}")
        self.rejection = rejection


def attribute(
    text: str, lang: str | None = None, published: str | None = None, outlet: str | None = None
) -> "tuple[Attribution, ...]":
    """Who said what in ``text``, in the order of the text.

    lang: ISO 639 code or tag ("id", "en-GB"); identified where it is None. published: ISO date that relative
    dates are resolved against. outlet: the outlet's name, by which its dateline is known. Offsets are
    half-open code-point offsets into ``text`` exactly as given. A text in a language without a pack has no
    attributions; a ``lang`` without a pack raises kutip.languages.PackError.
    """
    from kutip.flow.pipeline import attribute_text

    return attribute_text(text, lang, published, outlet)


def read(
    page: "Page | bytes | str", url: str | None = None, media_type: str = "text/plain", fast: bool = False
) -> "Article":
    """The article on a page: canonical text, blocks with their roles, metadata.

    page: a Page, or its content. media_type: "text/plain", "text/html" or "application/json" (one row);
    markup is recognised by itself. fast: find the main text of HTML at a fifth of the cost, by the extra
    ``kutip[bulk]``. Raises NotAnArticle where there is none.
    """
    from kutip.flow.page_to_article.draft import Reading
    from kutip.flow.pipeline import read_page
    from kutip.model import Page, Rejection

    if isinstance(page, str):
        page = page.encode("utf-8", "replace")
    if isinstance(page, bytes):
        page = Page(url or "page", page, media_type, url)
    result = read_page(page, Reading(fast))
    if isinstance(result, Rejection):
        raise NotAnArticle(result)
    return result
