"""What a record costs to keep current as it grows: stories, statements and actors. Run: ``python -m bench.upkeep
[SIZE…]``.

The stream is that of ``bench.stories``, in the order of publication, a run of 500 articles at a time into one
record. Of each article, the first sentences of three paragraphs are somebody's words.
"""

import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path

import msgspec

from bench.stories import Made, Stream
from kutip.flow.page_to_article.blocks import split_blocks
from kutip.flow.pipeline import Processed
from kutip.languages import Pack, available, load
from kutip.model import (
    Article,
    Attribution,
    Dated,
    Force,
    Kind,
    Page,
    Span,
    SpeakerKind,
    content_id,
    sha256_hex,
)
from kutip.store import Record, Run
from kutip.store.upkeep import Keeper

SIZES = (1_000, 3_000, 10_000, 30_000)
RUN = 500  # articles
OUTLETS = 200
STARTED = "2025-04-01T00:00:00+00:00"


class Cost(msgspec.Struct, frozen=True):
    """CPU milliseconds an article since the size before: for its story, for statements and actors."""

    articles: int
    stories: float
    following: float
    megabytes: int
    memory: int


def measure(sizes: Sequence[int], note: Callable[[Cost], None]) -> None:
    """Fills a record up to the largest size, and notes the cost at each."""
    pack = load(available()[-1])
    made = sorted(
        Stream(pack).texts(max(sizes)), key=lambda one: (one.published, sha256_hex(one.name.encode()))
    )
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "record.db")
        with Record.open(path, "write") as record:
            done = 0
            spent = {"take_in": 0.0, "follow": 0.0}
            for size in sorted(sizes):
                for at in range(done, size, RUN):
                    _run(record, (_processed(one, pack) for one in made[at : min(at + RUN, size)]), spent)
                each = {name: 1000 * seconds / (size - done) for name, seconds in spent.items()}
                megabytes = Path(path).stat().st_size >> 20
                memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
                note(Cost(size, each["take_in"], each["follow"], megabytes, memory))
                done, spent = size, dict.fromkeys(spent, 0.0)


def _run(record: Record, items: Iterable[Processed], spent: dict[str, float]) -> None:
    """One run; what the two parts of the upkeep take is added to ``spent``."""
    writer = record.writer(Run("bench", {}, STARTED))
    keeper: Keeper = writer.keeper
    for name in spent:
        setattr(keeper, name, partial(_timed, getattr(keeper, name), name, spent))
    for item in items:
        writer.add(item)
    writer.finish(STARTED)


def _timed(work: Callable[[], None], name: str, spent: dict[str, float]) -> None:
    begun = time.process_time()
    work()
    spent[name] += time.process_time() - begun


def _processed(one: Made, pack: Pack) -> Processed:
    blocks = split_blocks(one.text, pack)
    digest = sha256_hex(one.text.encode())
    number = int(one.name[1:])
    said = []
    for n, block in enumerate(blocks[1:4]):
        speaker = f"{one.names[n]} {one.names[n + 1]}"
        span = Span(block.start, block.end)
        said.append(
            Attribution(
                kind=Kind.INDIRECT,
                content=(span,),
                cue=None,
                source=None,
                speaker=speaker,
                speaker_kind=SpeakerKind.PERSON,
                via=(),
                to="",
                said_on=None,
                force=Force.SAYS,
                negated=False,
                confidence=1.0,
                rule="made",
            )
        )
    article = Article(
        id=content_id("article", one.name, digest),
        text=one.text,
        sha256=digest,
        blocks=blocks,
        lang=pack.code,
        headline=one.headline,
        outlet=f"Outlet {number % OUTLETS}",
        published=Dated(one.published, "day", one.published, "given"),
    )
    return Processed(Page(one.name, one.text.encode(), "text/plain"), article, tuple(said), ())


def _print(cost: Cost) -> None:
    print(
        f"| {cost.articles:,} | {cost.stories:.2f} | {cost.following:.2f} | {cost.megabytes:,} | {cost.memory:,} |",
        flush=True,
    )


if __name__ == "__main__":
    print("| articles | stories, ms each | statements and actors, ms each | record, MB | peak, MB |")
    print("|---|---|---|---|---|")
    measure([int(size) for size in sys.argv[1:]] or SIZES, _print)
