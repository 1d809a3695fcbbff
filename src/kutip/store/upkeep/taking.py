"""Articles of a record as they are taken into stories."""

import sqlite3
from collections.abc import Callable, Iterable

import msgspec

from kutip.flow.articles_to_stories.features import ArticleFeatures, Source, features
from kutip.languages import load as pack_of
from kutip.languages.loader import available
from kutip.model import Rejection
from kutip.store.upkeep.loading import Loaded, load
from kutip.store.upkeep.tables import UNKNOWN


class New(msgspec.Struct, frozen=True):
    """An article to take in. order: its day (unknown last) and id.

    features: None where it cannot be compared, as in a language without a pack.
    """

    key: int
    order: tuple[str, str]
    features: ArticleFeatures | None


def taken(db: sqlite3.Connection, articles: Iterable[int], reject: Callable[[Rejection], None]) -> list[New]:
    """The articles with these row numbers; ``reject`` keeps why one of them cannot be compared."""
    out = []
    for one in load(db, articles).values():
        found = _features(one)
        if isinstance(found, str):
            query = "SELECT name FROM pages WHERE article = ? ORDER BY key"
            reject(Rejection(db.execute(query, [one.key]).fetchone()[0], "internal", found))
            found = None
        out.append(New(one.key, (one.article.day or UNKNOWN, one.article.id), found))
    return out


def _features(one: Loaded) -> ArticleFeatures | str | None:
    """None where the language has no pack, a sentence for people where the article defeats us."""
    a = one.article
    if a.lang not in available():
        return None
    try:
        source = Source(a.id, a.text, a.blocks, a.headline, a.day, one.attributions)
        return features(source, pack_of(a.lang))
    except Exception as error:
        return f"the features failed: {type(error).__name__}: {error}; please report it with this page"
