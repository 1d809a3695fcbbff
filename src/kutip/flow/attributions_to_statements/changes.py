"""What differs in fact between two renditions: a number, its bounds, a day, a name, whether and how surely it is so."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from difflib import SequenceMatcher

from kutip.flow.actors.likeness import likeness
from kutip.flow.attributions_to_statements.features import Amount, Day, Marks
from kutip.model import Change
from kutip.text.stance import differ

_BOUNDS = {"least": "low", "over": "low", "most": "high", "under": "high"}
_LOOSE = {"", "about"}  # no bounds
_CHANCE = "chance"
COMMON = 2  # words that two must share before it is told that one denies what the other says
ROUNDED = 0.1  # share by which a rounded number may be off
CLAIMED = 0.4  # likeness of names from which they may be two forms of one


def changes(reference: Marks, other: Marks, close: bool) -> tuple[Change, ...]:
    """What differs in ``other``. ``close``: the two have most words in common, in one order."""
    stances = tuple(_stances(reference, other))
    return (
        *_numbers(reference, other),
        *_days(reference, other),
        *(stances or _certainty(reference, other)),
        *(_names(reference, other) if close and reference.lang == other.lang else ()),
    )


def of_weight(change: Change) -> bool:
    """Whether what is told is another thing, and not only told less exactly ("about 14" for 14)."""
    return change.kind != "rounding"


def _numbers(reference: Marks, other: Marks) -> Iterator[Change]:
    """Numbers of one thing that differ, and numbers that are the same but bounded otherwise.

    A number that both have is no rival of another one.
    """
    had = [a for a in reference.amounts if not any(_same(a, b) for b in other.amounts)]
    for amount in other.amounts:
        same = [a for a in reference.amounts if _same(a, amount)]
        rivals = [a for a in had if _of_one_thing(a, amount)]
        if rivals and not same:
            nearest = max(rivals, key=lambda a: len(a.around & amount.around))
            had.remove(nearest)
            yield Change("number", nearest.words, amount.words)
        elif same and all(_bounds(a) != _bounds(amount) for a in same):
            loose = amount.value != same[0].value or {_bounds(same[0]), _bounds(amount)} <= _LOOSE
            yield Change("rounding" if loose else "hedge", same[0].words, amount.words)


def _same(one: Amount, other: Amount) -> bool:
    """One number, or one that the other rounds."""
    if one.unit != other.unit:
        return False
    return one.value == other.value or _rounds(one, other) or _rounds(other, one)


def _rounds(one: Amount, other: Amount) -> bool:
    """Whether ``one`` is a round or a bounded way to tell ``other``: "more than 4,000" of 4,200."""
    bounds = _bounds(one)
    if not bounds or _bounds(other):
        return False
    try:
        round_, exact = Decimal(one.value), Decimal(other.value)
    except InvalidOperation:
        return False
    off = exact - round_
    sound = {"low": off >= 0, "high": off <= 0, "about": True}[bounds]
    return sound and abs(off) <= Decimal(ROUNDED) * exact


def _bounds(amount: Amount) -> str:
    return _BOUNDS.get(amount.hedge, "about" if amount.hedge else "")


def _of_one_thing(one: Amount, other: Amount) -> bool:
    """Whether two numbers tell of one thing: in one unit of something in common, or counting one thing."""
    if one.unit != other.unit:
        return False
    if not one.unit:
        return bool(one.of) and one.of == other.of
    return not one.around or not other.around or bool(one.around & other.around)


def _days(reference: Marks, other: Marks) -> Iterator[Change]:
    """The only day, and the only time of day, that each has and the other has not."""
    gone = [day for day in reference.days if not any(_one_day(day, d) for d in other.days)]
    new = [day for day in other.days if not any(_one_day(day, d) for d in reference.days)]
    if len(gone) == len(new) == 1 and gone[0].around & new[0].around:
        yield Change("date", gone[0].words, new[0].words)
    if len(reference.times) == len(other.times) == 1:
        time, told = reference.times[0], other.times[0]
        if not time.clock.same(told.clock):
            yield Change("date", time.words, told.words)


def _one_day(one: Day, other: Day) -> bool:
    if one.weekday or other.weekday:
        return date.fromisoformat(one.value).weekday() == date.fromisoformat(other.value).weekday()
    return one.value == other.value


def _stances(reference: Marks, other: Marks) -> Iterator[Change]:
    """Of two that have a word in common, and no more, that word may be about something else in each."""
    shared = reference.stances.keys() & other.stances.keys()
    if len(shared) < min(COMMON, len(reference.stances), len(other.stances)):
        return
    for key, said in reference.stances.items():
        if key in other.stances and (found := differ(said, other.stances[key])):
            kind, before, after = found
            yield Change(kind, before.words, after.words)


def _certainty(reference: Marks, other: Marks) -> Iterator[Change]:
    """What may be so in one of the two and is so in the other, where the word that it is said of stands in both."""
    if other.guessed or reference.guessed:
        return
    gone, new = _only_may(reference, other), _only_may(other, reference)
    if gone and not new:
        yield Change("modality", *gone)
    elif new and not gone:
        yield Change("modality", *reversed(new))


def _only_may(one: Marks, other: Marks) -> tuple[str, str] | None:
    """What may be so in ``one``, where nothing in ``other`` only may be: its words, and those of the other."""
    if any(_CHANCE in stance.kinds for said in other.stances.values() for stance in said):
        return None
    for key, said in one.stances.items():
        if key in other.stances and all(_CHANCE in stance.kinds for stance in said):
            return said[0].words, other.stances[key][0].words
    return None


def _names(reference: Marks, other: Marks) -> Iterator[Change]:
    """A name in the place of another between words that are the same."""
    if not (_tells_names(reference) and _tells_names(other)):
        return
    matcher = SequenceMatcher(None, reference.tokens, other.tokens, autojunk=False)
    codes = matcher.get_opcodes()
    for before, (how, a, b, c, d), after in zip(codes, codes[1:], codes[2:], strict=False):
        if how == "replace" and before[0] == after[0] == "equal":
            old, new = reference.tokens[a:b], other.tokens[c:d]
            if _new_name(old, new, reference, other):
                yield Change("name", " ".join(old), " ".join(new))


def _new_name(old: Sequence[str], new: Sequence[str], reference: Marks, other: Marks) -> bool:
    if not (
        (reference.names - reference.common).issuperset(old) and (other.names - other.common).issuperset(new)
    ):
        return False
    if not (other.names.isdisjoint(old) and reference.names.isdisjoint(new)):
        return False
    return likeness(" ".join(old).title(), " ".join(new).title()).score < CLAIMED


def _tells_names(one: Marks) -> bool:
    """Whether capitals mean names in it: not in headlines that begin every word with one."""
    return len(one.names) < len(set(one.tokens)) / 2 and one.names.isdisjoint(one.plain)
