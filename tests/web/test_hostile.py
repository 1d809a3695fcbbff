"""Hostile articles through every page and feed: their words are shown, and nothing of them is more than words."""

import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import quote
from xml.etree import ElementTree

import pytest

from tests.hostile import WORDS, hostile, huge
from tests.web.serving import Client, fill, served

SRC = re.compile(r"^(\.\./)*static/[a-z]+\.(js|css|svg)\?v=[0-9a-f]{10}$|^search/forms\.js$")
LINK = re.compile(r"^(https?://|#|(\.\./)*([a-z]+/)?[a-z0-9]*\.[a-z]+([?#]|$)|\?)")


class Checker(HTMLParser):
    """Complains of what only a page's author should be able to write."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.wrong: list[str] = []
        self.text: list[str] = []
        self._data = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self._data = tag in ("script", "style")
        if (
            tag == "script"
            and not SRC.match(given.get("src") or "")
            and given.get("type") != "application/json"
        ):
            self.wrong.append(f"script {given}")
        if tag in ("iframe", "object", "embed", "img", "base", "style", "audio", "video"):
            self.wrong.append(tag)
        for name, value in attrs:
            if name.startswith("on") or name == "style":
                self.wrong.append(f"{name}={value}")
            if (
                name in ("src", "href", "action")
                and not LINK.match(value or "")
                and not SRC.match(value or "")
            ):
                self.wrong.append(f"{tag} {name}={value}")

    def handle_endtag(self, tag: str) -> None:
        self._data = False

    def handle_data(self, data: str) -> None:
        if not self._data:
            self.text.append(data)


def check(html: str) -> str:
    """The text of a page, if nothing is wrong with it."""
    checker = Checker()
    checker.feed(html)
    checker.close()
    assert checker.wrong == []
    assert "\0" not in html
    return "".join(checker.text)


def shown(words: str) -> str:
    """As HTML can hold it."""
    return words.replace("\0", "\ufffd")


@pytest.mark.parametrize("name", WORDS)
def test_pages_show_it_and_nothing_more(client: Client, name: str) -> None:
    article = hostile(name, WORDS[name]).article
    page = client.get(f"/article/{article.id}.html")
    text = check(page.text)
    assert shown(WORDS[name]).split()[0] in text
    found = client.get(f"/article/{article.id}.json").json
    assert found["text"] == article.text
    (said,) = found["attributions"]
    assert (said["speaker"], said["words"]) == (WORDS[name], WORDS[name])
    speakers = [s for s in client.get("/speakers.json").json["speakers"] if s["name"] == WORDS[name]]
    assert len(speakers) == 1
    check(client.get(f"/speaker/{speakers[0]['id']}.html").text)


@pytest.mark.parametrize("field", ["about", "by", "in", "via", "to"])
@pytest.mark.parametrize("name", WORDS)
def test_it_can_be_searched_for(client: Client, field: str, name: str) -> None:
    words = WORDS[name][:400]
    for end in ("html", "json", "atom", "csv"):
        answer = client.get(f"/search.{end}?{field}={quote(words)}")
        assert answer.status == 200
    check(client.get(f"/search.html?{field}={quote(words)}").text)
    if field == "by" and any(map(str.isalnum, words)) and "\0" not in words:
        found = client.get(f"/search.json?by={quote(words)}").json["statements"]
        assert any(s["speaker"] == WORDS[name] for s in found)


@pytest.mark.parametrize("page", ["/", "/search.html?size=200", "/speakers.html", "/coverage.html"])
def test_lists_show_nothing_more(client: Client, page: str) -> None:
    check(client.get(page).text)


def test_feeds_are_well_formed(client: Client) -> None:
    feedparser = pytest.importorskip("feedparser")
    ids = [s["id"] for s in client.get("/speakers.json").json["speakers"]]
    for address in ["/search.atom", *(f"/speaker/{key}.atom" for key in ids[-20:])]:
        answer = client.get(address)
        root = ElementTree.fromstring(answer.body)
        assert root.tag == "{http://www.w3.org/2005/Atom}feed"
        read = feedparser.parse(answer.body)
        assert not read.bozo, read.get("bozo_exception")
        assert read.entries
        for entry in read.entries:
            assert entry.id
            assert entry.title
            assert entry.updated_parsed
            assert entry.link


def test_csv_runs_nothing(client: Client) -> None:
    lines = client.get("/search.csv").text
    assert not re.search(r'(^|,)"?[=+@]', lines, re.MULTILINE)


def test_an_article_of_ten_million_letters_on_one_line(tmp_path: Path) -> None:
    from kutip.apps.web.server import Options, application

    pytest.importorskip("uvicorn")
    path = tmp_path / "record.db"
    large = huge()
    fill(path, large)
    with served(application(str(path), Options("0"))) as client:
        page = client.get(f"/article/{large.article.id}.html")
        assert page.status == 200
        assert len(page.body) > 10_000_000
        for address in (
            "/",
            "/search.html?about=meter",
            "/search.html?in=panjang",
            "/search.atom",
            "/coverage.html",
        ):
            answer = client.get(address)
            assert answer.status == 200
            assert len(answer.body) < 300_000
