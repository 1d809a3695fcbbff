"""Articles to stories and statements, in one go and without a record."""

from collections.abc import Mapping, Sequence

import msgspec

from kutip.flow.article_to_attributions.step import find_attributions
from kutip.flow.articles_to_stories.features import ArticleFeatures, Source, features
from kutip.flow.articles_to_stories.stream import make_stories
from kutip.flow.attributions_to_statements.meaning import Encoder
from kutip.flow.attributions_to_statements.step import Linking, make_statements
from kutip.flow.attributions_to_statements.units import StoryArticle
from kutip.flow.page_to_article.blocks import split_blocks
from kutip.languages import Pack, load
from kutip.languages.identify import identify, pack_code
from kutip.languages.loader import available
from kutip.model import Statement, Story, content_id


class Given(msgspec.Struct, frozen=True):
    """An article as it is given: offsets in results count the code points of ``text``.

    published: ISO date or None. headline: its words, where they came apart from the text or are known.
    """

    id: str
    text: str
    lang: str | None = None
    published: str | None = None
    outlet: str | None = None
    headline: str | None = None


class Linked(msgspec.Struct, frozen=True):
    """Every article is in one story; every attribution is in some statement."""

    stories: tuple[Story, ...]
    statements: tuple[Statement, ...]


class _Read(msgspec.Struct, frozen=True):
    given: Given
    pack: Pack
    article: StoryArticle


def link(articles: Sequence[Given], encoder: Encoder | None = None) -> Linked:
    """The stories and statements of ``articles``, whose ids must differ, in any order.

    encoder: joins statements across languages by their meaning.

    An article whose language is not recognised or has no pack is a story of its own. Raises PackError where
    ``lang`` names a language that has no pack.
    """
    read = _all_read(articles)
    stories = _stories(articles, read)
    statements: list[Statement] = []
    for story in stories:
        told = [read[article] for article in story.articles if article in read]
        statements += make_statements(
            [one.article for one in told], [one.pack for one in told], Linking(encoder=encoder)
        )
    return Linked(stories, tuple(statements))


def stories_of(articles: Sequence[Given]) -> tuple[Story, ...]:
    """The stories alone, as ``link`` gives them."""
    return _stories(articles, _all_read(articles))


def _all_read(articles: Sequence[Given]) -> dict[str, _Read]:
    return {one.given.id: one for one in map(_read, articles) if one is not None}


def _stories(articles: Sequence[Given], read: Mapping[str, _Read]) -> tuple[Story, ...]:
    """Stories of what could be read; the others are alone."""
    alone = (Story(content_id("story", a.id), (a.id,)) for a in articles if a.id not in read)
    return (*make_stories(_features(one) for one in read.values()), *alone)


def _read(given: Given) -> _Read | None:
    code = pack_code(given.lang) or identify(given.text)
    if code is None or (given.lang is None and code not in available()):
        return None
    pack = load(code)
    blocks = split_blocks(given.text, pack, outlet=given.outlet)
    found = find_attributions(given.text, blocks, pack, given.published)
    article = StoryArticle(given.id, given.text, blocks, found, given.published, given.outlet)
    return _Read(given, pack, article)


def _features(one: _Read) -> ArticleFeatures:
    given, article = one.given, one.article
    source = Source(
        given.id, given.text, article.blocks, given.headline, given.published, article.attributions
    )
    return features(source, one.pack)
