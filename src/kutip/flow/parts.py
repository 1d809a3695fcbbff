"""Articles printed over several pages: their parts are known by their addresses and become one article.

A part is known by a number in its address (``?page=2``, ``/page/2``, or ``/2`` where the page links its
neighbours as such) or by links with ``rel=next`` and ``rel=prev``; ``?page=all`` is the whole. Only parts
under one address with one headline are joined, from the first on without a gap; what does not fit stays as it is.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import urljoin

import msgspec

from kutip.flow.page_to_article.blocks import split_blocks
from kutip.flow.page_to_article.decode import to_text
from kutip.flow.page_to_article.scan import attributes
from kutip.flow.pipeline import Processed, attribute_article
from kutip.languages import available, load
from kutip.model import Article, Page, content_id, sha256_hex

WHOLE = 0  # the number of a page that has all parts on it
MOST = 50  # parts; higher numbers are something else
HELD = 2_000  # pages that wait for their neighbours at a time
_TAG = re.compile(r"<(?:a|link)\b[^<>]*>", re.I)
_BARE = re.compile(r"/(?P<number>[2-9]|[1-4]\d|50)/?(?=[?#]|$)")


class Part(NamedTuple):
    """whole: the address without the number and a slash at its end. number: from 1, or WHOLE."""

    whole: str
    number: int


class _Link(NamedTuple):
    part: Part
    rel: str


class _Signs:
    """How addresses in a language name parts: ``names`` of the parameter or folder with the number."""

    def __init__(self, names: tuple[str, ...]) -> None:
        either = "|".join(map(re.escape, names)) or "(?!)"
        self.parameter = re.compile(rf"(?P<mark>[?&])(?:{either})=(?P<number>\d{{1,2}}|all)(?=&|$)", re.I)
        self.folder = re.compile(rf"/(?:{either})/(?P<number>\d{{1,2}})/?(?=\?|$)", re.I)
        self.wanted = re.compile(
            rf"\brel\s*=\s*[\"']?(?:next|prev)\b|[?&;](?:{either})=(?:\d|all)|/(?:{either})/\d", re.I
        )
        self.bytes = [
            *(f"{name}{mark}".encode() for name in names for mark in ("=2", "=all", "/2")),
            *(f"rel={quote}{rel}".encode() for rel in ("next", "prev") for quote in ('"', "'", "")),
        ]


@lru_cache(maxsize=64)
def _signs(names: tuple[str, ...]) -> _Signs:
    return _Signs(names)


def join_parts(results: Iterable[Processed]) -> Iterator[Processed]:
    """``results``, in which every page of an article over several pages carries the one joined article.

    Pages that may be parts come last, when all of them are known; the others come at once, in their order.
    """
    held: dict[str, list[tuple[int, Processed]]] = {}
    waiting = 0
    for done in results:
        part = part_of(done.page, done.article) if done.article else None
        if part is None:
            yield done
            continue
        held.setdefault(part.whole, []).append((part.number, done))
        waiting += 1
        if waiting > HELD:
            oldest = held.pop(next(iter(held)))
            waiting -= len(oldest)
            yield from _joined(oldest)
    for group in held.values():
        yield from _joined(group)


def part_of(page: Page, article: Article) -> Part | None:
    """Which part of which article a page is; None where it is an article of its own."""
    address = page.url or article.url
    if article.lang not in available() or address is None:
        return None
    signs = _signs(load(article.lang).furniture.part_numbers)
    named, bare = _named(address, signs), _bare(address)
    links = _links(page, address, signs)
    own = {named.whole, bare.whole if bare else named.whole}
    for rel, step in (("next", -1), ("prev", 1)):
        for link in links:
            if link.rel == rel and link.part.whole in own and link.part.number + step >= 1:
                return Part(link.part.whole, link.part.number + step)
    if named.number != 1:
        return named
    others = any(link.part.whole == named.whole and link.part.number != 1 for link in links)
    return named if others else None


def _named(address: str, signs: _Signs) -> Part:
    """The part that an address names by a parameter or a folder of a known name; the first where it names none."""
    address = address.partition("#")[0]
    found = signs.parameter.search(address)
    if found:
        rest = address[found.end() + 1 :]
        return _part(address[: found.start()] + (found["mark"] + rest if rest else ""), found["number"])
    found = signs.folder.search(address)
    return (
        _part(address[: found.start()] + address[found.end() :], found["number"])
        if found
        else _part(address, "1")
    )


def _bare(address: str) -> Part | None:
    """The part that an address names by a number at its end, which needs to be borne out by links."""
    found = _BARE.search(address)
    return _part(address[: found.start()] + address[found.end() :], found["number"]) if found else None


def _part(whole: str, number: str) -> Part:
    whole = whole.rstrip("/")
    if not number.isdigit():
        return Part(whole, WHOLE)
    return Part(whole, int(number) if 1 <= int(number) <= MOST else 1)


def _links(page: Page, address: str, signs: _Signs) -> list[_Link]:
    """Links of a page that may lead to parts of its article."""
    if page.media_type != "text/html" or not any(sign in page.content for sign in signs.bytes):
        return []
    found: list[_Link] = []
    for tag in _TAG.findall(to_text(page.content)):
        if not signs.wanted.search(tag):
            continue
        given = attributes(tag)
        try:
            target = urljoin(address, given.get("href", ""))
        except ValueError:
            continue
        rel = given.get("rel", "").lower()
        part = _named(target, signs)
        bare = _bare(target) if part.number == 1 and rel in ("next", "prev") else None
        found.append(_Link(bare or part, rel))
    return found


def _joined(pages: list[tuple[int, Processed]]) -> Iterator[Processed]:
    """The pages of one address, with the joined article where they are its parts. Of a number, the first counts."""
    group = dict(reversed(pages))
    numbers = _fitting(group)
    article = _whole_article(group, numbers) if len(numbers) > 1 else None
    if article is None:
        yield from (done for _, done in pages)
        return
    said = attribute_article(article)
    for number, done in pages:
        if number in numbers and done.article == group[number].article:
            done = msgspec.structs.replace(done, article=article, attributions=said, reader=None)
        yield done


def _fitting(group: dict[int, Processed]) -> list[int]:
    """The numbers of the pages that are parts of one article, the whole or the first one before the others."""
    first = WHOLE if WHOLE in group else 1
    if first not in group:
        return []
    title = _letters(group[first])
    same = [number for number, done in group.items() if title and _letters(done).startswith(title)]
    if first == WHOLE:
        return sorted(same)
    following = 2
    while following in same:
        following += 1
    return list(range(1, following))


def _letters(done: Processed) -> str:
    """The letters of the headline."""
    title = done.article.headline if done.article else None
    return "".join(filter(str.isalnum, (title or "").casefold()))


def _whole_article(group: dict[int, Processed], numbers: list[int]) -> Article | None:
    """The article of the page that has all parts, else one made of them; None where there is nothing to add."""
    articles = [article for number in numbers if (article := group[number].article)]
    first = articles[0]
    if numbers[0] == WHOLE:
        return first
    text = first.text.rstrip()
    for article in articles[1:]:
        title = article.headline or ""
        more = article.text.removeprefix(title).strip()
        if any(line not in text for line in more.split("\n")):
            text += f"\n\n{more}"
    if text == first.text.rstrip():
        return None
    digest = sha256_hex(text.encode())
    return msgspec.structs.replace(
        first,
        id=content_id("article", first.url or group[1].page.name, digest),
        text=text,
        sha256=digest,
        blocks=split_blocks(text, load(first.lang or ""), first.headline, first.outlet),
    )
