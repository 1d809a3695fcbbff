"""One article to the features by which stories are made: a pure function, small enough to be stored with
the article.
"""

import re
import zlib
from collections import Counter
from collections.abc import Sequence
from datetime import date

import msgspec

from kutip.languages import Pack
from kutip.model import Attribution, Block, Role, SpeakerKind
from kutip.text.dates import find_dates, resolve
from kutip.text.fold import fold
from kutip.text.keys import Keys, keys_of

LEAD_LENGTH = 250  # characters: paragraphs are lead until so much has been said
SHINGLE = 5  # words in a row
SKETCH = 48  # shingles kept: the smallest hashes, a fair sample of all (Broder 1997)
DAY = len("2025-02-25")
PART = 3  # letters that a part of a name must have to tell anything
MOST = 0.6  # share of what is said that makes an article one about somebody's words
NEAR = 6  # days before publication within which a date in the text can be that of the news

_WORD = re.compile(r"\d+(?:[.,:/]\d+)*|[^\W_]+(?:['’&][^\W_]+)*")
_NAME = re.compile(r"(?<=[\w,;)] )[^\W\d_a-z][^\W_]+(?:['’\-&][^\W_]+)*")
_FIGURE = re.compile(r"\d")
_TITLE_ROLES = frozenset((Role.HEADLINE, Role.KICKER))
_TEXT_ROLES = frozenset((Role.LEAD, Role.BODY))


class ArticleFeatures(msgspec.Struct, frozen=True):
    """What is compared of an article.

    day: ISO day of publication, None when unknown. said: ISO days on which the news was, as the text itself
    says, the likeliest first; none later than the publication and none more than NEAR days before it. title,
    lead, body: keys to how often they stand there; figures are keys too ("#14"). names: words with a capital
    in mid-sentence, in lower case. voices: who makes the news by speaking, with role and shares that
    sum to 1. sketch: hashes of word runs.
    speakers: all who are said to have said something.
    """

    id: str
    lang: str
    day: str | None
    said: tuple[str, ...]
    title: dict[str, int]
    lead: dict[str, int]
    body: dict[str, int]
    names: tuple[str, ...]
    voices: tuple[tuple[str, str, float], ...]
    sketch: tuple[int, ...]
    speakers: tuple[str, ...] = ()


class Source(msgspec.Struct, frozen=True):
    """What the features are taken from: an article as read, with its attributions.

    blocks: as from ``split_blocks``. published: ISO date or None.
    """

    id: str
    text: str
    blocks: Sequence[Block]
    headline: str | None = None
    published: str | None = None
    attributions: Sequence[Attribution] = ()


def features(source: Source, pack: Pack) -> ArticleFeatures:
    """The features of one article in the language of ``pack``."""
    keys = keys_of(pack)
    title, paragraphs = _parts(source)
    lead = _lead(paragraphs)
    body = "\n".join(paragraphs)
    day = _day(source.published)
    return ArticleFeatures(
        id=source.id,
        lang=pack.code,
        day=day,
        said=_said(source, day, pack),
        title=_counted(title, keys),
        lead=_counted(lead, keys),
        body=_counted(body, keys),
        names=_names(body, keys),
        voices=_voices(source, _long_words(f"{title} {lead}")),
        speakers=tuple(dict.fromkeys(a.speaker for a in source.attributions if a.speaker)),
        sketch=_sketch(body),
    )


def _parts(source: Source) -> tuple[str, list[str]]:
    """Headline and paragraphs. A headline that came with the article is believed before the blocks."""
    stated = [source.text[b.start : b.end] for b in source.blocks if b.role in _TEXT_ROLES]
    heads = [source.text[b.start : b.end] for b in source.blocks if b.role in _TITLE_ROLES]
    if source.headline is None:
        return " ".join(heads), stated
    known = fold(source.headline)
    return source.headline, [text for text in [*heads, *stated] if fold(text) != known]


def _lead(paragraphs: list[str]) -> str:
    length = 0
    for n, paragraph in enumerate(paragraphs):
        length += len(paragraph)
        if length >= LEAD_LENGTH:
            return "\n".join(paragraphs[: n + 1])
    return "\n".join(paragraphs)


def _counted(text: str, keys: Keys) -> dict[str, int]:
    found = Counter(
        "#" + word if word[0].isdigit() else keys[word] for word in _WORD.findall(text.casefold())
    )
    found.pop("", None)
    return dict(found)


def _names(body: str, keys: Keys) -> tuple[str, ...]:
    words = dict.fromkeys(word.casefold() for word in _NAME.findall(body))
    return tuple(word for word in words if keys[word] and keys[word] not in keys.news)


def _long_words(text: str) -> frozenset[str]:
    return frozenset(word for word in _WORD.findall(text.casefold()) if len(word) >= PART)


def _voices(source: Source, prominent: frozenset[str]) -> tuple[tuple[str, str, float], ...]:
    """Persons whose words are the news: named in headline or lead, and most of what is said is theirs.

    The first attribution of the article weighs 1, the next 1/2, 1/3 …: who comes first makes the news. Speakers
    without a name ("a member of the council") may be any of them, and are left out.
    """
    attributions = [a for a in source.attributions if a.speaker_kind is not SpeakerKind.UNNAMED]
    weights: dict[str, float] = {}
    roles: dict[str, str] = {}
    for rank, a in enumerate(attributions, 1):
        name = a.speaker if a.speaker_kind is SpeakerKind.PERSON else None
        if name and name != name.lower() and not prominent.isdisjoint(_WORD.findall(name.casefold())):
            weights[name] = weights.get(name, 0.0) + 1 / rank
            roles[name] = max(a.role, roles.get(name, ""), key=len)
    total = sum(weights.values())
    if total < MOST * sum(1 / rank for rank in range(1, len(attributions) + 1)):
        return ()
    return tuple((name, roles[name], round(weight / total, 4)) for name, weight in weights.items())


def _said(source: Source, published: str | None, pack: Pack) -> tuple[str, ...]:
    """Days written out with figures: first those on which something was said, then the others of the text.

    A weekday alone tells too little: in some languages it stands with every deed that an article recalls. The day
    right behind the outlet that an article had its words from is the day of that outlet.
    """
    days: list[str | None] = [
        a.said_on for a in source.attributions if a.said_on and _FIGURE.search(a.said_on_evidence)
    ]
    outlets = tuple({name.casefold() for a in source.attributions for name in a.via})
    for block in source.blocks:
        if block.role in _TEXT_ROLES:
            for mention in find_dates(source.text, pack, block.start, block.end):
                before = source.text[block.start : mention.start].casefold().rstrip(" ,(")
                if (mention.value or mention.month_day) and not (outlets and before.endswith(outlets)):
                    days.append(resolve(mention, published))
    return tuple(dict.fromkeys(day for day in days if day and _near(day, published)))


def _near(day: str, published: str | None) -> bool:
    return published is None or 0 <= _ordinal(published) - _ordinal(day) <= NEAR


def _day(published: str | None) -> str | None:
    """The day of a date; None where it tells no day, or one that is in no calendar."""
    try:
        return date.fromisoformat(published[:DAY]).isoformat() if published else None
    except ValueError:
        return None


def _ordinal(day: str) -> int:
    return date.fromisoformat(day).toordinal()


def _sketch(body: str) -> tuple[int, ...]:
    words = _WORD.findall(body.casefold())
    runs = zip(*(words[n:] for n in range(SHINGLE)), strict=False)
    hashes = {zlib.crc32(" ".join(run).encode("utf-8", "surrogatepass")) for run in runs}
    return tuple(sorted(hashes)[:SKETCH])
