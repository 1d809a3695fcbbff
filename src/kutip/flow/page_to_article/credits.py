"""Who wrote an article and which outlet printed it, from the lines that say so."""

import re
from collections.abc import Iterable

from kutip.flow.page_to_article.datelines import agency_of, domain_of, head_of
from kutip.languages import Pack
from kutip.model import Block, Role

LONGEST = 60  # characters of a line of names
WORDS = 8
_SEPARATOR = re.compile(r" [-–—|/] | \| ?")
_WORD = re.compile(r"[^\s,|/&–—-]+(?:-[^\s,|/&–—-]+)*")
_END = re.compile(r"[.!?:…]['\"”’)\]]*$")
_AFTER = " \t\u00a0.:-–—|/"  # between "Penulis" or "By" and the name
_YEAR = r"(?:19|20)\d\d(?: ?[-–] ?(?:19|20)?\d\d)?"
_NAME = r"(?P<name>[^\W\d_][^\d\n.,|©]{1,38})"
_NOTICE = re.compile(
    rf"(?:©|\(c\)) ?(?:{_YEAR}[ ,]+{_NAME}|{_NAME.replace('name', 'first')}[ ,]+{_YEAR})", re.I
)


def is_name_line(line: str, pack: Pack) -> bool:
    """Whether a line is nothing but names: capitalised words, few of them, no sentence."""
    if len(line) > LONGEST or _END.search(line) or any(map(str.isdigit, line)):
        return False
    words = _WORD.findall(line)
    small = pack.furniture.small_words.split()
    named = [word != word.lower() for word in words]
    return (
        2 <= len(words) <= WORDS
        and named[0]
        and all(n or w in small for n, w in zip(named, words, strict=True))
    )


def author_of(line: str, pack: Pack | None) -> tuple[str, str | None]:
    """The author on a byline, without the words before the name ("By", "Penulis:"), and the outlet after a dash."""
    for words in sorted(pack.furniture.authors if pack else (), key=len, reverse=True):
        after = line[len(words) : len(words) + 1]
        if line[: len(words)].casefold() == words and after in _AFTER and line[len(words) :].strip(_AFTER):
            line = line[len(words) :].lstrip(_AFTER)
            break
    head, *rest = _SEPARATOR.split(line)
    if len(rest) == 1 and head.strip() and rest[0].strip():
        return head.strip(), rest[0].strip()
    return line.strip(), None


def names_author(line: str, pack: Pack | None) -> bool:
    """Whether a line of editors names the author ("Pewarta: …", not "Editor: …")."""
    return pack is not None and line.casefold().startswith(pack.furniture.authors)


def outlet_of(blocks: Iterable[tuple[Block, str]], byline: str | None, beside: str | None) -> str | None:
    """The outlet that the lines of an article name; None where they name none.

    blocks: with their words. byline: as it stands, with the outlet in it if it has one; beside: what stands
    there after a dash. In this order: a domain in a dateline; the name beside the author; the name in a notice
    of copyright; the head of a dateline that stands in the byline as well; the agency of a dateline.
    """
    lines = [(block.role, words) for block, words in blocks]
    datelines = [words for role, words in lines if role is Role.DATELINE]
    for words in datelines:
        if domain := domain_of(words):
            return domain.capitalize() if domain.isupper() else domain
    if beside:
        return beside
    for role, words in lines:
        if role is Role.LEGAL and (notice := _NOTICE.search(words)):
            return (notice["name"] or notice["first"]).strip()
    for words in datelines:
        head = head_of(words)
        if head and byline and head != byline and head.casefold() in byline.casefold():
            return head
    return next((agency for words in datelines if (agency := agency_of(words))), None)


def without_outlet(byline: str, outlet: str | None) -> str:
    """The author's name without the outlet's behind a comma."""
    head, comma, tail = byline.rpartition(",")
    return head.strip() if comma and outlet and tail.strip().casefold() == outlet.casefold() else byline
