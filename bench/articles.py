"""The articles that are measured: annotated sets where they are at hand, else the samples of this project."""

import json
import os
from itertools import cycle, islice
from pathlib import Path

import kutip

ROOT = Path(__file__).parents[1]
SHARED = Path(os.environ.get("KUTIP_SHARED") or ROOT.parent / "shared")
SETS = {"Indonesian": "id-dev", "English": "en-polnear-dev"}


def rows(language: str) -> tuple[str, list[dict[str, str]]]:
    """The name of the set, and its articles as rows for ``kutip attribute``."""
    path = SHARED / "gold" / f"{SETS[language]}.jsonl"
    if path.is_file():
        keys = ("id", "text", "lang", "published")
        decoded = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        return path.stem, [{key: row[key] for key in keys if row.get(key)} for row in decoded]
    articles = [kutip.read(file.read_bytes()) for file in sorted((ROOT / "samples").rglob("*.txt"))]
    named = {a.lang: a.lang for a in articles if a.lang}
    code = next(code for code in named if language in kutip.languages.load(code).language.name)
    return "samples", [{"id": a.id, "text": a.text, "lang": code} for a in articles if a.lang == code]


def repeated(articles: list[dict[str, str]], number: int) -> list[dict[str, str]]:
    """``number`` rows, going round the articles, each with an id of its own."""
    return [{**row, "id": f"{row['id']}-{n}"} for n, row in enumerate(islice(cycle(articles), number))]
