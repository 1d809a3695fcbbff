"""Stories of many shards: the same bytes by every engine, after every interruption."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

pytest.importorskip("pyarrow", reason="the extra parquet is not installed")
from pyarrow import parquet

from kutip.engines import bulk
from kutip.engines.grouping import Blocks, Features, Grouped, group
from kutip.engines.pieces import NOTHING_LOST, Pieces, R
from kutip.engines.pool import Lost
from kutip.flow.pipeline import Processed, process
from kutip.model import Page, Rejection

SHARDS = 4
DAM = (
    "Bendungan Way Lirung jebol pada {} dini hari dan merendam 340 rumah warga Sumberjati. Bupati Halimah "
    "Tanjungsari mengatakan seluruh warga sudah dipindahkan ke balai desa. Tidak ada korban jiwa, tetapi banyak "
    "rumah terendam, kata Halimah."
)
OTHER = (
    "Wali kota {} mengatakan bahwa jembatan {} yang rusak di kota itu akan diperbaiki pada tahun ini juga."
)
FRENCH = "Le maire de la ville a annoncé que le vieux pont serait réparé avant la fin de l’année."
NAMES = ("Sekar", "Bayu", "Galih", "Wulan", "Panji", "Laras", "Surya", "Damar", "Ratih", "Tari")


def results(number: int) -> Iterator[Processed | Rejection]:
    """Of a shard: articles of several months, one event in all shards, one in a language without a pack."""
    yield Rejection(f"{number}", "bad-warc", "damaged")
    texts = [("2025-01-30", DAM.format("Kamis")), ("2025-02-01", DAM.format("Kamis"))]
    texts += [(f"2025-{n % 9 + 1:02}-10", OTHER.format(name, NAMES[n - 3])) for n, name in enumerate(NAMES)]
    texts += [
        ("", OTHER.format("Pagi", "Lama")),
        (
            "2025-02-02",
            "Le maire de la ville a annoncé que le vieux pont serait réparé avant la fin de l’année.",
        ),
    ]
    for n, (day, text) in enumerate(texts):
        row = f'{{"text": "{text}", "id": "{number}-{n}", "published": "{day}"}}'
        yield process(Page(f"{number}-{n}", row.encode(), "application/json"))


def grouped(
    folder: Path, engine: bulk.Engine, note: Callable[[str, int, int], None] | None = None
) -> Grouped:
    folder.mkdir(exist_ok=True)
    return group(folder, results, SHARDS, engine, note or (lambda what, done, of: None))


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    folder = tmp_path_factory.mktemp("whole")
    grouped(folder, bulk.inline_engine())
    return (folder / "stories.parquet").read_bytes()


def test_each_article_is_in_one_story(tmp_path: Path) -> None:
    found = grouped(tmp_path, bulk.inline_engine())
    rows = parquet.read_table(tmp_path / "stories.parquet").to_pylist()
    articles = {
        r.article.id for n in range(SHARDS) for r in results(n) if isinstance(r, Processed) and r.article
    }
    assert sorted(row["article"] for row in rows) == sorted(articles)
    assert found.articles == len(articles) == 14 * SHARDS
    assert found.stories == len({row["story"] for row in rows})
    assert found.alone == SHARDS
    dam = [row for row in rows if (row["since"], row["until"]) == ("2025-01-30", "2025-02-01")]
    assert len(dam) == 2 * SHARDS
    assert sum(row["copy_of"] is not None for row in dam) == 2 * SHARDS - 1
    assert [row["position"] for row in dam] == list(range(2 * SHARDS))
    assert list(tmp_path.iterdir()) == [tmp_path / "stories.parquet"]


def test_every_engine_writes_the_same(whole: bytes, tmp_path: Path) -> None:
    grouped(tmp_path, bulk.processes_engine(2))
    assert (tmp_path / "stories.parquet").read_bytes() == whole


def test_the_same_however_often_it_is_interrupted(whole: bytes, tmp_path: Path) -> None:
    made: list[tuple[str, int]] = []

    def interrupted(what: str, done: int, of: int) -> None:
        if (what, done) not in made:
            made.append((what, done))
            raise InterruptedError

    for _ in range(100):
        try:
            grouped(tmp_path, bulk.inline_engine(), interrupted)
            break
        except InterruptedError:
            continue
    assert len(made) > 2 * SHARDS
    assert (tmp_path / "stories.parquet").read_bytes() == whole


@pytest.mark.parametrize("kind", [Features, Blocks])
def test_an_article_that_ends_its_process_is_a_story_of_its_own(kind: type, tmp_path: Path) -> None:
    def engine(pieces: Pieces[R], numbers: Sequence[int]) -> Iterator[R]:
        lost = {1: Lost("crashed", "")} if isinstance(pieces, kind) else NOTHING_LOST
        return (pieces.make(number, lost=lost) for number in numbers)

    found = grouped(tmp_path, engine)
    assert found.articles == 14 * SHARDS
    assert found.alone > SHARDS


def test_what_another_version_left_is_not_used(whole: bytes, tmp_path: Path) -> None:
    left = tmp_path / ".stories" / "0.0" / "features"
    left.mkdir(parents=True)
    (left / "00000.json").write_text('{"days": {}}')
    grouped(tmp_path, bulk.inline_engine())
    assert (tmp_path / "stories.parquet").read_bytes() == whole
    assert list(tmp_path.iterdir()) == [tmp_path / "stories.parquet"]
