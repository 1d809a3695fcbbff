"""What is compared: the sentences of what was said, and the sentences that nobody is said to have said."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import pairwise

import msgspec

from kutip.languages import Pack
from kutip.model import Attribution, Block, Force, Kind, Role, Span, SpeakerKind, Telling
from kutip.text.sentences import sentences, trimmed

_STATING = frozenset((Role.HEADLINE, Role.KICKER, Role.SUBHEAD, Role.LEAD, Role.BODY))
_HEAD = frozenset((Role.HEADLINE, Role.KICKER))
OVERLAP = 0.1  # share of a sentence that may belong to an attribution before it is no narration
SHORTEST = 3  # words that a sentence of narration must have
SENTENCE = 4  # words that a sentence of a quotation must have to stand alone


class StoryArticle(msgspec.Struct, frozen=True):
    """An article of a story, as statements are made from it. headline: its words, where no block has that
    role.
    """

    id: str
    text: str
    blocks: Sequence[Block]
    attributions: Sequence[Attribution]
    day: str | None = None
    outlet: str | None = None


class Unit(msgspec.Struct, frozen=True):
    """A sentence of what was said, or of narration, or a clause of one.

    article: number of the article in the story. place: number of the unit in the article. sentence: the whole
    sentence. span: what of it the unit is. attribution: number of the attribution that it is content of, None
    for narration. head: it stands in the headline.
    """

    article: int
    place: int
    sentence: Span
    span: Span
    telling: Telling
    attribution: int | None
    speaker: str | None
    person: bool
    role: str
    head: bool
    force: Force | None = None


def units(article: StoryArticle, number: int, pack: Pack) -> list[Unit]:
    """The units of one article in order of their place."""
    said = list(_said(article, pack))
    told = _told(article, pack, [span for span, _ in said])
    told += _left(article, pack)
    places = sorted([*said, *((span, None) for span in told)], key=lambda one: one[0])
    heads = [b for b in article.blocks if b.role in _HEAD]
    return [_unit(article, number, place, span, which, heads) for place, (span, which) in enumerate(places)]


def clauses(text: str, span: Span, pack: Pack) -> list[Span]:
    """The clauses of a sentence: between commas, semicolons, colons and dashes, and before words that open
    one.
    """
    return _whole(text, _between(text, span, pack))


def _between(text: str, span: Span, pack: Pack) -> list[Span]:
    opening = _opening(pack.matching.openers)
    cuts = [span.start, *(m.end() for m in opening.finditer(text, span.start, span.end)), span.end]
    return [Span(a, b) for a, b in pairwise(cuts)]


@cache
def _opening(openers: str) -> re.Pattern[str]:
    words = "|".join(map(re.escape, openers.split()))
    before = rf"|\s(?=(?:{words})\s)" if words else ""
    return re.compile(rf"[,;:–—]\s+|\s[-–—]\s{before}", re.IGNORECASE)


def _unit(
    article: StoryArticle, number: int, place: int, span: Span, which: int | None, heads: Sequence[Block]
) -> Unit:
    one = article.attributions[which] if which is not None else None
    return Unit(
        article=number,
        place=place,
        sentence=span,
        span=span,
        telling=Telling(one.kind.value) if one else Telling.NARRATION,
        attribution=which,
        speaker=one.speaker if one else None,
        person=one is not None and one.speaker_kind is SpeakerKind.PERSON,
        role=one.role if one else "",
        head=any(b.start <= span.start < b.end for b in heads),
        force=one.force if one is not None and one.kind is not Kind.DIRECT else None,
    )


def _said(article: StoryArticle, pack: Pack) -> Iterator[tuple[Span, int]]:
    """Sentences of contents."""
    for number, attribution in enumerate(article.attributions):
        for content in attribution.content:
            for span in _whole(article.text, sentences(article.text, pack, content.start, content.end)):
                yield span, number


def _whole(text: str, found: Sequence[Span]) -> list[Span]:
    """Sentences, without marks at their edges; one of few words ("Benar?") goes with the one before, or
    behind.
    """
    out: list[Span] = []
    for sentence in found:
        span = trimmed(text, sentence.start, sentence.end)
        if out and min(_words(text, out[-1]), _words(text, span)) < SENTENCE:
            out[-1] = Span(out[-1].start, span.end)
        elif span.end > span.start:
            out.append(span)
    return out


def _told(article: StoryArticle, pack: Pack, said: Iterable[Span]) -> list[Span]:
    """Sentences of the blocks that state something, less those of which more than a little is said by
    somebody.
    """
    taken = sorted(said)
    out = []
    for block in article.blocks:
        if block.role in _STATING:
            for sentence in sentences(article.text, pack, block.start, block.end):
                span = trimmed(article.text, sentence.start, sentence.end)
                covered = sum(
                    max(0, min(span.end, other.end) - max(span.start, other.start)) for other in taken
                )
                if covered <= OVERLAP * (span.end - span.start) and _words(article.text, span) >= SHORTEST:
                    out.append(span)
    return out


def _left(article: StoryArticle, pack: Pack) -> list[Span]:
    """Clauses of a headline that no attribution touches, where one stands in the headline: "Asks for peace, X: we are
    tired".
    """
    taken = [span for one in article.attributions for span in (*one.content, one.cue, one.source) if span]
    out = []
    for block in article.blocks:
        within = [span for span in taken if block.start <= span.start < block.end]
        if block.role in _HEAD and within:
            clauses = _between(article.text, Span(block.start, block.end), pack)
            free = (c for c in clauses if all(c.end <= span.start or c.start >= span.end for span in within))
            out += [trimmed(article.text, clause.start, clause.end) for clause in free]
    return [span for span in out if _words(article.text, span) >= SHORTEST]


def _words(text: str, span: Span) -> int:
    return len(text[span.start : span.end].split())
