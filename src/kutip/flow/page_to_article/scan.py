"""What the markup of a page says outside its text, found by one scan, without a tree."""

import re
from html import unescape
from itertools import islice

import msgspec

_NOTABLE = re.compile(r"<(?:(?P<skip>!--|script\b|style\b)|(?P<tag>meta|title|h1|time|link|html)\b)", re.I)
_REST = re.compile(r"(?:[^>\"']++|\"[^\"]*+\"|'[^']*+')*+>")  # of a tag, from behind its name
_ATTRIBUTE = re.compile(
    r"(?<![\w:.\-])([a-z][\w:.\-]*+)\s*+=\s*+(?:\"([^\"]*+)\"|'([^']*+)'|([^\s\"'>]++))", re.I
)
_SIGNED = re.compile(r"=[\s\"']{0,2}(?P<sign>datePublished|author|byline)(?=[\"'\s>])", re.I)
_SIGN_NAMES = ("itemprop", "rel", "class")
_TAG_NAME = re.compile(r"<([a-z][a-z0-9]*+)\b", re.I)
_OPENING = re.compile(r"<(?P<tag>div|span|p|time|small|li|td|em|i|h[4-6])\b(?P<attributes>[^<>]*+)>", re.I)
_ELEMENT = re.compile(r"<(?P<tag>\w+)[^>]*+>(?P<words>.{0,600}?)</(?P=tag)\s*>", re.I | re.S)
_SIGN_WORDS = ("date", "time", "publish", "posted", "tanggal", "waktu")
_SIGNS = re.compile(rf"(?:class|id)\s*=[^=]*(?:{'|'.join(_SIGN_WORDS)})", re.I)
_TAG = re.compile(r"<(?:!--.*?-->|/?[a-zA-Z][^<>]*+>)", re.S)
_HEADING = 2_000  # characters of markup that a heading or a signed element may hold
_SIGNED_MOST = 2_000  # places that are looked at
MANY = 20  # elements of one kind that are looked at
SHOWN = 10
LONGEST = 100  # characters of a line that may be a date


class Notices(msgspec.Struct):
    """json_ld: the code of its scripts. meta: name in lower case -> content. headings, titles: their text.
    times: the ``datetime`` of time elements. canonical: addresses. lang: of the html element."""

    json_ld: list[str] = []
    meta: dict[str, str] = {}
    headings: list[str] = []
    titles: list[str] = []
    times: list[str] = []
    canonical: list[str] = []
    lang: str = ""


def notices(markup: str) -> Notices:
    """What a page declares about itself, as written."""
    found = Notices()
    at = open_ = 0  # tags that do not end: each costs a look at all that follows it
    while open_ < MANY and (match := _NOTABLE.search(markup, at)):
        at = match.end()
        skipped = match["skip"]
        if skipped == "!--":
            at = _behind(markup, "-->", at)
            continue
        rest = _REST.match(markup, at)
        if rest is None:
            open_ += 1
            continue
        at = rest.end()
        if skipped:
            end = _behind(markup, f"</{skipped}", at)
            if "ld+json" in rest[0].lower():
                found.json_ld.append(markup[at : end - len(skipped) - 2])
            at = end
        else:
            _note(found, match["tag"].lower(), rest, markup)
    return found


def _behind(markup: str, closing: str, start: int) -> int:
    """Where the first ``closing`` from ``start`` on ends; the end of the markup where there is none."""
    end = markup.find(closing, start)
    if end < 0 and closing != "-->":
        match = re.compile(re.escape(closing), re.I).search(markup, start)
        end = match.start() if match else -1
    return end + len(closing) if end >= 0 else len(markup)


def _note(found: Notices, tag: str, rest: re.Match[str], markup: str) -> None:
    if tag in ("h1", "title") or (tag == "link" and "canonical" not in rest[0].lower()):
        given = {}
    else:
        given = attributes(rest[0])
    if tag == "meta":
        name = given.get("property") or given.get("name") or given.get("itemprop") or ""
        if name and given.get("content"):
            found.meta.setdefault(name.lower(), given["content"])
    elif tag == "link":
        if given.get("rel", "").lower() == "canonical" and "href" in given:
            found.canonical.append(given["href"])
    elif tag == "html":
        found.lang = found.lang or given.get("lang", "")
    elif tag == "time":
        if "datetime" in given and len(found.times) < MANY:
            found.times.append(given["datetime"])
    else:
        texts = found.headings if tag == "h1" else found.titles
        if len(texts) < MANY:
            texts.append(_text(markup, rest.end(), tag))


def signed(markup: str) -> list[tuple[str, str]]:
    """(sign, text) of elements that are marked as the author, the byline or the date of publication."""
    found: list[tuple[str, str]] = []
    for match in islice(_SIGNED.finditer(markup), _SIGNED_MOST):
        start = markup.rfind("<", max(0, match.start() - _HEADING), match.start())
        name = _TAG_NAME.match(markup, start) if start >= 0 else None
        rest = _REST.match(markup, name.end(), match.end() + _HEADING) if name else None
        if name is None or rest is None or rest.end() <= match.end():
            continue
        if not markup[start : match.start()].rstrip().lower().endswith(_SIGN_NAMES):
            continue
        given = attributes(rest[0])
        words = given.get("content") or given.get("datetime") or _text(markup, rest.end(), name[1])
        found.append((match["sign"].lower(), words))
        if len(found) == MANY:
            break
    return found


def shown_dates(markup: str) -> tuple[str, ...]:
    """Short texts that the page shows where its markup speaks of a date or time, in their order."""
    found: list[str] = []
    for match in _OPENING.finditer(markup):
        if match["tag"].lower() != "time" and not _speaks_of_date(match["attributes"]):
            continue
        element = _ELEMENT.match(markup, match.start())
        words = plain(element["words"]) if element else ""
        if 8 <= len(words) <= LONGEST and any(map(str.isdigit, words)) and words not in found:
            found.append(words)
            if len(found) == SHOWN:
                break
    return tuple(found)


def _speaks_of_date(attributes: str) -> bool:
    low = attributes.lower()
    return any(word in low for word in _SIGN_WORDS) and _SIGNS.search(attributes) is not None


def attributes(tag: str) -> dict[str, str]:
    """The attributes of a tag by name in lower case; the first of each name counts."""
    found: dict[str, str] = {}
    for name, double, single, bare in _ATTRIBUTE.findall(tag):
        found.setdefault(name.lower(), unescape(double or single or bare))
    return found


def plain(markup: str) -> str:
    """The text of a piece of markup, on one line."""
    return " ".join(unescape(_TAG.sub(" ", markup)).split())


def _text(markup: str, start: int, tag: str) -> str:
    """The text of the element ``tag`` whose content begins at ``start``."""
    piece = markup[start : start + _HEADING]
    end = piece.lower().find(f"</{tag.lower()}")
    return plain(piece[:end] if end >= 0 else piece.partition("<")[0])
