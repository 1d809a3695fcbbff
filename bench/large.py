"""One large record: what taking articles in costs as it grows, and what asking costs then.

    python -m bench.large RECORD [ARTICLES]

Small made-up articles (those of ``bench.small``) are taken into RECORD as ``kutip ingest`` takes them in, RUN
at a time, stories, statements and actors included; where it has some of them already, what is missing. Without
ARTICLES, a RECORD that is there is only asked. Each command is asked ASKED times with other names, words and
ids, in this process: CPU time, and time by the clock.
"""

import itertools
import os
import random
import resource
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import islice
from statistics import quantiles

from click.testing import CliRunner

from bench.small import Small
from kutip.apps.cli.main import main as kutip
from kutip.flow.pipeline import process
from kutip.model import Page
from kutip.store import Record, Run
from kutip.store.contract import Progress

RUN = 5_000
ASKED = 60
STARTED = "2025-02-25T10:00:00+00:00"
STEPS = ("reading", "writing", "stories", "statements and actors")


def points(number: int) -> Iterator[int]:
    """1, 2, 5, 10 … thousand; from 100,000 on, every fifty thousand; ``number`` last."""
    few = (n * 10**power for power in (3, 4) for n in (1, 2, 5))
    every = itertools.chain(few, itertools.count(100_000, 50_000))
    yield from itertools.takewhile(lambda n: n < number, every)
    yield number


def fill(path: str, number: int) -> None:
    """Prints a row of a Markdown table at each point."""
    print(f"| articles | {', ms each | '.join(STEPS)}, ms each | articles per CPU s | peak MiB | KiB each |")
    print("|---:|---:|---:|---:|---:|---:|---:|---:|", flush=True)
    done = _there(path)
    rows = islice(enumerate(Small().rows(number)), done, None)
    for point in (point for point in points(number) if point > done):
        spent = [0.0] * len(STEPS)
        for size in itertools.repeat(RUN, (point - done) // RUN):
            _run(path, islice(rows, size), spent)
        _run(path, islice(rows, (point - done) % RUN), spent)
        each = " | ".join(f"{1000 * seconds / (point - done):.2f}" for seconds in spent)
        rate = (point - done) / sum(spent)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        disk = os.path.getsize(path) / 2**10 / point
        print(f"| {point:,} | {each} | {rate:,.0f} | {peak:.0f} | {disk:.1f} |", flush=True)
        done = point


def _there(path: str) -> int:
    """How many articles the record has."""
    if not os.path.exists(path):
        return 0
    with Record.open(path) as record:
        return int(record.db.execute("SELECT count(*) FROM articles").fetchone()[0])


def _run(path: str, rows: Iterator[tuple[int, str]], spent: list[float]) -> None:
    """One run of ``kutip ingest``; the CPU seconds of its steps are added to ``spent``."""
    begun, before = time.process_time(), list(spent)
    done = [process(Page(f"rows:{n}", row.encode(), "application/json")) for n, row in rows]
    spent[0] += time.process_time() - begun
    if not done:
        return
    with Record.open(path, "write") as record:
        writer = record.writer(Run("bench", {}, STARTED))
        for step, name in ((2, "take_in"), (3, "follow")):
            setattr(writer.keeper, name, partial(_timed, getattr(writer.keeper, name), spent, step))
        for one in done:
            if not writer.knows(one.page):
                writer.add(one)
        writer.finish(STARTED)
    spent[1] += time.process_time() - begun - (sum(spent) - sum(before))


def _timed(work: Callable[..., None], spent: list[float], step: int, *given: Progress) -> None:
    begun = time.process_time()
    work(*given)
    spent[step] += time.process_time() - begun


def ask(path: str) -> None:
    """Prints the 95th percentile of each command, and the slowest."""
    print(
        "| command | CPU s, 95th percentile | by the clock, 95th percentile | slowest |\n|---|---:|---:|---:|"
    )
    runner = CliRunner()
    for name, arguments in _asked(path).items():
        runner.invoke(kutip, [*arguments[0], "--record", path])  # what is loaded once is not counted
        cpu, clock = [], []
        for one in arguments[1:]:
            begun = time.process_time(), time.perf_counter()
            found = runner.invoke(kutip, [*one, "--record", path])
            if found.exit_code:
                raise RuntimeError(f"kutip {' '.join(one)}: {found.output}")
            cpu.append(time.process_time() - begun[0])
            clock.append(time.perf_counter() - begun[1])
        at_95 = [quantiles(times, n=20)[-1] for times in (cpu, clock)]
        print(f"| `kutip {name}` | {at_95[0]:.3f} | {at_95[1]:.3f} | {max(clock):.3f} |", flush=True)


def _asked(path: str) -> dict[str, list[list[str]]]:
    """Command -> arguments, ASKED times and once more to warm up."""
    chance = random.Random(3)
    with Record.open(path) as record:

        def drawn(table: str, column: str) -> list[str]:
            last = record.db.execute(f"SELECT max(key) FROM {table}").fetchone()[0]
            query = f"SELECT {column} FROM {table} WHERE key >= ? AND {column} NOT NULL LIMIT 1"
            keys = (chance.randint(1, last - last // 100) for _ in range(ASKED + 1))
            return [str(record.db.execute(query, [key]).fetchone()[0]) for key in keys]

        def words(count: int) -> list[list[str]]:
            texts = (text.replace("…", " ").split() for text in drawn("attributions", "content"))
            return [chance.sample([w.strip("“”.,") for w in text], min(count, len(text))) for text in texts]

        build: dict[str, Callable[[], Sequence[list[str]]]] = {
            "said --by NAME --json": lambda: [
                ["said", "--by", name, "--json"] for name in drawn("attributions", "speaker")
            ],
            "said --by NAME": lambda: [["said", "--by", name] for name in drawn("attributions", "speaker")],
            "said --about WORDS": lambda: [["said", "--about", " ".join(two)] for two in words(2)],
            "search WORDS": lambda: [["search", *two] for two in words(2)],
            "trace ID": lambda: [["trace", one] for one in drawn("statements", "id")],
            "trace WORDS": lambda: [["trace", " ".join(three)] for three in words(3)],
            "story ID": lambda: [["story", one] for one in drawn("stories", "id")],
        }
        return {name: list(make()) for name, make in build.items()}


def main(arguments: Sequence[str]) -> None:
    """Fills the record where something is missing, and asks it."""
    path, *rest = arguments
    if rest or not os.path.exists(path):
        fill(path, int(rest[0]) if rest else 1_000_000)
        print()
    ask(path)


if __name__ == "__main__":
    main(sys.argv[1:])
