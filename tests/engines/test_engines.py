"""Every engine gives the same results in the same order, and holds few pages at a time."""

from collections.abc import Iterator

import pytest

from kutip.engines import Engine, engine
from kutip.flow.pipeline import process
from kutip.model import Page

SENTENCE = "Wali kota itu mengatakan bahwa jembatan nomor {} yang rusak akan diperbaiki pada tahun ini juga."
PAGES = [
    *(Page(f"{n}.txt", SENTENCE.format(n).encode(), "text/plain") for n in range(40)),
    Page("empty.txt", b"", "text/plain"),
    Page("image.html", b"\x89PNG\r\n", "text/html"),
    Page(
        "last.txt",
        b"Mayor Ann Lee said that the bridge will be repaired.",
        "text/plain",
        "https://x.example/",
    ),
]


@pytest.mark.parametrize("jobs", [1, 2])
def test_results_are_those_of_the_flow_in_the_order_of_the_pages(jobs: int) -> None:
    assert list(engine(jobs)(PAGES)) == [process(page) for page in PAGES]


@pytest.mark.parametrize("jobs", [1, 2])
def test_no_pages_no_results(jobs: int) -> None:
    assert list(engine(jobs)([])) == []


def test_pages_are_taken_as_results_are() -> None:
    taken = 0

    def pages() -> Iterator[Page]:
        nonlocal taken
        for _ in range(1000):
            taken += 1
            yield PAGES[0]

    run: Engine = engine(2)
    results = run(pages())
    next(results)
    assert taken < 100
    results.close()  # type: ignore[attr-defined]


def test_an_error_of_the_source_comes_through() -> None:
    def pages() -> Iterator[Page]:
        yield PAGES[0]
        raise OSError("the disk is gone")

    for jobs in (1, 2):
        with pytest.raises(OSError, match="the disk is gone"):
            list(engine(jobs)(pages()))
