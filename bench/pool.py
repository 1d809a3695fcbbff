"""What two processes are worth for attributions: CPU seconds of the workers and of the process that feeds them.

    python -m bench.pool FILE [ROWS]        FILE: JSON lines with a text each

One worker and two take turns. What the parent does is the only part that two workers do not share, so that on two free
cores the one is as long as its worker, and the two as long as half of everything.
"""

import resource
import sys
from itertools import islice
from statistics import median

import msgspec

from kutip.engines.processes import Processes
from kutip.model import Page

ROUNDS = 3
WARM = 128  # pages that each worker does before it is measured


class Cost(msgspec.Struct, frozen=True):
    """CPU seconds."""

    parent: float
    workers: float


def cost(jobs: int, rows: list[bytes]) -> Cost:
    """Of reading all rows with so many workers."""
    before = [_cpu(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    pages = (Page(f"rows:{n}", row, "application/json") for n, row in enumerate(rows))
    for _ in Processes(jobs).run(pages):
        pass
    after = [_cpu(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return Cost(*(b - a for a, b in zip(before, after, strict=True)))


def measure(rows: list[bytes]) -> list[str]:
    """A Markdown table; what starting costs is taken off."""
    net: dict[int, list[Cost]] = {1: [], 2: []}
    for _ in range(ROUNDS):
        for jobs, costs in net.items():
            start, whole = cost(jobs, rows[: WARM * jobs]), cost(jobs, rows)
            costs.append(Cost(whole.parent - start.parent, whole.workers - start.workers))
    parent, workers = (
        {jobs: median(getattr(one, part) for one in costs) for jobs, costs in net.items()}
        for part in ("parent", "workers")
    )
    worth = workers[1] / ((workers[2] + parent[2]) / 2)
    return [
        "| processes | CPU s, workers | CPU s, parent | times as fast, on free cores |",
        "|---:|---:|---:|---:|",
        f"| 1 | {workers[1]:.2f} | {parent[1]:.2f} | 1.00 |",
        f"| 2 | {workers[2]:.2f} | {parent[2]:.2f} | {worth:.2f} |",
    ]


def _cpu(who: int) -> float:
    used = resource.getrusage(who)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    with open(sys.argv[1], "rb") as file:
        found = list(islice(file, int(sys.argv[2]) if len(sys.argv) > 2 else None))
    print("\n".join(measure(found)))
