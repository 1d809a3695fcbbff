"""A record of as many attributions as wanted, made up: outlets, speakers and words as uneven as in news.

Run: ``python -m bench.synthetic RECORD ATTRIBUTIONS``. The same arguments make the same record.
"""

import datetime
import random
import sys
import zlib
from collections.abc import Iterator
from itertools import accumulate
from typing import Any

from kutip.model import (
    Article,
    Attribution,
    Block,
    Dated,
    Force,
    Kind,
    Role,
    Span,
    SpeakerKind,
    content_id,
    sha256_hex,
)
from kutip.store import Record, keep
from kutip.store.rows import article_row, attribution_row, mention_rows
from kutip.text.fold import fold

EACH = 14  # attributions in an article
OUTLETS, SPEAKERS, WORDS = 500, 40_000, 60_000
DAYS = 3 * 365
FIRST_DAY = datetime.date(2023, 1, 1)
BATCH = 500  # articles in a transaction


class Uneven:
    """Draws from ``values``, the n-th 1/n times as often as the first; with ``flat``, as ranks n + flat are."""

    def __init__(self, values: list[str], flat: int = 0) -> None:
        self.values = values
        self.weights = list(accumulate(1 / (rank + flat) for rank in range(1, len(values) + 1)))

    def draw(self, chance: random.Random, count: int) -> list[str]:
        """``count`` values, each drawn from all."""
        return chance.choices(self.values, cum_weights=self.weights, k=count)


class Maker:
    """Makes articles with their attributions, the same ones each time."""

    def __init__(self, speakers: int = SPEAKERS) -> None:
        self.chance = random.Random(1)
        syllables = [c + v for c in "bcdghjklmnprstw" for v in "aiueo"]
        parts = [a + b for a in syllables for b in syllables]
        self.words = Uneven([w + p for p in ("", *parts[:10]) for w in parts][:WORDS])
        names = [f"{a.title()} {b.title()}" for a in parts[:200] for b in parts[-200:]]
        self.speakers = Uneven(names[:speakers])
        self.outlets = Uneven([f"Warta {part.title()}" for part in parts[:OUTLETS]])
        self.forces = Uneven([force.value for force in Force])

    def article(self, number: int) -> tuple[Article, tuple[Attribution, ...]]:
        """The ``number``-th article: each paragraph says who said what, with some words around it."""
        day = (FIRST_DAY + datetime.timedelta(days=self.chance.randrange(DAYS))).isoformat()
        headline = " ".join(self.words.draw(self.chance, 7)).capitalize()
        blocks = [Block(0, len(headline), Role.HEADLINE)]
        pieces, at, said = [headline], len(headline), []
        for speaker in self.speakers.draw(self.chance, EACH):
            content, around = (" ".join(self.words.draw(self.chance, n)) for n in (14, 8))
            paragraph = f"{speaker} mengatakan {content}. {around.capitalize()}."
            start = at + 2
            said.append(self._said(start, speaker, content, day))
            blocks.append(Block(start, start + len(paragraph), Role.BODY))
            pieces.append(paragraph)
            at = start + len(paragraph)
        text = "\n\n".join(pieces)
        url = f"https://warta.example/{number}"
        digest = sha256_hex(text.encode())
        article = Article(
            id=content_id("article", url, digest),
            text=text,
            sha256=digest,
            blocks=tuple(blocks),
            lang="id",
            url=url,
            headline=headline,
            outlet=self.outlets.draw(self.chance, 1)[0],
            published=Dated(f"{day}T08:00:00+07:00", "minute", day, "declared"),
        )
        return article, tuple(said)

    def _said(self, start: int, speaker: str, content: str, day: str) -> Attribution:
        cue = start + len(speaker) + 1
        words = cue + len("mengatakan ")
        return Attribution(
            kind=self.chance.choices([Kind.INDIRECT, Kind.DIRECT, Kind.MIXED], weights=[60, 38, 2])[0],
            content=(Span(words, words + len(content)),),
            cue=Span(cue, cue + len("mengatakan")),
            source=Span(start, start + len(speaker)),
            speaker=speaker,
            speaker_kind=SpeakerKind.PERSON,
            via=tuple(self.outlets.draw(self.chance, 1)) if self.chance.random() < 0.1 else (),
            to="",
            said_on=day if self.chance.random() < 0.5 else None,
            force=Force(self.forces.draw(self.chance, 1)[0]),
            negated=False,
            confidence=0.8,
            rule="made-up",
            role="Kepala Dinas" if self.chance.random() < 0.3 else "",
        )


def make(path: str, attributions: int) -> None:
    """Fills a new record at ``path``."""
    maker = Maker()
    with Record.open(path, "write") as record:
        db = record.db
        db.execute("PRAGMA synchronous = OFF")
        _insert(
            db, "runs", [{"key": 1, "version": "0", "options": "{}", "started": "2026-01-01T00:00:00+00:00"}]
        )
        total = max(1, attributions // EACH)
        for first in range(1, total + 1, BATCH):
            db.execute("BEGIN")
            keys = range(first, min(first + BATCH, total + 1))
            made = [(key, *maker.article(key)) for key in keys]
            for table, rows in _tables(made):
                _insert(db, table, rows)
            db.execute("COMMIT")
        counts = f"pages = {total}, new_pages = {total}, articles = {total}, attributions = {total * EACH}"
        db.execute(f"UPDATE runs SET finished = '2026-01-01T01:00:00+00:00', {counts}")
        db.execute("PRAGMA optimize")


def _tables(
    made: list[tuple[int, Article, tuple[Attribution, ...]]],
) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    yield "articles", [article_row(article, 1) | {"key": key} for key, article, _ in made]
    yield "pages", [_page(key, article) for key, article, _ in made]
    yield (
        "blocks",
        [
            {"article": key, "position": at, "role": b.role.value, "start": b.start, "stop": b.end}
            for key, article, _ in made
            for at, b in enumerate(article.blocks)
        ],
    )
    said, channels, mentions, names = [], [], [], set()
    for key, article, attributions in made:
        names.add(str(article.outlet))
        all_kept = keep(article, attributions)
        mentions += [{"article": key, **mention} for mention in mention_rows(all_kept)]
        for at, kept in enumerate(all_kept):
            number = (key - 1) * EACH + at + 1
            said.append(attribution_row(article, kept) | {"key": number, "article": key, "position": at})
            via = kept.attribution.via
            channels += [{"attribution": number, "position": n, "name": name} for n, name in enumerate(via)]
            names.update((str(kept.attribution.speaker), *via))
    yield "attributions", said
    yield "channels", channels
    yield "mentions", mentions
    yield "names", [{"name": name, "folded": fold(name)} for name in sorted(names)]


def _page(key: int, article: Article) -> dict[str, Any]:
    content = zlib.compress(article.text.encode(), 1)
    page = {"key": key, "url": article.url, "name": f"{key}.txt", "media_type": "text/plain", "run": 1}
    more = {"sha256": article.sha256, "size": len(article.text), "content": content, "article": key}
    return page | more | {"id": content_id("page", str(article.url), article.sha256)}


def _insert(db: Any, table: str, rows: list[dict[str, Any]]) -> None:
    if rows:
        columns, holes = ", ".join(rows[0]), ", ".join(f":{name}" for name in rows[0])
        db.executemany(f"INSERT OR IGNORE INTO {table} ({columns}) VALUES ({holes})", rows)


if __name__ == "__main__":
    make(sys.argv[1], int(sys.argv[2]))
