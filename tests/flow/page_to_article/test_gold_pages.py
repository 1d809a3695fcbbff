"""Main text on pages whose body was marked by hand: floors on the half of the set that is at hand.

The measure is that of the Scrapinghub article extraction benchmark: precision and recall over the multiset of
shingles of four words, averaged over pages, and F1 of the two means.
"""

import gzip
import json
import os
import re
from collections import Counter
from pathlib import Path

import pytest

from kutip.flow.page_to_article.body import body_of
from kutip.flow.page_to_article.draft import Reading
from kutip.flow.pipeline import read_page
from kutip.model import Article, Page

PAGES = Path(os.environ.get("KUTIP_SHARED", Path(__file__).parents[4] / "shared")) / "pages"
FLOORS = {False: {"en": 0.97, "id": 0.975}, True: {"en": 0.96, "id": 0.965}}


def shingles(text: str) -> Counter[tuple[str, ...]]:
    words = re.findall(r"\w+", text)
    if not words:
        return Counter()
    return Counter(tuple(words[i : i + 4]) for i in range(max(1, len(words) - 3)))


def f1(rows: list[dict[str, str]], fast: bool) -> float:
    precision = recall = 0.0
    for row in rows:
        content = gzip.decompress((PAGES / row["file"]).read_bytes())
        found = read_page(Page(row["file"], content, "text/html"), Reading(fast))
        got, gold = (
            shingles(body_of(found)) if isinstance(found, Article) else Counter(),
            shingles(row["body"]),
        )
        both = (got & gold).total()
        precision += both / got.total() if got else 0.0
        recall += both / gold.total() if gold else 0.0
    return 2 * precision * recall / (precision + recall) / len(rows)


@pytest.mark.parametrize("fast", [False, True])
def test_floors(fast: bool) -> None:
    if not (PAGES / "gold.jsonl").exists():
        pytest.skip(f"no {PAGES}/gold.jsonl (set KUTIP_SHARED to the folder that holds pages/)")
    if fast:
        pytest.importorskip("resiliparse", reason="needs kutip[bulk]")
    gold = [json.loads(line) for line in (PAGES / "gold.jsonl").read_text(encoding="utf-8").splitlines()]
    found = {lang: f1([row for row in gold if row["lang"] == lang], fast) for lang in FLOORS[fast]}
    assert all(found[lang] >= floor for lang, floor in FLOORS[fast].items()), found
