"""kutip link: lines in, stories and statements out."""

import json

from tests.apps.cli.test_processes import kutip
from tests.flow.articles_to_stories.making import DAM, DAM_AGAIN, DAM_BLAME

ROWS = [
    {"id": "a", "text": DAM, "published": "2025-03-04", "outlet": "Kabartala"},
    {"id": 7, "text": DAM_AGAIN, "published": "2025-03-04", "title": DAM_AGAIN.split("\n")[0]},
    {"id": "c", "text": DAM_BLAME, "published": "2025-03-05"},
]


def lines(*rows: object) -> bytes:
    return "\n".join(json.dumps(row, ensure_ascii=False) for row in rows).encode()


def test_stories_and_statements() -> None:
    done = kutip("link", given=lines(*ROWS))
    assert done.returncode == 0, done.stderr
    linked = json.loads(done.stdout)
    assert {frozenset(story) for story in linked["stories"]} == {frozenset(("a", 7)), frozenset("c")}
    texts = {row["id"]: str(row["text"]) for row in ROWS}
    for statement in linked["statements"]:
        assert [r["relation"] for r in statement["renditions"]].count("reference") == 1
        for rendition in statement["renditions"]:
            text = texts[rendition["article"]]
            assert all(text[c["start"] : c["end"]].strip() for c in rendition["content"])


def test_rows_that_cannot_be_used_are_told_and_the_others_linked() -> None:
    given = lines(*ROWS, {"text": "no id"}, ROWS[0], {"id": "x", "text": "y", "lang": "xx"}, [1])
    done = kutip("link", given=given)
    assert done.returncode == 1
    told = done.stderr
    assert "has no id" in told
    assert "given before" in told
    assert "no language pack" in told
    assert "bad-json" in told
    assert sum(map(len, json.loads(done.stdout)["stories"])) == len(ROWS)


def test_nothing_gives_nothing() -> None:
    done = kutip("link", given=b"")
    assert json.loads(done.stdout) == {"stories": [], "statements": []}
