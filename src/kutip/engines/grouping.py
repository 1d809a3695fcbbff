"""Stories of what ``kutip batch`` wrote, by any engine, with the same bytes whenever it was interrupted.

FOLDER/stories.parquet                            a row for each article: its story
FOLDER/.stories/VERSION/features/00017.parquet    until then: what the articles of a shard are compared by
FOLDER/.stories/VERSION/blocks/0012180.msgpack    and what those of a block of time were found to be
"""

import shutil
from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import msgspec

from kutip.engines.bulk import Engine
from kutip.engines.pieces import NOTHING_LOST, Mark, Pieces, whole, write_whole
from kutip.engines.pool import Lost
from kutip.flow.articles_to_stories.blocks import Found, Stitching, compared, day_of, length_of
from kutip.flow.articles_to_stories.features import ArticleFeatures, Source, features
from kutip.flow.articles_to_stories.stream import UNKNOWN
from kutip.flow.pipeline import Processed
from kutip.languages import load
from kutip.languages.loader import available
from kutip.model import Article, Attribution, Rejection, Story
from kutip.version import VERSION

if TYPE_CHECKING:
    import pyarrow as pa

FORMAT = {b"kutip": b"stories 1"}  # in the metadata of the file
R = TypeVar("R")
Read = Callable[[int], Iterable[Processed | Rejection]]
Note = Callable[[str, int, int], None]
"""Told what is being made, how many pieces are there, and of how many."""
_ROWS = 5_000  # of a row group
_decode = msgspec.msgpack.Decoder(ArticleFeatures).decode
_found = msgspec.msgpack.Decoder(list[Found]).decode


class Shard(msgspec.Struct, frozen=True):
    """What there is of a shard. days: day (ordinal, ``day_of``) to its number of articles."""

    days: dict[int, int]


class Block(msgspec.Struct, frozen=True):
    """What there is of a block. alone: articles that are compared with none, as their language has no pack or they
    ended their process."""

    alone: int


class Grouped(msgspec.Struct):
    """What came of it all. shared: stories of several articles. alone: as in Block."""

    articles: int = 0
    stories: int = 0
    shared: int = 0
    copies: int = 0
    alone: int = 0


class _Entry(msgspec.Struct, frozen=True):
    """An article of a shard. day: the ordinal by which its block is told. order: its day, unknown last.

    features: None where it can be compared with none.
    """

    day: int
    order: str
    id: str
    features: bytes | None


class Features(msgspec.Struct, frozen=True):
    """Pieces: of a shard what its articles are compared by. read: what came of the pages of a shard."""

    folder: str
    read: Read

    def done(self, number: int) -> Path:
        """See Pieces."""
        return Path(self.folder, "features", f"{number:05}.json")

    def report(self, number: int) -> Shard:
        """See Pieces."""
        return msgspec.json.decode(self.done(number).read_bytes(), type=Shard)

    def data(self, number: int) -> Path:
        """The file of a shard."""
        return self.done(number).with_suffix(".parquet")

    def make(
        self, number: int, mark: Mark = lambda place: None, lost: Mapping[int, Lost] = NOTHING_LOST
    ) -> Shard:
        """See Pieces: its things are the rows of the shard."""
        import pyarrow as pa

        entries: dict[str, _Entry] = {}
        for place, result in enumerate(self.read(number)):
            mark(place)
            if isinstance(result, Processed) and (article := result.article):
                day = day_of(article.day, result.page.fetched_at)
                made = None if place in lost else _features(article, result.attributions)
                entries.setdefault(article.id, _Entry(day, article.day or UNKNOWN, article.id, made))
        types = {"day": pa.int32(), "order": pa.string(), "id": pa.string(), "features": pa.binary()}
        rows = map(msgspec.structs.asdict, sorted(entries.values(), key=lambda one: (one.day, one.id)))
        _write(self.data(number), pa.schema(list(types.items())), rows)
        days = Counter(one.day for one in entries.values())
        shard = Shard(dict(sorted(days.items())))
        write_whole(self.done(number), msgspec.json.encode(shard))
        return shard

    def entries(self, number: int, first: int, last: int) -> list[_Entry]:
        """The articles of a finished shard from day to day."""
        from pyarrow import parquet

        within = [("day", ">=", first), ("day", "<=", last)]
        table = parquet.read_table(self.data(number), filters=within, use_threads=False)
        return msgspec.convert(table.to_pylist(), list[_Entry])


class Blocks(msgspec.Struct, frozen=True):
    """Pieces: what the articles of a block of time are found to be, beside each other and the block before.

    length: of a block in days. shards: number to the first and the last day of its articles.
    """

    features: Features
    length: int
    shards: dict[int, tuple[int, int]]

    def done(self, number: int) -> Path:
        """See Pieces."""
        return Path(self.features.folder, "blocks", f"{number:07}.json")

    def report(self, number: int) -> Block:
        """See Pieces."""
        return msgspec.json.decode(self.done(number).read_bytes(), type=Block)

    def data(self, number: int) -> Path:
        """The file of a block."""
        return self.done(number).with_suffix(".msgpack")

    def found(self, number: int) -> list[Found]:
        """What there is of a finished block."""
        return _found(self.data(number).read_bytes())

    def make(
        self, number: int, mark: Mark = lambda place: None, lost: Mapping[int, Lost] = NOTHING_LOST
    ) -> Block:
        """See Pieces: its things are the articles of the block, then those of the block before, in order."""
        own, before = self._entries(number), self._entries(number - 1)
        places = {one.id: place for place, one in reversed(list(enumerate([*own, *before])))}
        given_up = {one.id for one in (*own, *before) if places[one.id] in lost}
        alone = [Found((one.order, one.id)) for one in own if one.id in given_up or one.features is None]
        found = compared(
            _decoded(before, given_up), _decoded(own, given_up), at=lambda id_: mark(places[id_])
        )
        write_whole(self.data(number), msgspec.msgpack.encode([*alone, *found]))
        block = Block(len(alone))
        write_whole(self.done(number), msgspec.json.encode(block))
        return block

    def _entries(self, block: int) -> list[_Entry]:
        """The articles of a block in order, each once."""
        first, last = block * self.length, (block + 1) * self.length - 1
        entries: dict[str, _Entry] = {}
        for shard, (earliest, latest) in sorted(self.shards.items()):
            if earliest <= last and latest >= first:
                for one in self.features.entries(shard, first, last):
                    entries.setdefault(one.id, one)
        return sorted(entries.values(), key=lambda one: (one.order, one.id))


def group(folder: Path, read: Read, shards: int, engine: Engine, note: Note) -> Grouped:
    """Makes stories.parquet of a folder all of whose shards are finished. read: as in Features."""
    work = folder / ".stories"
    made = Features(str(work / VERSION), read)  # what another version left there is of no use
    kept = _made(made, range(shards), engine, partial(note, "shards"))
    days = Counter[int]()
    for one in kept.values():
        days.update(one.days)
    ranges = {number: (min(one.days), max(one.days)) for number, one in kept.items() if one.days}
    blocks = Blocks(made, length_of(days), ranges)
    numbers = sorted({day // blocks.length for day in days})
    done = _made(blocks, numbers, engine, partial(note, "blocks of time"))
    total = Grouped(alone=sum(one.alone for one in done.values()))
    _write(folder / "stories.parquet", _schema(), _rows(_stitched(blocks, numbers), total))
    shutil.rmtree(work)
    return total


def _features(article: Article, attributions: Sequence[Attribution]) -> bytes | None:
    """What the article is compared by; None where its language has no pack, or it defeats us."""
    if article.lang not in available():
        return None
    source = Source(article.id, article.text, article.blocks, article.headline, article.day, attributions)
    try:
        return msgspec.msgpack.encode(features(source, load(article.lang)))
    except Exception:  # whatever it is, it costs this article its company and nothing else
        return None


def _decoded(entries: Iterable[_Entry], given_up: Container[str]) -> list[ArticleFeatures]:
    return [_decode(one.features) for one in entries if one.features is not None and one.id not in given_up]


def _made(
    pieces: Pieces[R], numbers: Sequence[int], engine: Engine, note: Callable[[int, int], None]
) -> dict[int, R]:
    """Makes the pieces that are missing; gives the reports of all."""
    missing = [number for number in numbers if not pieces.done(number).exists()]
    there = len(numbers) - len(missing)
    note(there, len(numbers))
    for _ in engine(pieces, missing) if missing else ():
        there += 1
        note(there, len(numbers))
    return {number: pieces.report(number) for number in numbers}


def _stitched(blocks: Blocks, numbers: Sequence[int]) -> Iterator[Story]:
    stitching = Stitching()
    for number in numbers:
        yield from stitching.add(blocks.found(number))
    yield from stitching.rest()


def _schema() -> "pa.Schema":
    import pyarrow as pa

    words = ("article", "copy_of", "since", "until")
    columns = [("story", pa.string()), ("position", pa.int32()), *((name, pa.string()) for name in words)]
    return pa.schema(columns).with_metadata(FORMAT)


def _rows(stories: Iterable[Story], total: Grouped) -> Iterator[dict[str, object]]:
    """Rows of stories, which are counted."""
    for story in stories:
        total.stories += 1
        total.articles += len(story.articles)
        total.copies += len(story.copies)
        total.shared += len(story.articles) > 1
        for position, article in enumerate(story.articles):
            yield {
                "story": story.id,
                "position": position,
                "article": article,
                "copy_of": story.copies.get(article),
                "since": story.since,
                "until": story.until,
            }


def _write(path: Path, schema: "pa.Schema", rows: Iterable[Mapping[str, object]]) -> None:
    """A Parquet file, there as a whole or not at all."""
    import pyarrow as pa
    from pyarrow import parquet

    rest = iter(rows)
    with whole(path) as partial_, parquet.ParquetWriter(partial_, schema, compression="zstd") as file:
        while some := list(islice(rest, _ROWS)):
            file.write_table(pa.Table.from_pylist(some, schema))
