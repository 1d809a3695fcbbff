"""Many pages: from HTML in a WARC file to attributions, by stage, in several processes.

    python -m bench.bulk [--pages N]        writes docs/performance_bulk.md

The peer is trafilatura (Barbaresi 2021) with its default extraction and metadata, on the same file: what has
to be done before anybody can look for attributions. Where the extra bench is installed, there is a second one, which
also finds direct quotations: trafilatura, then textacy over spaCy, on half of the pages, as it takes so long. All
are whole processes, measured by the operating system.
"""

import argparse
import gzip
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from itertools import cycle, islice
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

import msgspec

from bench.articles import ROOT, SHARED

if TYPE_CHECKING:
    from kutip.flow.page_to_article.draft import Reading
    from kutip.model import Page

PAGE = ROOT / "docs" / "performance_bulk.md"
ROUNDS = 3
TIMES = 4  # as many pages for the processes beside each other, of which each has to warm up
PEER = "trafilatura (main text and metadata)"
SLOW_PEER = "trafilatura, then textacy over spaCy"
_KUTIP = str(Path(sys.executable).with_name("kutip"))
_TEXT = """# Speed of bulk work

Written by `python -m bench.bulk`; do not edit. {machine}

## From HTML in a WARC file to attributions

{pages:,} pages: {source}. The systems took turns, {rounds} rounds in one run, medians are shown. CPU seconds count all
processes and threads of a system; start-up is the same command on a file of {first} pages, the first of each language
that Kutip reads, and is left out of the rate.
Textacy finds direct quotations only, with spaCy's small English model.

{systems}

By stage, in one process; the last column is that of fast reading:

{stages}

## Two processes beside one

`kutip batch --fast --engine processes` on {times} times as many pages, by the clock, start-up left out. The load of the
machine was {load:.1f} when this was measured: where it is above 1, others took part of the cores, and the last column,
which is what the CPU seconds of all processes come to on two free cores, says more than the clock.

{scaling}

What would make it faster: [bulk.md](bulk.md#what-would-make-it-faster).
How a record grows as articles are taken into it: [performance_record.md](performance_record.md).
"""


class Cost(msgspec.Struct, frozen=True):
    """What a command used: CPU seconds, seconds by the clock, MiB of its largest process."""

    cpu: float
    wall: float
    peak: float


def run(command: Sequence[str]) -> Cost:
    """Runs a command. Raises RuntimeError where it fails."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=ROOT)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    wall, after = time.monotonic() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    if process.returncode not in (0, 1):  # 1: some pages were rejected
        raise RuntimeError(f"{' '.join(command)} ended with {process.returncode}")
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Cost(cpu, wall, usage.ru_maxrss / 1024)


def contents() -> tuple[str, list[bytes]]:
    """What the pages are, and the pages: those set aside for measuring, else the samples of this project."""
    kept = sorted((SHARED / "pages").glob("*.html.gz"))
    if kept:
        return "news pages in English and Indonesian", [gzip.decompress(path.read_bytes()) for path in kept]
    return "samples of this project", [
        path.read_bytes() for path in sorted((ROOT / "samples").rglob("*.html"))
    ]


def first_of_each(pages: list[bytes]) -> list[bytes]:
    """The first page of each language that has a pack: with them, all is loaded that a run needs."""
    from kutip.flow.page_to_article.draft import Reading
    from kutip.flow.pipeline import read_page
    from kutip.languages.loader import available
    from kutip.model import Page

    found: dict[str | None, bytes] = {}
    for number, body in enumerate(pages):
        article = read_page(Page(str(number), body, "text/html"), Reading(fast=True))
        found.setdefault(getattr(article, "lang", None), body)
    return [body for lang, body in found.items() if lang in available()]


def write_warc(path: Path, pages: Iterable[bytes]) -> None:
    """A WARC file with a response for each page."""
    with path.open("wb") as file:
        for number, body in enumerate(pages):
            block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + body
            head = (
                "WARC/1.0\r\nWARC-Type: response\r\nWARC-Date: 2025-02-25T10:00:00Z\r\n"
                f"WARC-Target-URI: http://bench.example/{number}\r\nContent-Type: application/http\r\n"
                f"WARC-Record-ID: <urn:uuid:{number}>\r\nContent-Length: {len(block)}\r\n\r\n"
            )
            file.write(gzip.compress(head.encode() + block + b"\r\n\r\n", 6, mtime=0))


def commands(warc: Path, folder: Path) -> dict[str, Callable[[], list[str]]]:
    """System -> its command for a round; where it writes is new each time."""

    def new(name: str) -> str:
        return str(folder / f"{name}-{time.monotonic_ns()}")

    def batch(out: str) -> list[str]:
        return [_KUTIP, "batch", str(warc), out, "--engine", "inline"]

    def ingest(record: str) -> list[str]:
        return [_KUTIP, "ingest", str(warc), "--record", record]

    return {
        "kutip batch --fast (to Parquet)": lambda: [*batch(new("out")), "--fast"],
        "kutip batch (to Parquet)": lambda: batch(new("out")),
        "kutip ingest --fast (to a record)": lambda: [*ingest(new("record.db")), "--fast"],
        "kutip ingest (to a record)": lambda: ingest(new("record.db")),
        **{
            name: partial(list, (sys.executable, "-m", "bench.bulk", "--peer", name, str(warc)))
            for name in peers()
        },
    }


def peers() -> dict[str, int]:
    """Names of the peers that can run here, and of how many pages each gets one; the first is the measure."""
    from bench.peers import installed

    return {PEER: 1} | ({SLOW_PEER: 2} if "textacy" in installed() else {})


def systems(number: int, pages: list[bytes], first: list[bytes]) -> list[str]:
    """Kutip and the peer by turns, as a table. first: the pages that start-up is measured with."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shares = {**dict.fromkeys(commands(folder, folder), 1), **peers()}
        write_warc(folder / "0.warc.gz", first)
        for share in set(shares.values()):
            write_warc(folder / f"{share}.warc.gz", islice(cycle(pages), number // share))
        start = commands(folder / "0.warc.gz", folder)
        whole = {s: commands(folder / f"{share}.warc.gz", folder)[s] for s, share in shares.items()}
        costs: dict[str, list[Cost]] = {system: [] for system in whole}
        starts: dict[str, list[float]] = {system: [] for system in whole}
        for _ in range(ROUNDS):
            for system in whole:
                starts[system].append(run(start[system]()).cpu)
                costs[system].append(run(whole[system]()))
    net = {s: median(c.cpu for c in costs[s]) - median(starts[s]) for s in costs}
    rates = {s: (number // shares[s] - len(first)) / spent for s, spent in net.items()}
    lines = [
        "| system | pages | CPU s | start-up | pages per CPU s | times the peer | peak MiB |",
        "|---|---:|---:|---:|---:|---:|---:|",
    ]
    for s, spent in net.items():
        cells = f"{spent:.2f} | {median(starts[s]):.2f} | {rates[s]:,.1f} | {rates[PEER] / rates[s]:.2f}"
        lines.append(f"| {s} | {number // shares[s]:,} | {cells} | {max(c.peak for c in costs[s]):.0f} |")
    return lines


def peer(name: str, warc: Path) -> None:
    """What a peer does with the file."""
    from trafilatura import bare_extraction

    from bench.peers import finder
    from kutip.sources.warc import read_warc

    find: Callable[[str], int] = finder("textacy") if name == SLOW_PEER else lambda text: 0
    with warc.open("rb") as file:
        for page in read_warc(file, "peer"):
            found = bare_extraction(getattr(page, "content", b""), with_metadata=True)
            find(getattr(found, "text", None) or "")


def stages(pages: list[bytes]) -> list[str]:
    """CPU time of each stage of the way, read carefully and fast, as a table."""
    from kutip.flow.page_to_article.draft import Reading

    found, unpacking = _unpacked(pages)
    careful, fast = (
        {
            "WARC": unpacking,
            **_staged(found, Reading(fast)),
            "Arrow and Parquet": _writing(found, Reading(fast)),
        }
        for fast in (False, True)
    )
    lines = ["| stage | careful: ms a page | share | fast: ms a page | share | pages per CPU s |"]
    lines.append("|---|---:|---:|---:|---:|---:|")
    for stage in (*careful, "all"):
        pair = [sum(way.values()) if stage == "all" else way[stage] for way in (careful, fast)]
        ms = [1000 * seconds / len(found) for seconds in pair]
        share = [seconds / sum(way.values()) for seconds, way in zip(pair, (careful, fast), strict=True)]
        rate = len(found) / max(pair[1], 1e-9)
        lines.append(
            f"| {stage} | {ms[0]:.2f} | {share[0]:.0%} | {ms[1]:.2f} | {share[1]:.0%} | {rate:,.0f} |"
        )
    return lines


def _unpacked(pages: list[bytes]) -> "tuple[list[Page], float]":
    """The pages from a WARC file, and what reading it took."""
    from kutip.model import Page
    from kutip.sources.warc import read_warc

    with tempfile.TemporaryDirectory() as name:
        path = Path(name, "a.warc.gz")
        write_warc(path, pages)
        with path.open("rb") as file:
            list(read_warc(file, "a"))  # what is loaded once is not counted
            start = time.process_time()
            found = [page for page in read_warc(file, "a") if isinstance(page, Page)]
            return found, time.process_time() - start


def _staged(pages: "list[Page]", reading: "Reading") -> dict[str, float]:
    """CPU seconds of each step of the flow."""
    from kutip.flow.page_to_article.draft import Draft, Refusal
    from kutip.flow.pipeline import STEPS, process

    spent = {name: 0.0 for name, _ in STEPS}
    process(pages[0], reading)
    for page in pages:
        draft = Draft(page, reading)
        try:
            for step, function in STEPS:
                start = time.process_time()
                try:
                    draft = function(draft)
                finally:
                    spent[step] += time.process_time() - start
        except Refusal:
            continue
    return spent


def _writing(pages: "list[Page]", reading: "Reading") -> float:
    """CPU seconds for the results as Arrow batches, the pages in them, and in a Parquet file."""
    from kutip.engines.shards import Job, _Writer
    from kutip.flow.batches import results_batch
    from kutip.flow.pipeline import process

    done = [process(page, reading) for page in pages]
    with tempfile.TemporaryDirectory() as name:
        spent = 0.0
        for number in range(2):  # what is loaded once is not counted
            start, writer = time.process_time(), _Writer(Job(name, lambda number: pages), number)
            for at in range(0, len(done), 16):
                writer.add(results_batch(done[at : at + 16]))
            writer.finish()
            spent = time.process_time() - start
        return spent


def scaling(number: int, pages: list[bytes], first: list[bytes]) -> list[str]:
    """One process and two by turns, as a table."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_warc(folder / "all.warc.gz", islice(cycle(pages), number))
        write_warc(folder / "none.warc.gz", first)

        def cost(kind: str, jobs: int) -> Cost:
            out = str(folder / f"out-{time.monotonic_ns()}")
            return run([_KUTIP, "batch", str(folder / f"{kind}.warc.gz"), out, "--fast", "--jobs", str(jobs)])

        rounds = [{jobs: (cost("all", jobs), cost("none", jobs)) for jobs in (1, 2)} for _ in range(ROUNDS)]
    lines = [
        "| processes | s | pages per s | times as fast | CPU s | peak MiB | times as fast on free cores |",
        "|---|---:|---:|---:|---:|---:|---:|",
    ]
    wall, cpu = (
        {
            jobs: median(getattr(one[jobs][0], of) - getattr(one[jobs][1], of) for one in rounds)
            for jobs in (1, 2)
        }
        for of in ("wall", "cpu")
    )
    for jobs, seconds in wall.items():
        peak = max(one[jobs][0].peak for one in rounds)
        rate = f"{(number - len(first)) / seconds:,.1f} | {wall[1] / seconds:.2f}"
        free = jobs * cpu[1] / cpu[jobs]
        lines.append(f"| {jobs} | {seconds:.2f} | {rate} | {cpu[jobs]:.2f} | {peak:.0f} | {free:.2f} |")
    return lines


def main(arguments: Sequence[str] | None = None) -> int:
    """Measures, prints the page and writes it."""
    from bench.__main__ import _machine

    parser = argparse.ArgumentParser(prog="python -m bench.bulk", description="Speed of bulk work.")
    parser.add_argument("--pages", type=int, default=318, help="pages in the WARC file")
    parser.add_argument("--page", type=Path, default=PAGE, help="page to write")
    parser.add_argument("--peer", nargs=2, metavar=("NAME", "FILE"), help="run a peer on a WARC file and end")
    given = parser.parse_args(arguments)
    if given.peer:
        name, warc = given.peer
        peer(name, Path(warc))
        return 0
    os.environ.setdefault("ARROW_DEFAULT_MEMORY_POOL", "system")  # as in kutip batch
    source, pages = contents()
    first = first_of_each(pages)
    page = _TEXT.format(
        machine=_machine(),
        pages=given.pages,
        source=source,
        rounds=ROUNDS,
        first=len(first),
        times=TIMES,
        systems="\n".join(systems(given.pages, pages, first)),
        stages="\n".join(stages(pages)),
        scaling="\n".join(scaling(TIMES * given.pages, pages, first)),
        load=os.getloadavg()[0],
    )
    given.page.write_text(page, encoding="utf-8")
    print(page)
    return 0


if __name__ == "__main__":
    sys.exit(main())
