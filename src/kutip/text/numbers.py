"""Numbers in running text, in figures and in words, with unit and with what makes them approximate."""

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

import msgspec

from kutip.languages import Pack
from kutip.languages.matching import NumberWords

_TOKEN = re.compile(r"\d+(?:[.,:/]\d+)*|[^\W\d_]+(?:['’\-][^\W\d_]+)*\$?|[$£€%]")
NEAR = 3  # words before a number among which its hedge can stand


class Quantity(msgspec.Struct, frozen=True):
    """A number as a text has it: ``text[start:end]``, unit and hedge not included; ``text[first:last]`` with them.

    value: in plain digits ("2900000", "14", "2.5"), or the figures as they stand where they are no plain
    number ("10/2019"). unit: the name that the pack gives it ("USD", "percent", "people"), else "". hedge:
    "about", "least", "most", "over", "under", "nearly" or "".
    """

    start: int
    end: int
    first: int
    last: int
    value: str
    unit: str = ""
    hedge: str = ""


def find_numbers(text: str, pack: Pack, start: int = 0, end: int | None = None) -> list[Quantity]:
    """Numbers in ``text[start:end]``, in order, not overlapping."""
    last = len(text) if end is None else end
    how = pack.matching.numbers
    words = [word.casefold() for word in _TOKEN.findall(text, start, last)]
    if how.ones.keys().isdisjoint(words) and not any(word[0].isdigit() for word in words):
        return []
    tokens = list(_TOKEN.finditer(text, start, last))
    close = [not text[a.end() : b.start()].strip() for a, b in pairwise(tokens)]
    out = []
    for first, after, value in _values(words, how):
        unit, a, b = _unit(words, (first, after), close, how)
        hedge, at = _hedge(words, first, pack.matching.hedges)
        own, whole = (tokens[first].start(), tokens[after - 1].end()), (min(a, at), max(b, after) - 1)
        out.append(Quantity(*own, tokens[whole[0]].start(), tokens[whole[1]].end(), value, unit, hedge))
    return out


def _values(words: list[str], how: NumberWords) -> Iterator[tuple[int, int, str]]:
    """First token, token after, value of each number."""
    at = 0
    while at < len(words):
        if words[at][0].isdigit():
            value, after = _plain(words[at], how), at + 1
            while value is not None and after < len(words) and words[after] in how.magnitudes:
                value *= how.magnitudes[words[after]]
                after += 1
            yield at, after, words[at] if value is None else _digits(value)
        elif words[at] in how.ones:
            total, after = _worded(words, at, how)
            yield at, after, _digits(Decimal(total))
        else:
            after = at + 1
        at = after


def _plain(figures: str, how: NumberWords) -> Decimal | None:
    """Figures as a number, None for dates, times with colons, section numbers."""
    group, decimal = re.escape(how.group), re.escape(how.decimal)
    if re.fullmatch(rf"\d{{1,3}}(?:{group}\d{{3}})+(?:{decimal}\d+)?", figures):
        figures = figures.replace(how.group, "")
    if re.fullmatch(r"\d+(?:[.,]\d+)?", figures):
        return Decimal(figures.replace(",", "."))
    return None


def _worded(words: list[str], at: int, how: NumberWords) -> tuple[int, int]:
    """The number written out in words from ``at`` on, and the token after it."""
    total = part = 0
    teens, joiners = how.teens.split(), how.joiners.split()
    while at < len(words):
        word = words[at]
        if word in how.ones:
            part += how.ones[word]
        elif word in teens:
            part += 10
        elif word in how.tens and part:
            low = part % 10 or part
            part = part - low + low * how.tens[word]
        elif word in how.magnitudes and part:
            total, part = total + part * how.magnitudes[word], 0
        elif not (
            word in joiners
            and words[at - 1] in how.tens
            and at + 1 < len(words)
            and words[at + 1] in how.ones
        ):
            break
        at += 1
    return total + part, at


def _digits(value: Decimal) -> str:
    return f"{value.normalize():f}"


def _unit(
    words: list[str], place: tuple[int, int], close: list[bool], how: NumberWords
) -> tuple[str, int, int]:
    """The unit, and from which word to which the number stands with it.

    It stands right behind a number, or right before it ("Rp", "US$"), with nothing but a blank between. close: for
    each token, whether nothing but a blank divides it from the next.
    """
    first, after = place
    for at, length in ((after, 2), (after, 1), (first - 2, 2), (first - 1, 1)):
        joint = after if at == after else first
        if at >= 0 and at + length <= len(words) and 0 < joint <= len(close) and close[joint - 1]:
            unit = how.units.get("_".join(words[at : at + length]))
            if unit:
                return unit, min(at, first), max(at + length, after)
    return "", first, after


def _hedge(words: list[str], first: int, hedges: dict[str, str]) -> tuple[str, int]:
    """The hedge, and from which word on it stands."""
    for back in range(1, NEAR + 1):
        for length in (3, 2, 1):
            at = first - back - length + 1
            if at >= 0 and (hedge := hedges.get("_".join(words[at : at + length]))):
                return hedge, at
    return "", first
