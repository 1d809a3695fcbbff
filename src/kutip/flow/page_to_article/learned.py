"""Furniture of an outlet, learned from its articles: a block that many of them share is not the article.

It stands beside the signs of a language pack, which know what all sites print. The rules, all of which must
hold for a block among the articles of one outlet: its words, digits apart, stand in at least LEAST articles
with different headlines, in at least SHARE of all of them, and it has at most LONGEST characters. The same
articles in any order give the same blocks.
"""

import re
from collections.abc import Iterable, Mapping

import msgspec

from kutip.model import Role
from kutip.text.fold import fold

LEAST = 5
SHARE = 0.2
LONGEST = 500
OPEN = frozenset({Role.KICKER, Role.LEAD, Role.BODY, Role.SUBHEAD, Role.CAPTION})  # roles that no sign gave
_DIGITS = re.compile(r"\d+")


class OutletArticle(msgspec.Struct, frozen=True):
    """What is learned from: an article's outlet, its headline, and the words of its blocks of a role in OPEN."""

    outlet: str
    headline: str
    blocks: tuple[str, ...]


class Repeated(msgspec.Struct, frozen=True):
    """A block that is furniture: its words as first seen in order of their letters, and in how many articles."""

    words: str
    articles: int


class Learned(msgspec.Struct, frozen=True):
    """The furniture of one outlet. articles: how many it was learned from."""

    articles: int
    blocks: tuple[Repeated, ...]


def learn(articles: Iterable[OutletArticle], least: int = LEAST, share: float = SHARE) -> dict[str, Learned]:
    """Outlet -> its furniture; outlets without any are left out. The articles of an outlet come together."""
    found: dict[str, Learned] = {}
    outlet, seen = "", _Seen()
    for article in articles:
        if article.outlet != outlet:
            _note(found, outlet, seen.furniture(least, share))
            outlet, seen = article.outlet, _Seen()
        seen.add(article)
    _note(found, outlet, seen.furniture(least, share))
    return found


def _note(found: dict[str, Learned], outlet: str, learned: Learned) -> None:
    if learned.blocks:
        found[outlet] = learned


class _Seen:
    """Blocks of one outlet with the headlines that they stood under."""

    def __init__(self) -> None:
        self.headlines: set[str] = set()
        self.under: dict[str, set[str]] = {}
        self.words: dict[str, str] = {}

    def add(self, article: OutletArticle) -> None:
        """Takes in an article; one with a headline that was there already adds nothing to the number."""
        headline = fold(article.headline)
        self.headlines.add(headline)
        for words in article.blocks:
            if len(words) <= LONGEST and (key := block_key(words)):
                self.under.setdefault(key, set()).add(headline)
                self.words[key] = min(self.words.get(key, words), words)

    def furniture(self, least: int, share: float) -> Learned:
        """What the rules make furniture, most frequent first."""
        total = len(self.headlines)
        blocks = [
            Repeated(self.words[key], len(under))
            for key, under in self.under.items()
            if len(under) >= max(least, share * total)
        ]
        return Learned(total, tuple(sorted(blocks, key=lambda block: (-block.articles, block.words))))


def block_key(words: str) -> str:
    """What blocks are compared by: letters without case and accents, any number as 0; "" for no letters."""
    key = _DIGITS.sub("0", fold(words))
    return key if any(map(str.isalpha, key)) else ""


def outlet_key(outlet: str) -> str:
    """What outlets are compared by: "KABAR.COM" and "Kabar.com" are one."""
    return fold(outlet)


def keys_by_outlet(learned: Mapping[str, Learned]) -> dict[str, tuple[str, ...]]:
    """Outlets and blocks by the keys that they are compared by, in their order, for Reading."""
    found: dict[str, set[str]] = {}
    for outlet, furniture in learned.items():
        keys = {block_key(block.words) for block in furniture.blocks} - {""}
        found.setdefault(outlet_key(outlet), set()).update(keys)
    return {outlet: tuple(sorted(keys)) for outlet, keys in sorted(found.items())}
