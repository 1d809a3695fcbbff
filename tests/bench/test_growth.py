"""The arithmetic of the growth tables, and that a peer's count reaches the table."""

import math
import sys

import pytest

from bench import attribute, growth
from bench.articles import repeated, rows


@pytest.mark.parametrize("power", [0.5, 1.0, 2.0])
def test_exponent_is_the_power(power: float) -> None:
    sizes = (1_000, 10_000, 100_000, 1_000_000)
    seconds = [3e-7 * size**power for size in sizes]
    assert growth.exponent(sizes, seconds) == pytest.approx(power)
    assert growth.exponent(sizes, seconds[:3]) == pytest.approx(power)


def test_exponent_of_one_point_is_unknown() -> None:
    assert math.isnan(growth.exponent((1_000, 10_000), [0.1, 0.2]))


def test_sizes_that_were_not_measured_are_dashes() -> None:
    line = growth.table([growth.Growth("x", (1, 2, 3), (0.5, 2.0), 1.0)], "text")[-1]
    assert line == "| x | 0.5000 | 2.00 | - | 1.00 |"


def test_a_process_is_counted() -> None:
    cost = attribute.run((sys.executable, "-c", "import sys; print(len(sys.stdin.read()))"), [{"id": "a"}])
    assert cost.output == b"12\n"
    assert cost.cpu > 0
    assert cost.peak > 1
    with pytest.raises(RuntimeError, match="ended with 3"):
        attribute.run((sys.executable, "-c", "import sys; sys.exit(3)"), [])


@pytest.mark.parametrize("language", ["Indonesian", "English"])
def test_articles_are_there_without_shared_ones(language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bench.articles.SETS", {"Indonesian": "none", "English": "none"})
    name, found = rows(language)
    assert name == "samples"
    assert len(found) > 1
    more = repeated(found, 2 * len(found) + 1)
    assert len({row["id"] for row in more}) == len(more)
