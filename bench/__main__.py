"""Runs all measurements and writes them as a page. Run: ``python -m bench``, or ``make bench``."""

import argparse
import os
import platform
import sys
from collections.abc import Sequence
from pathlib import Path

from bench import attribute, growth, peers, story_peers
from bench.articles import SHARED

PAGE = Path(__file__).parents[1] / "docs" / "performance.md"
_TEXT = """# Speed, memory, growth

Written by `make bench`; do not edit. {machine}

## Articles per CPU second

Each system is a process of its own, measured as a whole by the operating system; the systems took turns,
{rounds} rounds in one run, medians are shown. CPU seconds count all threads. Start-up is the same command on
no article and is left out of the rate. Kutip runs in one process. {peers}

{systems}

## Growth with the length of a text

CPU seconds by number of characters; a dash stands where the size before took over {limit} s. The exponent is
the slope of log time over log length from 10,000 characters on: 1 is linear.

{lengths}

Texts made to hurt:

{hostile}

## Growth with the number of cues

CPU seconds for the Indonesian articles with a pack that holds more and more invented cue words; preparing a
pack, once a process, is not counted.

{cues}

## Stories beside other methods

B-cubed F1 against stories put together by hand, and CPU milliseconds an article from its text to its story. Kutip is
as it ships; of the others the best of several settings, tried on these articles, is shown.

{stories}
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Measures, prints the page and writes it."""
    parser = argparse.ArgumentParser(prog="python -m bench", description="Speed, memory, growth.")
    parser.add_argument("--articles", type=int, default=5_000, help="Indonesian articles for kutip")
    parser.add_argument("--page", type=Path, default=PAGE, help="page to write")
    given = parser.parse_args(arguments)
    page = _TEXT.format(
        machine=_machine(),
        rounds=attribute.ROUNDS,
        peers=_peers(),
        systems="\n".join(attribute.table(attribute.measure(given.articles))),
        lengths="\n".join(growth.table(growth.texts(), "text")),
        hostile="\n".join(growth.table(growth.hostile(), "text")),
        limit=growth.LIMIT,
        cues="\n".join(growth.table([growth.cues()], "pack")),
        stories=story_peers.report(
            [SHARED / "gold" / name for name in ("en-stories-dev.jsonl", "trace-dev")]
        ),
    )
    given.page.write_text(page, encoding="utf-8")
    print(page)
    return 0


def _machine() -> str:
    names = [line.split(":", 1)[1].strip() for line in _cpuinfo() if line.startswith("model name")]
    name = names[0] if names else platform.processor() or platform.machine()
    return f"Machine: {name}, {os.cpu_count()} cores, Python {platform.python_version()}."


def _cpuinfo() -> list[str]:
    path = Path("/proc/cpuinfo")
    return path.read_text().splitlines() if path.is_file() else []


def _peers() -> str:
    found = peers.installed()
    missing = sorted(set(peers.FUNCTIONS) - set(found))
    told = "The peers run spaCy's small English model and find direct quotations only." if found else ""
    return f"{told} Not installed, so not measured: {', '.join(missing)}.".strip() if missing else told


if __name__ == "__main__":
    sys.exit(main())
