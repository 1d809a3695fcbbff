"""CPU time, memory and start-up of ``kutip attribute``, interleaved with peers in one run.

Every figure is of a whole process as the system counts it (``wait4``): CPU seconds are user and system time
of all its threads, peak memory is its largest resident set. Articles per CPU second leave start-up out.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median

import msgspec

from bench.articles import repeated, rows
from bench.peers import installed

ROUNDS = 3
_KUTIP = (str(Path(sys.executable).with_name("kutip")), "attribute", "-")


class Cost(msgspec.Struct, frozen=True):
    """What a process used: CPU seconds, peak resident memory in MiB, and what it wrote."""

    cpu: float
    peak: float
    output: bytes


class Job(msgspec.Struct, frozen=True):
    """A system on a set: its command and how many articles it gets a round."""

    system: str
    language: str
    command: tuple[str, ...]
    articles: int


class Result(msgspec.Struct, frozen=True):
    """One row of the table; medians over the rounds."""

    job: Job
    set: str
    characters: int
    cpu: float
    rate: float
    peak: float
    start: float
    found: float
    failed: int


def jobs(articles: int) -> Iterator[Job]:
    """Kutip on both languages, each installed peer on a twentieth of the English articles."""
    yield Job("kutip", "Indonesian", _KUTIP, articles)
    yield Job("kutip", "English", _KUTIP, max(1, articles // 5))
    for peer in installed():
        command = (sys.executable, "-m", "bench.peers", peer)
        yield Job(peer, "English", command, max(1, articles // 60))


def measure(articles: int = 5_000) -> list[Result]:
    """All systems by turns, ``ROUNDS`` times."""
    planned = list(jobs(articles))
    sets = {job.language: rows(job.language) for job in planned}
    costs: dict[int, list[Cost]] = {n: [] for n in range(len(planned))}
    starts: dict[int, list[float]] = {n: [] for n in range(len(planned))}
    for _ in range(ROUNDS):
        for number, job in enumerate(planned):
            starts[number].append(run(job.command, []).cpu)
            costs[number].append(run(job.command, repeated(sets[job.language][1], job.articles)))
    return [
        _result(job, sets[job.language], costs[number], median(starts[number]))
        for number, job in enumerate(planned)
    ]


def run(command: Sequence[str], articles: Sequence[dict[str, str]]) -> Cost:
    """Runs ``command`` with the articles as JSONL on standard input. Raises RuntimeError where it fails."""
    with (
        tempfile.TemporaryFile() as given,
        tempfile.TemporaryFile() as written,
        tempfile.TemporaryFile() as said,
    ):
        given.writelines(json.dumps(row, ensure_ascii=False).encode() + b"\n" for row in articles)
        given.seek(0)
        process = subprocess.Popen(command, stdin=given, stdout=written, stderr=said)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            said.seek(0)
            raise RuntimeError(f"{' '.join(command)} ended with {process.returncode}: {said.read().decode()}")
        written.seek(0)
        return Cost(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, written.read())


def _result(job: Job, set_: tuple[str, list[dict[str, str]]], costs: list[Cost], start: float) -> Result:
    name, articles = set_
    cpu = median(cost.cpu for cost in costs)
    found, failed = _counts(job, costs[0].output)
    return Result(
        job=job,
        set=name,
        characters=sum(len(row["text"]) for row in articles) // len(articles),
        cpu=cpu,
        rate=job.articles / max(cpu - start, 1e-9),
        peak=max(cost.peak for cost in costs),
        start=start,
        found=found / job.articles,
        failed=failed,
    )


def _counts(job: Job, output: bytes) -> tuple[int, int]:
    """Attributions found and articles given up."""
    if job.command != _KUTIP:
        counted = json.loads(output)
        return counted["found"], counted["failed"]
    found = [len(json.loads(line)["attributions"]) for line in output.splitlines()]
    return sum(found), job.articles - len(found)


def table(results: Sequence[Result]) -> list[str]:
    """The results as a Markdown table."""
    lines = [
        "| system | articles | characters each | CPU s | articles per CPU s | peak MiB | start-up CPU s"
        " | found an article | gave up |",
        "|---|---|---:|---:|---:|---:|---:|---:|---:|",
    ]
    for r in results:
        cells = [r.job.system, f"{r.job.articles:,} {r.job.language} ({r.set})", f"{r.characters:,}"]
        cells += [f"{r.cpu:.2f}", f"{r.rate:,.1f}", f"{r.peak:.0f}", f"{r.start:.2f}", f"{r.found:.1f}"]
        lines.append(f"| {' | '.join(cells)} | {r.failed} |")
    return lines
