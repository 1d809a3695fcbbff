"""Pages of speakers: one for each, under all names; old addresses lead on; decisions of people hold."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from kutip.apps.web.ask import question
from kutip.apps.web.site import Plan, Site
from kutip.model import SpeakerKind
from kutip.store import Record
from kutip.store.actors import Decision
from kutip.store.speakers import speaker_id
from kutip.views.web.page import Kind
from tests.store.upkeep.reading import STARTED, take_in
from tests.store.upkeep.test_actors import spoken
from tests.web.serving import Client, served

ABOUT = ("banjir", "longsor", "gempa")
LOUD, QUIET = "SEKAR AYUNDARI", "Sekar Ayundari"


def make(path: Path) -> None:
    split = spoken("gempa", "Agus Santoso")
    with Record.open(str(path), "write") as record:
        take_in(
            record,
            spoken("banjir", QUIET),
            spoken("longsor", LOUD, "2025-03-05"),
            spoken("kebakaran", QUIET, "2025-03-06"),
            spoken("jembatan", "Agus Santoso"),
            split,
            spoken("pasar", "warga", kind=SpeakerKind.GROUP),
        )
        assert split.article
        record.decide(
            Decision(
                "split", "Agus Santoso", "Agus Santoso", "Galih", STARTED, other_article=split.article.id
            )
        )


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    found = tmp_path_factory.mktemp("speakers") / "record.db"
    make(found)
    return found


@pytest.fixture(scope="module")
def client(path: Path) -> Iterator[Client]:
    from kutip.apps.web.server import Options, application

    with served(application(str(path), Options("0"))) as found:
        yield found


def test_a_speaker_is_listed_once_under_all_names(client: Client) -> None:
    speakers = client.get("/speakers.json").json["speakers"]
    assert [(one["name"], one["statements"]) for one in speakers] == [
        (QUIET, 3),
        ("Agus Santoso", 1),
        ("Agus Santoso", 1),
    ]
    assert [(one["name"], one["count"]) for one in speakers[0]["names"]] == [(QUIET, 2), (LOUD, 1)]
    assert speakers[0]["id"] == speaker_id(QUIET)
    assert client.get("/index.json").json["speakers"][0]["name"] == QUIET


def test_the_page_has_what_was_said_under_every_name(client: Client) -> None:
    page = client.get(f"/speaker/{speaker_id(QUIET)}.json").json
    assert {one["speaker"] for one in page["statements"]} == {QUIET, LOUD}
    assert {one["speaker_id"] for one in page["statements"]} == {page["speaker"]["id"]}
    assert {one["known_as"] for one in page["statements"]} == {QUIET}
    assert LOUD in client.get(f"/speaker/{page['speaker']['id']}.html").text
    rows = client.get(f"/speaker/{page['speaker']['id']}.csv").text
    assert len(rows.strip().splitlines()) == 4


@pytest.mark.parametrize("ending", ["html", "json", "atom", "csv"])
def test_other_names_and_the_actor_lead_to_the_speaker(client: Client, ending: str) -> None:
    actor = client.get("/speakers.json").json["speakers"][0]["actor"]
    for key in (speaker_id(LOUD), actor):
        answer = client.get(f"/speaker/{key}.{ending}?size=5")
        assert answer.status == 302
        assert answer.headers["location"] == f"{speaker_id(QUIET)}.{ending}?size=5"


def test_a_name_of_several_shows_them_all(client: Client) -> None:
    page = client.get(f"/speaker/{speaker_id('Agus Santoso')}.html")
    assert page.status == 200
    ids = [one["id"] for one in client.get("/speakers.json").json["speakers"][1:]]
    assert all(f'href="../speaker/{key}.html"' in page.text for key in ids)
    for key in ids:
        found = client.get(f"/speaker/{key}.json").json
        assert len(found["statements"]) == 1
        assert [one["id"] for one in found["others"]] == [other for other in ids if other != key]
    assert "several" in client.get(f"/speaker/{speaker_id('Agus Santoso')}.json").json["error"]["message"]


def test_a_search_is_for_the_speaker_and_its_counts_too(client: Client) -> None:
    found = client.get("/search.json").json
    counted = {one["name"]: one["count"] for one in found["facets"]["speaker"]}
    assert counted[QUIET] == 3
    asked = next(one["value"] for one in found["facets"]["speaker"] if one["name"] == QUIET)
    page = client.get(f"/search.json?speaker={asked}").json
    assert (page["total"], page["speaker"]["name"]) == (3, QUIET)
    assert len(client.get(f"/search.csv?speaker={asked}").text.strip().splitlines()) == 4
    assert QUIET in client.get(f"/search.atom?speaker={asked}").text
    named = client.get("/search.json?by=agus").json["named"]
    assert [one["name"] for one in named] == ["Agus Santoso"] * 2


def test_a_name_of_nobody_has_a_page_too(client: Client) -> None:
    page = client.get(f"/speaker/{speaker_id('warga')}.json").json
    assert [one["speaker"] for one in page["statements"]] == ["warga"]
    assert page["speaker"]["actor"] is None


def test_an_article_leads_to_the_speaker_that_it_means(client: Client) -> None:
    ids = [one["id"] for one in client.get("/speakers.json").json["speakers"][1:]]
    for key in ids:
        article = client.get(f"/speaker/{key}.json").json["statements"][0]["article"]
        assert f'href="../speaker/{key}.html"' in client.get(f"/article/{article}.html").text


def test_files_lead_on_from_other_names(path: Path, tmp_path: Path) -> None:
    site = Site(Plan(tmp_path / "public", str(path), Kind(True, False, "0"), "id"))
    site.build()
    site.close()
    folder = tmp_path / "public" / "speaker"
    assert f"url={speaker_id(QUIET)}.html" in (folder / f"{speaker_id(LOUD)}.html").read_text()
    assert (folder / f"{speaker_id(QUIET)}.html").stat().st_size > 2000
    assert "several" not in (folder / f"{speaker_id('Agus Santoso')}.html").read_text()[:20]
    assert (folder / f"{speaker_id('Agus Santoso')}.html").read_text().count('class="open"') == 2


def test_spellings_of_an_outlet_are_one(tmp_path: Path) -> None:
    from kutip.apps.web.source import Source

    with Record.open(str(tmp_path / "record.db"), "write") as record:
        outlets = ("Nusalini", "NUSALINI", "Nusalini")
        take_in(
            record,
            *(spoken(about, QUIET, outlet=outlet) for about, outlet in zip(ABOUT, outlets, strict=True)),
        )
    source = Source(str(tmp_path / "record.db"))
    assert [(one.name, one.articles) for one in source.summary().outlets] == [("Nusalini", 3)]
    page = source.speaker(source.meant(speaker_id(QUIET))[0])
    assert [(one.outlet, one.statements) for one in page.outlets] == [("Nusalini", 3)]
    assert [one.name for one in source.search(question([])).facets["outlet"]] == ["Nusalini"]
    source.close()
