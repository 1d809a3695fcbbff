"""The persons that an article names, found by a word of their name or office without going through all of them.

Every question looks at a bounded number of persons, so that a text costs in proportion to its length. Where more than
``NEAR`` distinct persons share what is asked for, which no article has, the nearest or the first of them are looked at.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import chain
from typing import NamedTuple

_WORD = re.compile(r"\w+")
NEAR = 200  # persons


class Person(NamedTuple):
    """A name as the article gives it. ``role``: words of title and affiliation before it, "" when there are none."""

    words: tuple[str, ...]
    role: str
    start: int


class Register:
    """Answers about ``people``, which are in order of their place in the text."""

    def __init__(self, people: Sequence[Person]) -> None:
        self.people = people
        self.starts = [p.start for p in people]
        self.titled = [p for p in people if p.role]
        self.titled_starts = [p.start for p in self.titled]
        self.by_word: dict[str, list[Person]] = {}
        self.by_letters: dict[str, list[Person]] = {}
        self.by_office: dict[str, list[int]] = {}
        self._fuller: dict[frozenset[str], Person | None] = {}
        seen: set[tuple[tuple[str, ...], bool]] = set()
        for person in people:
            entry = person.words, bool(person.role)
            if entry in seen:
                continue
            seen.add(entry)
            for word in () if _joined(person) else _parts(person):
                self.by_word.setdefault(word, []).append(person)
            self.by_letters.setdefault(person.words[0].casefold()[:2], []).append(person)
        for number, person in enumerate(self.titled):
            for word in set(_WORD.findall(person.role.casefold())):
                self.by_office.setdefault(word, []).append(number)

    def last_before(self, at: int) -> Person | None:
        """The last person named before ``at``: the last titled one, where there is any."""
        i = bisect_left(self.titled_starts, at)
        if i:
            return self.titled[i - 1]
        i = bisect_left(self.starts, at)
        return self.people[i - 1] if i else None

    def last_titled(self, start: int, end: int) -> Person | None:
        """The last person named with a title in ``start:end``."""
        i = bisect_left(self.titled_starts, end)
        return self.titled[i - 1] if i and self.titled_starts[i - 1] >= start else None

    def fuller(self, name: str) -> Person | None:
        """Who has all words of ``name`` and more in theirs: a titled one first, then the one with most words."""
        words = frozenset(word.casefold() for word in name.split())
        if words not in self._fuller:
            self._fuller[words] = self._look_up(words, len(name.split()))
        return self._fuller[words]

    def _look_up(self, words: frozenset[str], length: int) -> Person | None:
        lists = [self.by_word.get(word, ()) for word in words]
        best, key = None, (False, length)
        for person in min(lists, key=len, default=())[:NEAR]:
            own = bool(person.role), len(person.words)
            if own > key and words < _parts(person):
                best, key = person, own
        return best

    def blend(self, short: str) -> Person | None:
        """Whose name begins with ``short``, or whose two names it blends, at least two letters of each."""
        short = short.casefold()
        for person in self.by_letters.get(short[:2], ())[:NEAR]:
            first = person.words[0].casefold()
            if len(short) > 2 and person.role and first.startswith(short):
                return person
            second = person.words[1].casefold() if len(person.words) > 1 else ""
            if any(
                first.startswith(short[:k]) and second.startswith(short[k:]) for k in range(2, len(short) - 1)
            ):
                return person
        return None

    def holder(self, title: str, before: int) -> Person | None:
        """Who holds the office ``title``: the nearest named before ``before``, else the first after. The role given
        with the name begins with ``title``, or has all of its words where they are more than one: a spokesman of the
        president is not the president."""
        words = set(_WORD.findall(title.casefold()))
        if not words <= self.by_office.keys():
            return None
        start = re.compile(rf"(?:^|[(/,]\s*){re.escape(title.casefold())}\b")
        numbers: Sequence[int] = min(
            (self.by_office[w] for w in words), key=len, default=range(len(self.titled))
        )
        middle = bisect_left(numbers, bisect_left(self.titled_starts, before))
        near: Iterable[int] = chain(
            reversed(numbers[max(0, middle - NEAR) : middle]), numbers[middle : middle + NEAR]
        )
        held = [
            p for p in map(self.titled.__getitem__, near) if words <= set(_WORD.findall(p.role.casefold()))
        ]
        within = held[0] if held and len(words) > 1 else None
        return next((p for p in held if start.search(p.role.casefold())), within)


def _joined(person: Person) -> bool:
    """Two names with a stroke between them, which is nobody's name: "Budi-Sari"."""
    parts = person.words[0].split("-")
    return len(person.words) == 1 and len(parts) > 1 and all(part[:1].isupper() for part in parts)


def _parts(person: Person) -> frozenset[str]:
    """The words of a name, and the parts of those with a hyphen."""
    folded = [word.casefold() for word in person.words]
    return frozenset(chain(folded, *(word.split("-") for word in folded)))
