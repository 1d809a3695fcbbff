"""Stories and statements scored against links by hand."""

from pathlib import Path

import msgspec
import pytest

from eval import __main__ as gates
from eval import floors, lineage

HERE = Path(gates.__file__).parent
ONE = """Bendungan Way Lirung Jebol

"Sebanyak 340 rumah warga terendam," kata Bupati Halimah Tanjungsari.

"Kami akan menggugat pengelola bendungan," ujar Halimah."""
OTHER = """Bupati: 340 Rumah Warga Terendam akibat Bendungan Way Lirung Jebol

"Sebanyak 340 rumah warga terendam," kata Bupati Halimah Tanjungsari."""
SAID = "Sebanyak 340 rumah warga terendam"


def story(second: str) -> lineage.Story:
    """Two articles; a reader takes ``second`` in the other one for the same statement."""
    renditions = [
        lineage.Rendition("a", (SAID,), "direct", "reference"),
        lineage.Rendition("b", (second,), "direct", "verbatim"),
    ]
    alone = lineage.Rendition("a", ("Kami akan menggugat pengelola bendungan",), "direct", "reference")
    return lineage.Story(
        "s",
        (
            lineage.Article("a", ONE, date="2025-03-04", outlet="Nusalini"),
            lineage.Article("b", OTHER, date="2025-03-04", outlet="kabarTala"),
        ),
        (
            lineage.Statement("Halimah Tanjungsari", tuple(renditions)),
            lineage.Statement("Halimah Tanjungsari", (alone,)),
        ),
    )


def test_what_is_linked_as_a_reader_does_counts() -> None:
    found = lineage.figures([story(SAID)])
    assert found["stories_f1"] == found["links_f1"] == found["links_p"] == 1.0
    assert found["relation"] == found["speaker"] == found["hard_negatives"] == 1.0


def test_what_is_not_found_lowers_the_links() -> None:
    found = lineage.figures([story("Bendungan Way Lirung Jebol")])
    assert found["links_f1"] == 0.0
    assert found["links_p"] == 1.0


def test_the_samples_name_words_that_their_articles_have() -> None:
    _, stories = lineage.read(HERE / "linked" / "samples.json", HERE / "gold" / "samples.jsonl")
    for one in stories:
        texts = {article.id: article.text for article in one.articles}
        for statement in one.statements:
            for rendition in statement.renditions:
                assert all(words in texts[rendition.article] for words in rendition.content)


def test_a_folder_has_a_file_a_story(tmp_path: Path) -> None:
    (tmp_path / "s01.json").write_bytes(msgspec.json.encode(story(SAID)))
    fingerprint, stories = lineage.read(tmp_path, tmp_path)
    assert stories == [story(SAID)]
    assert len(fingerprint) == 64


def test_floors_of_links_are_pinned_a_little_lower(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gates, "HERE", tmp_path)
    gates._pin([gates.Held("x", "f", {"links_f1": 0.67}, gates.SLACK)], lower=False)
    assert floors.read(tmp_path / "floors.toml")["x"].figures == {"links_f1": 0.65}
