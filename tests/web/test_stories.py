"""Pages of stories and statements: which appear once there are some."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from kutip.apps.web.stories import StatementPage, story_page
from kutip.model import Dated
from kutip.store import Record
from tests.hostile import WORDS
from tests.store.making import ingest, processed, quotation
from tests.web.serving import Client, served
from tests.web.test_hostile import check

FIRST = "Judul satu\n\n“Air turun dua meter sejak Senin,” kata Tari Lembayung."
SECOND = "Judul dua\n\n“Air turun tiga meter sejak Senin,” kata Tari Lembayung."
THIRD = "Judul tiga\n\nAir di bendungan turun dua meter."


def derive(path: Path, words: str) -> None:
    """A story of all articles with one statement, as the store keeps them."""
    db = sqlite3.connect(path)
    for table in ("pending", "renditions", "statements", "story_articles", "stories"):
        db.execute(f"DELETE FROM {table}")
    db.execute(
        "INSERT INTO stories VALUES (1, 's1story', ?, '2025-02-26', '2025-02-27', 3, 1, 2, 1)", [words]
    )
    keys = [key for (key,) in db.execute("SELECT key FROM articles ORDER BY key")]
    for position, key in enumerate(keys):
        db.execute(
            "INSERT INTO story_articles VALUES (?, 1, ?, ?)",
            [key, position, keys[0] if position == 2 else None],
        )
    db.execute("INSERT INTO statements VALUES (1, 's1statement', 1, ?, 3, 3)", [words])
    said = dict(db.execute("SELECT article, key FROM attributions").fetchall())
    changed = [{"kind": "number", "before": "dua", "after": "tiga"}]
    told = [
        ("reference", "Air turun dua meter sejak Senin", [], 12),
        ("changed", "Air turun tiga meter sejak Senin", changed, 12),
        ("unattributed", words, [], 13),
    ]
    for at, (relation, content, changes, start) in enumerate(told):
        spans = f"[[{start},{start + len(content)}]]"
        row = (at + 1, f"r{at}", 1, at, keys[at], said.get(keys[at]), None if at == 2 else words)
        more = ("narration" if at == 2 else "direct", content, spans, relation)
        values = [*row, *more, msgspec.json.encode(changes).decode(), 0.9, "{}"]
        db.execute(f"INSERT INTO renditions VALUES ({', '.join('?' * len(values))})", values)
    db.commit()
    db.close()


def make(path: Path, words: str) -> None:
    first = quotation(FIRST, "Air turun dua meter sejak Senin", via=("Kantor Berita", "Warta Dua"))
    second = quotation(SECOND, "Air turun tiga meter sejak Senin", via=())
    with Record.open(str(path), "write") as record:
        later = Dated("2025-02-27", "day", "", "text")
        ingest(
            record,
            processed(FIRST, first, outlet="Warta Satu", name="1"),
            processed(SECOND, second, outlet="Warta Dua", name="2", published=later),
            processed(THIRD, outlet="Warta Dua", name="3", published=later),
        )
    derive(path, words)


@pytest.fixture(scope="module")
def linked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    pytest.importorskip("uvicorn")
    from kutip.apps.web.server import Options, application

    path = tmp_path_factory.mktemp("linked") / "record.db"
    make(path, "Tari Lembayung")
    with served(application(str(path), Options("0"))) as client:
        yield client


def test_the_front_leads_to_stories_and_to_what_changed(linked: Client) -> None:
    front = linked.get("/index.json").json
    assert [s["id"] for s in front["stories"]] == ["s1story"]
    assert [r["relation"] for r in (*front["altered"], *front["lost"])] == ["changed", "unattributed"]
    html = linked.get("/index.html", Accept_Language="en").text
    assert 'href="story/s1story.html"' in html
    assert 'href="stories.html"' in html
    assert "Lost its attribution" in check(html)


def test_a_story_shows_outlets_against_statements(linked: Client) -> None:
    page = linked.get("/story/s1story.json").json
    assert page["outlets"] == ["Warta Satu", "Warta Dua"]
    (row,) = page["matrix"]
    assert [cell["relation"] for cell in row["cells"]] == ["reference", "changed"]
    assert [told["said_on"] for told in page["timeline"]] == ["2025-02-25"]
    html = check(linked.get("/story/s1story.html", Accept_Language="en").text)
    assert "How outlets tell it" in html
    assert "In one outlet only" not in html


def test_it_tells_who_has_it_from_whom_and_which_hop_is_missing(linked: Client) -> None:
    page = linked.get("/story/s1story.json").json
    assert page["chains"] == [{"outlet": "Warta Satu", "via": ["Kantor Berita", "Warta Dua"], "count": 1}]
    assert page["missing"] == ["Kantor Berita"]


def test_copies_are_folded_under_their_original(linked: Client) -> None:
    page = linked.get("/story/s1story.json").json
    assert [len(original["copies"]) for original in page["originals"]] == [1, 0]


def test_a_statement_is_aligned_word_by_word(linked: Client) -> None:
    page = linked.get("/statement/s1statement.json").json
    second = page["renditions"][1]
    assert [(part["kind"], part["text"]) for part in second["parts"] if part["kind"] != "same"] == [
        ("left", "dua"),
        ("added", "tiga"),
    ]
    assert second["told"]["changes"] == [{"kind": "number", "before": "dua", "after": "tiga"}]
    assert second["words"] == "Air turun tiga meter sejak Senin"
    assert page["first"]["outlet"] == "Warta Satu"
    html = linked.get("/statement/s1statement.html").text
    assert "<del>dua</del><ins>tiga</ins>" in html
    check(html)


def test_a_citation_carries_the_hash_of_the_text(linked: Client) -> None:
    page = linked.get("/statement/s1statement.json").json
    article = linked.get(f"/article/{page['first']['article']}.json").json
    for cited in (page["citation"], page["bibtex"]):
        assert article["sha256"] in cited
        assert "Tari Lembayung" in cited
    assert page["bibtex"].startswith("@misc{s1statement,")
    assert page["bibtex"].count("{") == page["bibtex"].count("}")


def test_an_article_leads_to_its_story_and_a_mark_to_its_statement(linked: Client) -> None:
    page = linked.get("/statement/s1statement.json").json
    html = linked.get(f"/article/{page['first']['article']}.html").text
    assert 'href="../story/s1story.html"' in html
    assert 'href="../statement/s1statement.html"' in html


def test_a_statement_tells_its_story_and_the_missing_hop(linked: Client) -> None:
    page = linked.get("/statement/s1statement.json").json
    assert (page["statement"]["headline"], page["missing"]) == ("Tari Lembayung", ["Kantor Berita"])
    html = linked.get("/statement/s1statement.html").text
    assert '<bdi class="missing">Kantor Berita</bdi>' in html


@pytest.mark.parametrize("address", ["/story/none.json", "/statement/none.json", "/story/none.html"])
def test_what_is_not_there(linked: Client, address: str) -> None:
    assert linked.get(address).status == 404


@pytest.mark.parametrize("name", WORDS)
def test_hostile_words_stay_words(tmp_path: Path, name: str) -> None:
    from kutip.apps.web.documents import Documents, json
    from kutip.apps.web.source import Source
    from kutip.views.web.page import Kind

    make(tmp_path / "record.db", WORDS[name])
    source = Source(str(tmp_path / "record.db"))
    documents = Documents(Kind(False, True, "0", stories=True), "en", source.summary().speakers)
    story, statement = source.story("s1story"), source.statement("s1statement", with_text=True)
    assert story == story_page(source.view.story("s1story"))
    for path, page in (("story/s1story.html", story), ("statement/s1statement.html", statement)):
        check(documents.html(path, page))
        assert json(page)
    check(documents.html("index.html", source.front()))
    assert isinstance(statement, StatementPage)
    source.close()


def test_without_stories_no_page_leads_to_them(tmp_path: Path) -> None:
    from kutip.apps.web.server import Options, application

    path = tmp_path / "record.db"
    make(path, "x")
    db = sqlite3.connect(path)
    for table in ("renditions", "statements", "story_articles", "stories"):
        db.execute(f"DELETE FROM {table}")
    db.commit()
    db.close()
    with served(application(str(path), Options("0"))) as client:
        assert "stories.html" not in client.get("/index.html").text
