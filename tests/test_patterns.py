"""No regular expression of the program or of a pack can be made to take more than linear time.

Each is given long strings of its own alphabet: characters, pairs, matches and near matches, again and again. What
counts is by how much the cost grows where a string is twice as long (2 is linear, 4 quadratic), in CPU time, and the
bound lies far from both. Frames are asked within one sentence, which has a longest length: their cost there is bounded.
"""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from kutip.flow.article_to_attributions.match import LONGEST
from kutip.flow.page_to_article import scan
from kutip.languages import available

ROOT = Path(__file__).parents[1]
TOO_MUCH = 3.0  # growth
TOO_LONG = 0.25  # CPU seconds of a frame for a sentence: some ten times the slowest
# Not linear where it may begin anywhere; it is asked at a bounded number of places of a page.
FEW = {scan._REST.pattern}


def measured(size: int, strings: int) -> list[dict[str, Any]]:
    """What the patterns cost, measured in a process that has not compiled any of them yet."""
    command = [sys.executable, "-m", "tests.patterns", str(size), str(strings), str(LONGEST)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    # Patterns that read the patterns of a pack meet no text from outside.
    met = [line for line in lines if line["where"] or not line["file"].endswith("lexicon.py")]
    return [line for line in met if line["pattern"] not in FEW]


def check(lines: list[dict[str, Any]]) -> None:
    slow = [line for line in lines if (line["growth"] or 0) > TOO_MUCH or line["cost"] > TOO_LONG]
    told = [
        f"{m['file']} {m['where']}: {m['pattern'][:200]!r} on {m['pump']!r}: {m['growth']}, {m['cost']} s"
        for m in slow
    ]
    assert not told, "\n".join(told)


def test_every_pattern_takes_linear_time() -> None:
    lines = measured(1024, 2)
    check(lines)
    places = {line["where"] for line in lines}
    assert sum(place.startswith("frame ") for place in places) >= 10 * len(available())
    assert any(place.startswith("satellite ") for place in places)
    assert {"flow/page_to_article/furniture.py", "text/date_scan.py"} <= {line["file"] for line in lines}


@pytest.mark.soak
def test_every_pattern_takes_linear_time_on_many_strings() -> None:
    lines = measured(8192, 30)
    print(f"{len(lines)} patterns, the slowest {max(line['cost'] for line in lines):.3f} s")
    check(lines)


def test_a_pattern_that_goes_back_and_forth_is_found() -> None:
    import re

    from tests.patterns import growth, worst

    for pattern in (r"[.?!]+\s+(?=[A-Z])", r"(?:a|b)+c", r"\w+@"):
        regex = re.compile(pattern)
        spent, length, pump = worst(regex, 1024, 2, True)
        assert spent > 0.001
        assert growth(regex, pump, length) > TOO_MUCH
