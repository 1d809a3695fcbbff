"""Small articles of two sentences, made up: outlets, speakers, words and sizes of stories as uneven as in news.

They come in the order of time, EACH_DAY a day, so that the articles that one is compared with do not grow with the
number of all.
"""

import datetime
import json
import random
from collections import deque
from collections.abc import Iterator
from itertools import count, islice
from typing import NamedTuple

from bench.synthetic import Uneven

EACH_DAY = 500
FLAT = 10  # ranks of speakers: the most quoted has a percent or two of all
EVENTS = 120  # the latest, which further articles may tell of
AGAIN = 0.5  # share of articles that tell of an event that another told of
OUTLETS, SPEAKERS, FIRSTS, WORDS = 500, 40_000, 400, 60_000
FIRST_DAY = datetime.date(2020, 1, 1)


class _Event(NamedTuple):
    """What articles of one story have in common: words of their own, and who speaks."""

    own: list[str]
    speaker: str


class Small:
    """Makes rows of articles, the same ones each time."""

    def __init__(self) -> None:
        self.chance = random.Random(5)
        syllables = [c + v for c in "bcdghjklmnprstw" for v in "aiueo"]
        parts = [a + b for a in syllables for b in syllables]
        self.words = Uneven([w + p for p in ("", *parts[:10]) for w in parts][:WORDS])
        names = ("".join(self.chance.choices(syllables, k=3)).title() for _ in count())
        firsts = list(islice(names, FIRSTS))
        called = [f"{self.chance.choice(firsts)} {last}" for last in islice(names, SPEAKERS)]
        self.speakers = Uneven(called, FLAT)
        self.outlets = Uneven([f"Warta {part.title()}" for part in parts[:OUTLETS]])
        self.events: deque[_Event] = deque(maxlen=EVENTS)

    def rows(self, number: int) -> Iterator[str]:
        """JSON rows, as a JSONL file has them."""
        for n in range(number):
            if not self.events or self.chance.random() > AGAIN:
                own = self.chance.sample(self.words.values, 12)
                self.events.append(_Event(own, self._one(self.speakers)))
                event = self.events[-1]
            else:
                event = self.events[-int(self.chance.paretovariate(0.8)) % len(self.events)]
            yield json.dumps(self._row(n, event))

    def _row(self, number: int, event: _Event) -> dict[str, str]:
        chance = self.chance
        some = iter(self.words.draw(chance, 10))
        own = iter(chance.sample(event.own, 8))
        place = event.own[0].capitalize()
        first, last = event.speaker.split()
        text = (
            f"Wali kota {first} {last} mengatakan bahwa {next(own)} {next(own)} di {place} akan {next(some)} "
            f"{next(own)} {next(some)} {next(some)} dan {next(some)} pada tahun {2000 + chance.randrange(40)}.\n\n"
            f"“{next(some).capitalize()} {next(own)} {next(some)} itu tidak {next(some)} {next(own)} {next(some)},” "
            f"kata {last} kepada wartawan di {place}."
        )
        day = FIRST_DAY + datetime.timedelta(number // EACH_DAY)
        return {
            "url": f"http://bench.example/{number}",
            "outlet": self._one(self.outlets),
            "headline": f"{next(own).capitalize()} {next(own)} {next(own)} {next(some)} {place}",
            "published": day.isoformat(),
            "text": text,
        }

    def _one(self, values: Uneven) -> str:
        return values.draw(self.chance, 1)[0]
