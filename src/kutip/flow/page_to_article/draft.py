"""Draft: what is known of an article while a page is being read; Refusal: why a page is not one."""

import msgspec

from kutip.languages import Pack
from kutip.model import Article, Attribution, Block, Dated, Page, Rejection


class Refusal(Exception):
    """Raised by a step that cannot go on; the pipeline turns it into a Rejection of the page.

    reason: a short fixed code. detail: a sentence for people.
    """

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(detail)
        self.reason = reason
        self.detail = detail


class Reading(msgspec.Struct, frozen=True):
    """How pages are read. fast: main text is found at a fifth of the cost, by Resiliparse (``kutip[bulk]``).
    furniture: outlet -> blocks that it prints on many pages, both by their keys (see learned.py)."""

    fast: bool = False
    furniture: dict[str, tuple[str, ...]] = {}


CAREFUL = Reading()


class Draft(msgspec.Struct, frozen=True):
    """Each step returns a copy with more of its fields filled (see Article for their meaning).

    lang: the language, once known; page_lang: what a page declares, often wrongly.
    key: what names the document beside its text (URL, the row's own id, or the name of the page). pack: the
    language pack, None where there is none for ``lang``. written, origin: the publication date as
    declared, not yet read, and by whom (see Dated). shown: lines
    of the page that may be that date; above: those of them that stand between headline and text. inferred: a
    guess at it.
    """

    page: Page
    reading: Reading = CAREFUL
    key: str = ""
    text: str = ""
    lang: str | None = None
    page_lang: str | None = None
    pack: Pack | None = None
    url: str | None = None
    headline: str | None = None
    outlet: str | None = None
    byline: str | None = None
    published: Dated | None = None
    written: str = ""
    origin: str = ""
    shown: tuple[str, ...] = ()
    above: tuple[str, ...] = ()
    inferred: Dated | None = None
    found_in: dict[str, str] = {}
    blocks: tuple[Block, ...] = ()
    article: Article | None = None
    attributions: tuple[Attribution, ...] = ()
    rejections: tuple[Rejection, ...] = ()
