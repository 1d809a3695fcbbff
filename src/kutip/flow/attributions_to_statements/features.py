"""What is compared of a sentence: words, numbers, days, names, negation, modality."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

import msgspec

from kutip.languages import Pack
from kutip.languages.matching import NONE, NOT
from kutip.model import Force
from kutip.text.clock import Clock, find_times
from kutip.text.dates import DateMention, find_dates, resolve
from kutip.text.keys import Keys, keys_of
from kutip.text.numbers import find_numbers
from kutip.text.stance import Operator, Stance, operators, stances

_WORD = re.compile(r"\d+(?:[.,:/]\d+)*|[^\W_]+(?:['’\-][^\W_]+)*")
_NAME = re.compile(r"(?<=[\w,;)] )[^\W\d_a-z][^\W_]+(?:['’\-&][^\W_]+)*")
_YEAR = re.compile(r"(?:19|20)\d\d")
_COUNTED = re.compile(r"\s([^\W\d_]+)")
_UNSURE = (Force.DENIES, Force.REFUSES)
_GUESSED = (Force.BELIEVES, Force.PREDICTS)
NEAR = 40  # characters on either side of a number or a day in which it is told what it is about
MANNER = "!"  # begins the keys of negations and modals, which alone say nothing
NOT_KEY = f"{MANNER}not"  # of every negation


class Day(msgspec.Struct, frozen=True):
    """A day that a text names. value: ISO date. weekday: no more than that is told, so it may be of another
    week. words: that tell it. around: keys of the words near it.
    """

    value: str
    weekday: bool
    words: str
    around: frozenset[str]


class Time(msgspec.Struct, frozen=True):
    """A time of day, with the words that tell it."""

    clock: Clock
    words: str


class Amount(msgspec.Struct, frozen=True):
    """A number. of: the key of what it counts, where it has no unit. words: that tell it, with hedge and unit, or with
    what it counts. around: keys of the words near it.
    """

    value: str
    unit: str
    hedge: str
    of: str
    words: str
    around: frozenset[str]


class Marks(msgspec.Struct, frozen=True):
    """What is compared of a sentence. words: keys of content words, figures, negations and modals, with
    counts.

    amounts: numbers, dates and times not among them. guessed: who says it only believes or predicts it.
    stances: what is said of each content word, at each place. negated, affirmed: keys of which that is known,
    and one thing everywhere. tokens: the words as they stand, in lower case. keys: of each token, "" for a
    stop word. names: tokens with a capital inside a sentence; common: those that are words of the language.
    plain: tokens in lower case.
    """

    lang: str
    words: Mapping[str, int]
    amounts: tuple[Amount, ...]
    days: tuple[Day, ...]
    times: tuple[Time, ...]
    guessed: bool
    stances: Mapping[str, Sequence[Stance]]
    negated: frozenset[str]
    affirmed: frozenset[str]
    tokens: tuple[str, ...]
    keys: tuple[str, ...]
    names: frozenset[str]
    common: frozenset[str]
    plain: frozenset[str]


def marks(text: str, pack: Pack, published: str | None = None, force: Force | None = None) -> Marks:
    """The features of a sentence or a clause.

    published: the day of its article, for "yesterday". force: of the cue that it is the clause of; what somebody
    denies is not so, though no word of the clause says that.
    """
    keys, manner = keys_of(pack), operators(pack)
    folded = text.casefold()
    tokens = tuple(_WORD.findall(folded))
    keyed = [_key(token, keys, manner) for token in tokens]
    dates, times = find_dates(text, pack), find_times(text, pack)
    said = stances(folded, pack)
    names = frozenset(name.casefold() for name in _NAME.findall(text))
    sure = {} if force in _UNSURE else said
    return Marks(
        lang=pack.code,
        words=dict(Counter(key for key in keyed if key)),
        amounts=tuple(_amounts(text, [*dates, *times], pack)),
        days=tuple(_days(text, dates, published, pack)),
        times=tuple(Time(clock, text[clock.start : clock.end]) for clock in times),
        guessed=force in _GUESSED,
        stances=sure,
        negated=frozenset(key for key, each in sure.items() if all(one.negated for one in each)),
        affirmed=frozenset(key for key, each in sure.items() if all(one.negated is False for one in each)),
        tokens=tokens,
        keys=tuple(keyed),
        names=names,
        common=frozenset(filter(keys.common, names)),
        plain=frozenset(word for word in _WORD.findall(text) if word.islower()),
    )


def _amounts(text: str, others: Sequence[DateMention | Clock], pack: Pack) -> Iterator[Amount]:
    """Numbers; ``others``: what has figures and is none."""
    keys = keys_of(pack)
    for q in find_numbers(text, pack):
        if _YEAR.fullmatch(q.value) or any(one.start <= q.start < one.end for one in others):
            continue
        counted = _COUNTED.match(text, q.end)
        of = "" if q.unit or not counted else keys[counted[1].casefold()]
        words = text[q.first : counted.end() if of and counted else q.last]
        yield Amount(q.value, q.unit, q.hedge, of, words, _around(text, q.start, q.end, keys))


def _days(text: str, dates: Sequence[DateMention], published: str | None, pack: Pack) -> Iterator[Day]:
    keys = keys_of(pack)
    for date in dates:
        if day := resolve(date, published):
            bare = date.weekday is not None and not (date.value or date.month_day or date.direction)
            words = text[date.start : date.end].strip("(), ")
            yield Day(day, bare, words, _around(text, date.start, date.end, keys))


def _around(text: str, start: int, end: int, keys: Keys) -> frozenset[str]:
    """Keys of the words near a place, figures left out."""
    words = _WORD.findall(f"{text[max(0, start - NEAR) : start]} {text[end : end + NEAR]}".casefold())
    return frozenset(key for word in words if not word[0].isdigit() and (key := keys[word]))


def _key(token: str, keys: Keys, manner: Mapping[str, Operator]) -> str:
    """Negations and modals are stop words elsewhere; between two statements they tell most."""
    if operator := manner.get(token):
        return NOT_KEY if operator[0] & {NOT, NONE} else f"{MANNER}{min(operator[0])}"
    return f"#{token}" if token[0].isdigit() else keys[token]
