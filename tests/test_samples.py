"""The sample articles are whole, listed, and read without a failure."""

import re
from pathlib import Path

import pytest

from kutip.flow.pipeline import Processed, process
from kutip.model import Page
from kutip.sources.files import open_pages

SAMPLES = Path(__file__).parents[1] / "samples"
OUTLETS = {"meridian wire", "harbour ledger", "nusalini", "wartasagara", "kabartala", "suluh bahari"}
FILES = sorted(p for p in SAMPLES.rglob("*") if p.is_file() and p.name != "README.md")


def pages() -> list[Page]:
    return [page for page in open_pages(FILES) if isinstance(page, Page)]


@pytest.fixture(scope="module")
def processed() -> dict[str, Processed]:
    """By the name of the page below samples/."""
    return {str(Path(page.name).relative_to(SAMPLES)): process(page) for page in pages()}


def test_the_list_names_every_file_and_no_other() -> None:
    listed = set(re.findall(r"`([\w./-]+\.(?:txt|html|jsonl))`", (SAMPLES / "README.md").read_text("utf-8")))
    assert listed == {p.name for p in FILES}


def test_every_address_is_one_that_nobody_can_have() -> None:
    allowed = re.compile(r"https?://([\w.-]+\.example|schema\.org|ogp\.me)\b")
    for path in FILES:
        for url in re.findall(r"https?://[^\s\"'<>)]+", path.read_text("utf-8")):
            assert allowed.match(url), f"{path.name}: {url}"


def test_every_page_is_an_article_but_for_the_empty_row(processed: dict[str, Processed]) -> None:
    assert len(processed) >= 18
    without = {name: p.rejections for name, p in processed.items() if p.article is None}
    assert [(name, [r.reason for r in rejections]) for name, rejections in without.items()] == [
        ("kiriman.jsonl:6", ["empty"])
    ]


def test_only_the_malay_row_is_in_a_language_without_a_pack(processed: dict[str, Processed]) -> None:
    languages = {name: p.article.lang for name, p in processed.items() if p.article}
    assert {name for name, lang in languages.items() if lang not in ("id", "en")} <= {"kiriman.jsonl:5"}
    assert set(languages.values()) >= {"id", "en"}


def test_every_article_but_one_has_its_date_and_every_page_its_outlet(
    processed: dict[str, Processed],
) -> None:
    articles = {name: p.article for name, p in processed.items() if p.article}
    undated = [name for name, article in articles.items() if article.published is None]
    assert undated == ["selat-tamber/suluh-bahari-tanpa-tanggal.txt"]
    known = {
        name: re.sub(r"\.\w+$", "", (article.outlet or "").casefold()) for name, article in articles.items()
    }
    assert set(known.values()) - {""} == OUTLETS
    assert [name for name, outlet in known.items() if not outlet and not name.endswith(".txt")] == []


@pytest.mark.parametrize(
    "name",
    [
        "2025-11-10-meridian-wire.txt",
        "2025-11-11-harbour-ledger.html",
        "2025-11-11-kabartala.txt",
        "2025-11-11-nusalini.html",
        "2025-11-11-wartasagara.html",
        "suluh-bahari-tanpa-tanggal.txt",
    ],
)
def test_the_statement_is_found_in_each_of_its_renditions(name: str, processed: dict[str, Processed]) -> None:
    found = processed[f"selat-tamber/{name}"]
    assert found.article is not None
    said = [
        " ".join(span.of(found.article.text) for span in a.content)
        for a in found.attributions
        if a.speaker == "Ilena Marsk"
    ]
    assert any(re.search(r"escort|pengawal", words) for words in said)


def test_told_without_attribution_it_has_no_speaker(processed: dict[str, Processed]) -> None:
    found = processed["selat-tamber/2025-11-12-wartasagara-fakta.txt"]
    assert found.article is not None
    assert "dalam waktu 30 hari" in found.article.text
    assert not [a for a in found.attributions if a.speaker == "Ilena Marsk"]
