"""HTML to the fields of an article. The main text is trafilatura's work (Barbaresi 2021).

Bounds, each met by a hostile or broken page: characters of markup, elements, attributes of one element. Depth
is bounded by the parser (libxml2 stops at 256 levels).
"""

import re
from collections.abc import Iterator

import msgspec
from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from kutip.flow.page_to_article import fast
from kutip.flow.page_to_article.agreement import agreement, without_edges
from kutip.flow.page_to_article.draft import Draft, Refusal
from kutip.flow.page_to_article.loose_text import wrap_loose_text
from kutip.flow.page_to_article.metadata import declared
from kutip.flow.page_to_article.published import is_after, read_declared
from kutip.flow.page_to_article.row import with_headline
from kutip.flow.page_to_article.scan import shown_dates
from kutip.model import Dated, Rejection
from kutip.text.normalise import canonical

MAX_MARKUP = 2_000_000
MAX_ELEMENTS = 30_000
MAX_ATTRIBUTES = 1_000
_LONG_TAG = 8_000  # characters: only longer ones can have too many attributes
_ATTRIBUTE = re.compile(r"[\s\"'][^\s=\"'<>]")
# Not those by a decimal number that is surely harmless, as most are.
_REFERENCE = re.compile(
    r"&(?!#(?:3[2-9]|[4-9]\d|1[01]\d|12[0-6]|12[89]|1[3-9]\d|[2-9]\d\d|[1-9]\d{3}|[1-4]\d{4});)"
    r"#(?:x([0-9a-f]+)|([0-9]+));?",
    re.I,
)
_NO_CHARACTER = re.compile(
    rb"\xef(?:\xb7[\x90-\xaf]|\xbf[\xbe\xbf])"
)  # in UTF-8: U+FDD0 to U+FDEF, U+FFFE, U+FFFF
DOUBTFUL = 0.75  # agreement of two ways of finding the main text, below which one of them is likely wrong
_DOUBT = (
    "two ways of finding the main text share only {:.0%} of their words: parts of the article may be missing, or "
    "other things taken for it; compare it with the page"
)
_URL_DATE = re.compile(r"/((?:19|20)\d\d)[/-](\d{1,2})[/-](\d{1,2})(?=[/-])")
_CONTROLS = bytes(c for c in (*range(32), 127) if c not in b"\t\n\r")
_BLANKS = bytes.maketrans(_CONTROLS, b" " * len(_CONTROLS))  # left out, they would let "&" meet "#11;"


def read_html(draft: Draft, markup: str) -> tuple[Draft, str | None]:
    """The draft with main text and metadata of the page, and its date as written. Raises Refusal."""
    markup = _within_bounds(markup)
    meta = declared(markup)
    values = meta.values
    dated = _is_dated(values.get("published"), draft.page.fetched_at)
    url = draft.page.url or values.get("url")
    quick = _fast_text(markup, values.get("headline"), draft.reading.fast)
    doubts = draft.rejections
    if quick and draft.reading.fast:
        text, inferred = quick.text, _date_in_url(url or "")
    else:
        tree = _parse(markup)
        inferred = None if "published" in values else _inferred_date(tree)
        text = _main_text(tree)
        if quick and text:
            if (shared := agreement(text, quick.text)) < DOUBTFUL:
                doubts = (*doubts, Rejection(draft.page.name, "doubtful-text", _DOUBT.format(shared)))
            else:
                text = without_edges(text, quick.text)
        text = text or (quick.text if quick else "")
    if not text.strip():
        raise Refusal("empty", "no main text was found on the page")
    read = msgspec.structs.replace(
        draft,
        key=url or draft.page.name,
        text=with_headline(values.get("headline"), text),
        page_lang=values.get("lang"),
        url=url,
        headline=values.get("headline"),
        outlet=values.get("outlet"),
        byline=values.get("byline"),
        found_in={field: where for field, where in meta.found_in.items() if field != "lang"},
        shown=() if dated else shown_dates(markup),
        above=quick.above if quick else (),
        inferred=inferred,
        rejections=doubts,
    )
    return read, values.get("published")


def _is_dated(written: str | None, fetched_at: str | None) -> bool:
    """Whether a page declares a date that can be, so that nothing else needs to be looked at."""
    dated = read_declared(written, "declared", None) if written else None
    return dated is not None and not is_after(dated, fetched_at)


def _within_bounds(markup: str) -> str:
    """The markup without references to control characters. Raises Refusal where it is too much."""
    if len(markup) > MAX_MARKUP:
        raise Refusal("too-large", f"{len(markup):,} characters of markup; the limit is {MAX_MARKUP:,}")
    for piece in _long_pieces(markup):
        if not piece[0].isalpha() or piece.find(">", 0, _LONG_TAG) >= 0:
            continue
        tag = piece.partition(">")[0]
        if tag.count("=") > MAX_ATTRIBUTES and sum(1 for _ in _ATTRIBUTE.finditer(tag)) > MAX_ATTRIBUTES:
            raise Refusal("hostile-markup", f"an element has more than {MAX_ATTRIBUTES:,} attributes")
    return _REFERENCE.sub(_harmless, markup)


def _long_pieces(markup: str) -> Iterator[str]:
    """What stands between two "<" or at an end, where it is as long as a long tag; the rest is stepped over."""
    step = _LONG_TAG // 2
    at = 0
    while at + step <= len(markup):
        if markup.find("<", at, at + step) >= 0:
            at += step
            continue
        start, end = markup.rfind("<", 0, at) + 1, markup.find("<", at + step)
        at = end if end >= 0 else len(markup)
        if at - start >= _LONG_TAG:
            yield markup[start:at]


def _harmless(reference: re.Match[str]) -> str:
    """A reference to a character that XML allows as it is, any other as a blank: one of them would end the parsing."""
    hexadecimal, decimal = reference.groups()
    digits, base = (hexadecimal, 16) if hexadecimal else (decimal, 10)
    number = int(digits[-12:], base) if len(digits.lstrip("0")) <= 8 else 0
    allowed = (32 <= number < 0xD800 and number != 127) or 0xE000 <= number < 0xFDD0
    allowed = allowed or 0xFDF0 <= number < 0xFFFE or 0x10000 <= number < 0x110000 or number in (9, 10, 13)
    return reference[0] if allowed else " "


def _fast_text(markup: str, headline: str | None, needed: bool) -> fast.Text | None:
    """The main text by the fast way; None where it finds none, or is not installed and not needed."""
    try:
        return fast.main_text(markup, headline)
    except ImportError as error:
        if needed:
            raise Refusal("needs-extra", "fast reading needs: pip install 'kutip[bulk]'") from error
        return None


def _parse(markup: str) -> HtmlElement:
    clean = markup.encode("utf-8", "replace").translate(_BLANKS)
    clean = _NO_CHARACTER.sub(b" ", clean)
    parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, collect_ids=False)
    try:
        tree = document_fromstring(clean, parser=parser)
    except (etree.ParserError, ValueError) as error:
        raise Refusal("empty", f"the markup holds no document: {error}") from error
    count = sum(1 for _ in tree.iter())
    if count > MAX_ELEMENTS:
        raise Refusal("too-large", f"the page has {count:,} elements; the limit is {MAX_ELEMENTS:,}")
    return tree


def _main_text(tree: HtmlElement) -> str:
    """The main text as trafilatura finds it, a paragraph a line, in its precise mode: the least furniture."""
    from trafilatura import bare_extraction

    wrap_loose_text(tree)
    document = bare_extraction(
        tree, favor_precision=True, include_comments=False, include_tables=False, with_metadata=False
    )
    return canonical(getattr(document, "text", None) or "")


def _inferred_date(tree: HtmlElement) -> Dated | None:
    """The date that htmldate guesses, which it does for every page."""
    from htmldate import find_date

    value = find_date(tree, original_date=True)
    return Dated(value, "day", "guessed by htmldate", "inferred") if value else None


def _date_in_url(url: str) -> Dated | None:
    """The date in the path of an address (".../2025/02/26/..."), which many sites put there."""
    match = _URL_DATE.search(url)
    if match is None:
        return None
    written = "-".join(part.zfill(2) for part in match.groups())
    read = read_declared(written, "inferred", None)
    return Dated(read.value, "day", url, "inferred") if read else None
