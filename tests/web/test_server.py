"""The server as programs see it: addresses, headers, errors, paging, filters, streams."""

import csv
import io
import json
import sqlite3
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import pytest

from kutip.apps.web.ask import question
from kutip.apps.web.guard import HEADERS, RateLimit
from kutip.apps.web.source import Source
from kutip.store import Record, SaidQuery
from kutip.views.web.page import stamp
from tests.web.serving import Client, fill, served

PAGES = (
    "/",
    "/index.html",
    "/search.html",
    "/search.html?about=kapal",
    "/speakers.html",
    "/coverage.html",
    "/stories.html",
)
DATA = {
    "/index.json": "application/json",
    "/search.json": "application/json",
    "/search.atom": "application/atom+xml",
    "/search.csv": "text/csv",
    "/search.jsonl": "application/jsonl",
    "/speakers.json": "application/json",
    "/coverage.json": "application/json",
    "/stories.json": "application/json",
    "/openapi.json": "application/json",
    "/healthz": "application/json",
}


def said(record: Path, **asked: Any) -> list[str]:
    with Record.open(str(record)) as opened:
        return [row.id for row in opened.view().said(SaidQuery(**asked))]


def with_other_forms(record: Path, about: str) -> str:
    source = Source(str(record))
    try:
        return source.wanted(question([("about", about)])).query.about
    finally:
        source.close()


def some(client: Client) -> tuple[str, str]:
    """Ids of an article with statements and of a speaker."""
    found = client.get("/search.json?about=kapal").json["statements"][0]
    return found["article"], found["speaker_id"]


def linked(client: Client) -> tuple[str, str]:
    """Ids of a story and of a statement; "" where the record has none."""
    stories = client.get("/stories.json").json["stories"]
    story = max(stories, key=lambda line: line["statements"])["id"] if stories else ""
    found = client.get(f"/story/{story}.json").json["found"]["statements"] if story else []
    return story, found[0]["id"] if found else ""


def every_address(client: Client) -> list[str]:
    article, speaker = some(client)
    ours = [f"/article/{article}.{end}" for end in ("html", "json", "csv", "jsonl")]
    ours += [f"/speaker/{speaker}.{end}" for end in ("html", "json", "atom", "csv", "jsonl")]
    files = [
        f"/static/{n}" for n in ("kutip.css", "kutip.js", "words.js", "theme.js", "search.js", "icon.svg")
    ]
    story, statement = linked(client)
    ours += [f"/story/{story}.{end}" for end in ("html", "json", "atom") if story]
    ours += [f"/statement/{statement}.{end}" for end in ("html", "json") if statement]
    return [*PAGES, *DATA, *ours, *files]


def test_every_address_answers_and_lets_nothing_foreign_run(client: Client) -> None:
    for address in [*every_address(client), "/nothing.html", "/search.json?since=x"]:
        answer = client.get(address)
        assert answer.status == (404 if "nothing" in address else 400 if "since=x" in address else 200), (
            address
        )
        assert {name: answer.headers.get(name.lower()) for name in HEADERS} == HEADERS, address
        policy = answer.headers["content-security-policy"]
        assert "unsafe" not in policy
        assert "default-src 'none'" in policy
        assert client.get(address, "HEAD").status == answer.status


@pytest.mark.parametrize(("address", "media_type"), DATA.items())
def test_media_types(client: Client, address: str, media_type: str) -> None:
    assert client.get(address).headers["content-type"].split(";")[0] == media_type


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "evil.example:8321", "", "a@127.0.0.1"]
)
def test_other_names_are_refused(client: Client, host: str) -> None:
    assert client.get("/index.json", Host=host).status == 400


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "localhost:8321", "[::1]:8321"])
def test_our_own_names_are_not(client: Client, host: str) -> None:
    assert client.get("/index.json", Host=host).status == 200


def test_only_reading(client: Client) -> None:
    for method in ("POST", "PUT", "DELETE", "PATCH"):
        assert client.get("/search.json", method).status == 405


def test_what_is_known_is_not_sent_again_until_the_record_changes(tmp_path: Path) -> None:
    from kutip.apps.web.server import Options, application
    from tests.store.making import ingest, processed, quotation

    path = tmp_path / "record.db"
    with Record.open(str(path), "write") as record:
        ingest(record, processed())
        with served(application(str(path), Options("0"))) as client:
            first = client.get("/index.json")
            tag = first.headers["etag"]
            again = client.get("/index.json", If_None_Match=tag)
            assert (again.status, again.body) == (304, b"")
            assert client.get("/index.json", If_None_Match='W/"x", ' + tag).status == 304
            assert (
                client.get("/index.html", Accept_Language="id").headers["etag"]
                != (client.get("/index.html", Accept_Language="en").headers["etag"])
            )
            text = "Lain\n\n“Air turun dua meter” kata"
            ingest(record, processed(text, quotation(text, source=None), name="b"))
            changed = client.get("/index.json", If_None_Match=tag)
            assert changed.status == 200
            assert changed.json["counts"]["articles"] == first.json["counts"]["articles"] + 1


@pytest.mark.parametrize(
    ("query", "field", "told"),
    [
        ("since=yesterday", "since", "2025-02-25"),
        ("until=2025-02-31", "until", "2025-02-25"),
        ("kind=loud", "kind", "indirect"),
        ("force=x", "force", "denies"),
        ("size=0", "size", "1 to 200"),
        ("size=9999999999", "size", "1 to 200"),
        ("name=x", "name", "about"),
        ("speaker=x", "speaker", "no speaker"),
        ("by=a&by=b", "by", "once"),
        ("about=" + "x" * 600, "about", "500"),
    ],
)
def test_what_cannot_be_asked_is_said(client: Client, query: str, field: str, told: str) -> None:
    answer = client.get(f"/search.json?{query}")
    assert answer.status == 400
    error = answer.json["error"]
    assert (error["status"], error["field"]) == (400, field)
    assert told in error["message"]
    page = client.get(f"/search.html?{query}")
    assert page.status == 400
    assert told in page.text


@pytest.mark.parametrize(
    "after", ["x", "~", "2025~", "~9e9", "2025-01-01~99999999999999999999", "9" * 30 + "~1"]
)
def test_a_cursor_that_is_none(client: Client, after: str) -> None:
    answer = client.get(f"/search.json?after={quote(after)}")
    assert answer.status == 404
    assert "cursor" in answer.json["error"]["message"]


@pytest.mark.parametrize(
    "address", ["/article/a1ffff.json", "/article/x%00y.json", "/speaker/s1.json", "/attribution/q.html"]
)
def test_what_is_not_there(client: Client, address: str) -> None:
    answer = client.get(address)
    assert answer.status == 404
    assert "no" in answer.text


def test_pages_follow_each_other_without_gap_or_repeat(client: Client, record_path: Path) -> None:
    seen: list[str] = []
    after = ""
    while True:
        page = client.get("/search.json?" + urlencode({"size": 7, "after": after})).json
        seen += [s["id"] for s in page["statements"]]
        after = page["next"]
        if not after:
            break
    assert len(seen) == len(set(seen))
    assert set(seen) == set(said(record_path))
    assert page["of"] == len(seen)


@pytest.mark.parametrize(
    "asked",
    [
        {"by": "areld"},
        {"about": "kapal"},
        {"about": '"bagi kapal"'},
        {"outlet": "ledger", "kind": "direct"},
        {"via": "meridian"},
        {"to": "wartawan"},
        {"since": "2025-11", "until": "2025-11-10"},
        {"force": "denies"},
        {"about": "kapal", "by": "marsk", "kind": "indirect"},
        {"about": "tidakada"},
        {"about": '" OR * NEAR('},
    ],
)
def test_filters_mean_what_they_mean_to_said(
    client: Client, record_path: Path, asked: dict[str, str]
) -> None:
    query = urlencode({("in" if name == "outlet" else name): value for name, value in asked.items()})
    expected = said(record_path, **asked | {"about": with_other_forms(record_path, asked.get("about", ""))})
    page = client.get(f"/search.json?{query}&size=200").json
    assert {s["id"] for s in page["statements"]} == set(expected)
    assert page["total"] == len(expected)
    rows = list(csv.DictReader(io.StringIO(client.get(f"/search.csv?{query}").text, newline="")))
    assert [row["id"] for row in rows] == expected
    lines = client.get(f"/search.jsonl?{query}").text.split("\n")[:-1]
    assert [json.loads(line)["id"] for line in lines] == expected


def test_found_words_are_marked_where_they_are(client: Client) -> None:
    found = client.get("/search.json?about=kapal").json["statements"]
    assert found
    for s in found:
        words = [s["content"][span["start"] : span["end"]] for span in s["found"]]
        assert words
        assert all("kapal" in word.casefold() for word in words)
    assert client.get("/search.html?about=kapal").text.count('<mark class="hit">') >= len(found)


def test_other_forms_of_a_word_are_found(tmp_path: Path) -> None:
    from kutip.apps.web.server import Options, application
    from tests.store.making import ingest, processed, quotation

    sentences = ("Mereka memiliki kapal", "Kapal dimiliki negara", "Pemiliknya pergi", "Milisi datang")
    with Record.open(str(tmp_path / "record.db"), "write") as record:
        for number, sentence in enumerate(sentences):
            text = f"Judul {number}\n\n“{sentence},” kata orang."
            ingest(record, processed(text, quotation(text, sentence, source=None), name=str(number)))
    with served(application(str(tmp_path / "record.db"), Options("0"))) as client:

        def found(about: str) -> set[str]:
            return {s["content"] for s in client.get(f"/search.json?about={quote(about)}").json["statements"]}

        assert found("dimiliki") == found("memiliki") == set(sentences[:3])
        assert found('"memiliki"') == {sentences[0]}, "in quotation marks only the word itself"
        assert found("memiliki|datang") == set(sentences)
        marked = client.get("/search.json?about=memiliki").json["statements"]
        words = {s["content"][at["start"] : at["end"]] for s in marked for at in s["found"]}
        assert words == {"memiliki", "dimiliki", "Pemiliknya"}
        rows = client.get("/search.csv?about=memiliki").text
        assert sentences[1] in rows


def test_facets_add_up(client: Client) -> None:
    page = client.get("/search.json?about=kapal&size=200").json
    assert sum(row["count"] for row in page["facets"]["kind"]) == page["total"] == page["sample"]


def test_the_language_is_the_one_that_the_browser_asks_for(client: Client) -> None:
    for wanted, given in (
        ("id", "id"),
        ("en-GB,id;q=0.5", "en"),
        ("fr,id;q=0.9,en;q=0.8", "id"),
        ("fr;q=x,,", "en"),
    ):
        assert f'<html lang="{given}">' in client.get("/index.html", Accept_Language=wanted).text


def test_pages_are_small(client: Client) -> None:
    """What a first page takes over the wire, with all that it asks for."""
    files = [
        "/static/kutip.css",
        "/static/kutip.js",
        "/static/words.js",
        "/static/theme.js",
        "/static/icon.svg",
    ]
    sizes = [len(client.get(path, Accept_Encoding="gzip").body) for path in ["/index.html", *files]]
    assert sum(sizes) < 100_000


def test_files_of_a_version_may_be_kept(client: Client) -> None:
    assert "immutable" in client.get(f"/static/kutip.css?v={stamp()}").headers["cache-control"]
    assert client.get("/static/kutip.css?v=old").headers["cache-control"] == "no-cache"
    assert client.get("/static/..%2f..%2fpage.py").status == 404


def test_an_attribution_leads_to_its_place(client: Client) -> None:
    found = client.get("/search.json?about=kapal").json["statements"][0]
    answer = client.get(f"/attribution/{found['id']}.html")
    assert answer.status == 302
    assert answer.headers["location"] == f"../article/{found['article']}.html#{found['id']}"
    assert f'data-id="{found["id"]}"' in client.get(f"/article/{found['article']}.html").text


def test_a_record_that_is_damaged_is_said(tmp_path: Path) -> None:
    from kutip.apps.web.server import Options, application

    path = tmp_path / "record.db"
    fill(path)
    app = application(str(path), Options("0"))
    db = sqlite3.connect(path)
    db.execute("ALTER TABLE articles RENAME TO gone")
    db.commit()
    db.close()
    with served(app) as client:
        answer = client.get("/healthz")
        assert answer.status == 503
        assert "kutip verify" in client.get("/index.json").json["error"]["message"]


def test_no_more_requests_than_are_allowed(record_path: Path) -> None:
    from kutip.apps.web.server import Options, application

    with served(application(str(record_path), Options("0", per_minute=3))) as client:
        answers = [client.get("/healthz") for _ in range(5)]
    assert [a.status for a in answers] == [200, 200, 200, 429, 429]
    assert answers[-1].headers["retry-after"] == "20"
    assert "3 requests a minute" in answers[-1].text


def test_the_limit_fills_again_and_is_of_each_client() -> None:
    now = 0.0
    limit = RateLimit(None, 60, None, clock=lambda: now)  # type: ignore[arg-type]
    assert [limit._allows("a") for _ in range(61)] == [True] * 60 + [False]
    assert limit._allows("b")
    now = 2.0
    assert [limit._allows("a") for _ in range(3)] == [True, True, False]


def test_pages_say_that_they_are_made_anew(tmp_path: Path) -> None:
    pytest.importorskip("uvicorn")
    from kutip.apps.web.server import Options, application

    path = tmp_path / "record.db"
    fill(path)
    with served(application(str(path), Options("0"))) as client:
        assert "being made anew" not in client.get("/").text
        assert client.get("/coverage.json").json["anew"] is False
        with Record.open(str(path), "write") as record:
            record.db.execute("INSERT INTO remaking VALUES ('', 'group', '')")
            record.db.execute("UPDATE readers SET version = '0.0.1'")
        for page in ("/", "/stories.html", f"/article/{some(client)[0]}.html"):
            assert "are being made anew" in client.get(page).text, page
        found = client.get("/coverage.json").json
        assert found["anew"] is True
        assert found["older"] > 0
        assert "read by an older version" in client.get("/coverage.html").text
