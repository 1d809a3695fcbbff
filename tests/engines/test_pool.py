"""A worker that dies or hangs costs the page that did it, and nothing else."""

import multiprocessing
import os
import signal
import time
from collections.abc import Callable, Iterator, Mapping

import pytest

from kutip.engines.pool import Limits, Lost, Pool

Unit = list[str]


class Acting:
    """Does with a page what its word says."""

    def do(self, unit: Unit, mark: Callable[[int], None], lost: Mapping[int, Lost]) -> Unit:
        done = []
        for number, word in enumerate(unit):
            mark(number)
            if number in lost and word != "insist":
                done.append(f"{word}: {lost[number].reason}")
                continue
            if word in ("die", "insist"):
                os.kill(os.getpid(), signal.SIGSEGV)
            elif word == "leave":
                os._exit(7)
            elif word == "hang":
                while True:
                    pass
            elif word == "sleep":
                time.sleep(600)
            elif word == "wait":
                time.sleep(0.3)
            elif word == "grow":
                try:
                    bytearray(2**30)
                except MemoryError:
                    word = "no room"
            elif word == "fail":
                raise ValueError("a fault of the program")
            elif word == "fill":
                raise OSError(28, "No space left on device", "a file")
            done.append(word.upper())
        return done


def run(units: list[Unit], jobs: int = 2, seconds: float = 1.0) -> list[str]:
    pool = Pool(Acting(), jobs, Limits(seconds, 2**29))
    return [word for _, result in pool.run(units) for word in result]


@pytest.mark.parametrize("place", [0, 1, 2])
@pytest.mark.parametrize(("word", "reason"), [("die", "crashed"), ("leave", "crashed"), ("hang", "timeout")])
def test_only_the_page_to_blame_is_lost(word: str, reason: str, place: int) -> None:
    unit = ["a", "b"]
    unit.insert(place, word)
    expected = ["A", "B"]
    expected.insert(place, f"{word}: {reason}")
    assert run([["x"], unit, ["y"]]) == ["X", *expected, "Y"]


def test_one_after_the_other() -> None:
    words = ["die", "a", "hang", "die", "b", "leave"]
    lost = {"die": "crashed", "leave": "crashed", "hang": "timeout"}
    assert run([words], jobs=1) == [f"{w}: {lost[w]}" if w in lost else w.upper() for w in words]


def test_a_page_that_only_waits_is_given_up_later() -> None:
    assert run([["a", "sleep", "wait"]], seconds=0.2) == ["A", "sleep: timeout", "WAIT"]


def test_memory_is_bounded() -> None:
    assert run([["a", "grow"]]) == ["A", "NO ROOM"]


def test_a_unit_may_take_longer_than_a_page() -> None:
    assert run([["wait"] * 4], seconds=0.2) == ["WAIT"] * 4


def test_units_are_taken_as_results_are_and_workers_end_with_them() -> None:
    taken = 0

    def units() -> Iterator[Unit]:
        nonlocal taken
        for _ in range(1000):
            taken += 1
            yield ["a"]

    results = Pool(Acting(), 2).run(units())
    next(results)
    assert taken <= 6
    results.close()  # type: ignore[attr-defined]
    assert not [p for p in multiprocessing.active_children() if p.is_alive()]


def test_what_is_no_fault_of_a_page_ends_the_run() -> None:
    with pytest.raises(OSError, match="No space left on device: 'a file'"):
        run([["a"], ["b", "fill"]])
    with pytest.raises(RuntimeError, match="beside a page"):
        run([["a", "insist"]])


def test_a_worker_that_cannot_begin_ends_the_run() -> None:
    class Local(Acting):
        """Cannot be found by another process."""

    with pytest.raises(Exception, match="Local"):
        list(Pool(Local(), 1).run([["a"]]))
