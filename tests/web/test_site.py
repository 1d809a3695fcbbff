"""A site of files: whole, without texts, brought up to date, and nobody else's folder."""

import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kutip.apps.cli.main import main
from kutip.apps.web import site as sites
from kutip.store import Record
from tests.hostile import corpus
from tests.store.making import ingest
from tests.web.serving import fill
from tests.web.test_hostile import check


def build(record: Path, out: Path, *more: str, code: int = 0) -> Result:
    result = CliRunner().invoke(main, ["site", str(out), "--record", str(record), "--jobs", "1", *more])
    assert result.exit_code == code, (result.output, result.exception)
    return result


@pytest.fixture(scope="module")
def site(record_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("site") / "public"
    build(record_path, out)
    return out


class Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.links: set[str] = set()
        self.ids: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name in ("href", "src") and value:
                self.links.add(value)
            if name in ("id", "data-id") and value:
                self.ids.add(value)


def links(page: Path) -> Links:
    found = Links()
    found.feed(page.read_text(encoding="utf-8"))
    return found


def test_every_link_leads_to_a_file_and_a_place(site: Path) -> None:
    pages = sorted(site.rglob("*.html"))
    known = {page: links(page) for page in pages}
    assert len(pages) > 40
    for page, found in known.items():
        for link in found.links:
            if link.startswith(("http://", "https://")):
                continue
            path, _, place = link.partition("#")
            target = (page.parent / path.partition("?")[0]).resolve() if path else page
            assert target.is_file(), f"{page}: {link}"
            if place and not place.startswith(("r-", "n-")):
                assert place in known[target].ids, f"{page}: {link}"


def test_pages_carry_their_policy_and_nothing_foreign(site: Path) -> None:
    for page in site.rglob("*.html"):
        html = page.read_text(encoding="utf-8")
        check(html)
        assert "Content-Security-Policy" in html


def test_full_texts_are_not_in_it(site: Path, record_path: Path) -> None:
    with Record.open(str(record_path)) as record:
        kept = next(k for k in record.view().articles() if k.article.lang == "id" and len(k.attributions) > 3)
    body = [kept.article.text[b.start : b.end] for b in kept.article.blocks if b.role == "body"]
    marked = {
        at for one in kept.attributions for s in one.attribution.content for at in range(s.start, s.end)
    }
    silent = [
        kept.article.text[b.start : b.end]
        for b in kept.article.blocks
        if b.role == "body" and not marked & set(range(b.start, b.end))
    ]
    written = "".join(p.read_text(encoding="utf-8") for p in site.rglob(f"{kept.article.id}.*"))
    said = kept.attributions[0].attribution.content[0].of(kept.article.text)
    assert said in written
    assert body
    assert silent
    assert not [words for words in silent if words in written]
    assert "[…]" in written


def test_with_text_they_are_and_it_is_said(record_path: Path, tmp_path: Path) -> None:
    result = build(record_path, tmp_path / "s", "--with-text", "-q")
    assert "full texts" in result.stderr
    with Record.open(str(record_path)) as record:
        kept = next(k for k in record.view().articles() if k.attributions)
    found = json.loads((tmp_path / "s" / "article" / f"{kept.article.id}.json").read_bytes())
    assert found["text"] == kept.article.text


def test_shards_hold_all_statements(site: Path, record_path: Path) -> None:
    rows = []
    for path in sorted((site / "search").glob("[0-9]*.js")):
        call = re.fullmatch(r"kutipShard\(\d+, (.*)\);\n", path.read_text(encoding="utf-8"), re.DOTALL)
        assert call
        rows += json.loads(call[1])
    lines = (site / "statements.jsonl").read_text(encoding="utf-8").split("\n")[:-1]
    assert [row[0] for row in rows] == [json.loads(line)["id"] for line in lines]
    script = (site / "static" / "search.js").read_text(encoding="utf-8")
    fields = re.findall(r'"(\w+)"', script.partition("FIELDS = [")[2].partition("]")[0])
    assert {len(row) for row in rows} == {len(fields)}


def test_it_is_brought_up_to_date(tmp_path: Path) -> None:
    record, out = tmp_path / "record.db", tmp_path / "s"
    with Record.open(str(record), "write") as opened:
        ingest(opened, *corpus()[:2])
    build(record, out)
    before = {p.relative_to(out) for p in out.rglob("*") if p.is_file()}
    record.unlink()
    with Record.open(str(record), "write") as opened:
        ingest(opened, *corpus()[1:3])
    build(record, out)
    after = {p.relative_to(out) for p in out.rglob("*") if p.is_file()}
    build(record, tmp_path / "fresh")
    fresh = {p.relative_to(tmp_path / "fresh") for p in (tmp_path / "fresh").rglob("*") if p.is_file()}
    assert after == fresh != before


def test_a_folder_of_somebody_else_is_left_alone(record_path: Path, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    assert "not empty" in build(record_path, tmp_path, code=2).output
    assert [p.name for p in tmp_path.iterdir()] == ["mine.txt"]
    evil = tmp_path / "evil"
    evil.mkdir()
    (evil / sites.MANIFEST).write_text('["../mine.txt", "/etc/hostname"]')
    build(record_path, evil)
    assert (tmp_path / "mine.txt").exists()


def test_several_processes_write_the_same(
    site: Path, record_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sites, "CHUNK", 15)
    build(record_path, tmp_path / "s", "--jobs", "2")
    for path in site.rglob("*"):
        if path.is_file():
            assert (tmp_path / "s" / path.relative_to(site)).read_bytes() == path.read_bytes()


def test_an_unknown_language_is_refused(record_path: Path, tmp_path: Path) -> None:
    assert "en, id" in build(record_path, tmp_path / "s", "--language", "xx", code=2).output


def test_an_empty_record_has_its_pages(tmp_path: Path) -> None:
    record = tmp_path / "record.db"
    with Record.open(str(record), "write") as opened:
        ingest(opened)
    build(record, tmp_path / "s")
    assert (tmp_path / "s" / "index.html").is_file()
    fill(record)
