"""The figures are those of the reference scorer, on the shared gold files with disturbed predictions."""

import importlib.util
import json
import os
import random
from pathlib import Path
from typing import Any

import pytest

from kutip.measure import Marked, Options, compare, score

SHARED = Path(os.environ.get("KUTIP_SHARED", Path(__file__).parents[3] / "shared"))
GOLD = SHARED / "gold"
FILES = ("id-seeds", "id-dev", "id-pfsa-dev", "en-polnear-dev")
needs_gold = pytest.mark.skipif(
    not (GOLD / "score.py").is_file(),
    reason=f"no reference scorer at {GOLD / 'score.py'} (set KUTIP_SHARED to the folder that holds gold/)",
)
Row = dict[str, Any]


def reference() -> Any:
    spec = importlib.util.spec_from_file_location("reference_scorer", GOLD / "score.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def disturbed(rows: list[Row], chance: random.Random) -> dict[str, Row]:
    """Predictions made from the gold: some dropped, moved, split, doubled, renamed, without cue or date."""
    out: dict[str, Row] = {}
    for row in rows:
        made = []
        for attribution in row["attributions"]:
            what = chance.randrange(9)
            changed = json.loads(json.dumps(attribution))
            if what == 0:
                continue
            if what == 1:
                changed["content"][0]["start"] = max(0, changed["content"][0]["start"] - chance.randrange(60))
            if what == 2:
                changed["content"][-1]["end"] += chance.randrange(200)
            if what == 3:
                changed["speaker"] = chance.choice(
                    [None, "Budi", (attribution.get("speaker") or "A").split()[0]]
                )
                changed["source"] = None
            if what == 4:
                changed |= {
                    "cue": None,
                    "said_on": None,
                    "via": ["Antara"],
                    "to": "wartawan",
                    "kind": "mixed",
                }
            if what == 5:
                made.append(json.loads(json.dumps(changed)))
            made.append(changed)
        out[row["id"]] = {"id": row["id"], "attributions": made}
    return out


@needs_gold
@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("pieces", [False, True])
@pytest.mark.parametrize("kinds", [frozenset[str](), frozenset({"direct"})])
def test_same_figures(name: str, pieces: bool, kinds: frozenset[str]) -> None:
    rows = [json.loads(line) for line in (GOLD / f"{name}.jsonl").read_text("utf-8").splitlines()]
    predicted = disturbed(rows, random.Random(name))
    expected, missed, spurious = reference().score(rows, predicted, kinds or None, pieces)
    options = Options(kinds=kinds, pieces=pieces)
    compared = [
        compare(
            row["id"],
            row["text"],
            options.keep([Marked.of(a) for a in row["attributions"]]),
            options.keep([Marked.of(a) for a in predicted[row["id"]]["attributions"]]),
        )
        for row in rows
    ]
    figures = score(compared).plain()
    assert expected["gold"] > 0
    assert {key: figures[key] for key in expected if key != "missing_docs"} == {
        key: value for key, value in expected.items() if key != "missing_docs"
    }
    assert sum(len(c.alone_gold) + sum(not p.close for p in c.pairs) for c in compared) == len(missed)
    assert sum(len(c.alone_predicted) + sum(not p.close for p in c.pairs) for c in compared) == len(spurious)
