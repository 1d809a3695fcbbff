"""Stories beside other methods: what is measured here without them."""

import json
from pathlib import Path

from bench.story_peers import measure, read, report
from tests.flow.articles_to_stories.making import DAM, DAM_AGAIN, HARBOUR


def test_kutip_is_measured_and_a_near_miss_is_a_story_of_its_own(tmp_path: Path) -> None:
    texts = {"a": DAM, "b": DAM_AGAIN, "c": HARBOUR}
    rows = [
        {"id": id_, "lang": "id", "date": "2025-03-05", "title": text.split("\n")[0], "text": text}
        for id_, text in texts.items()
    ]
    story = {"id": "s1", "articles": rows[:2], "near_misses": rows[2:]}
    (tmp_path / "s1.json").write_text(json.dumps(story), encoding="utf-8")
    assert [row["story"] for row in read(tmp_path)] == ["s1", "s1", "c"]
    kutip = next(iter(measure(read(tmp_path))))
    assert kutip.method == "kutip"
    assert kutip.f1 == 1
    assert "3 articles of 2 stories" in report([tmp_path, tmp_path / "absent"])
