"""Stories and statements are found by id, beginning of an id, article, words, day and speaker."""

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from kutip.flow.pipeline import process
from kutip.model import Page
from kutip.store import NotFound, Record
from kutip.store.tracing import Lineage, RenditionQuery, StoryQuery
from tests.store.upkeep.reading import samples, take_in


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Record]:
    path = tmp_path_factory.mktemp("lineage") / "record.db"
    with Record.open(str(path), "write") as opened:
        take_in(opened, *samples())
    with Record.open(str(path)) as reader:
        yield reader


@pytest.fixture
def lineage(record: Record) -> Lineage:
    return record.lineage()


def headlines(lineage: Lineage, **asked: str) -> set[str | None]:
    return {one.headline for one in lineage.stories(StoryQuery(**asked))}


def test_all_stories_the_last_reported_first(lineage: Lineage) -> None:
    found = list(lineage.stories(StoryQuery()))
    days = [one.until or "" for one in found]
    assert days == sorted(days, reverse=True)
    assert len(found) == lineage.count_stories(StoryQuery(limit=1)) > 5
    assert list(lineage.stories(StoryQuery(limit=2))) == found[:2]
    assert lineage.waiting() == 0


def test_stories_of_a_time(lineage: Lineage) -> None:
    all_ = list(lineage.stories(StoryQuery()))
    wanted = {
        one.headline
        for one in all_
        if (one.until or "") >= "2024-11-18" and (one.since or "~") < "2024-11-20"
    }
    assert headlines(lineage, since="2024-11-18", until="2024-11-19") == wanted
    assert headlines(lineage, since="2024", until="2024") >= wanted
    assert headlines(lineage, since="2099") == set()


def test_stories_by_words_and_speaker(lineage: Lineage) -> None:
    assert headlines(lineage, about="Bendungan Way Sarunai")
    assert headlines(lineage, about="Bendungan", speaker="rahmat wiraseno")
    assert headlines(lineage, speaker="Tomas Areld").isdisjoint(headlines(lineage, speaker="Wiraseno"))
    assert headlines(lineage, about="kata-yang-tidak-ada") == set()
    assert headlines(lineage, speaker="siapa pun juga") == set()
    assert headlines(lineage, about='"') == set()


def test_a_story_is_found_by_itself_and_by_its_articles(lineage: Lineage) -> None:
    largest = max(lineage.stories(StoryQuery()), key=lambda one: one.articles)
    found = lineage.story(largest.id[:9])
    assert found.story == largest
    assert len(found.articles) == largest.articles
    assert len(found.statements) == largest.statements
    assert lineage.story(found.articles[-1].id).story == largest
    assert lineage.story_line(largest.id) == largest
    assert set(lineage.outlets(largest.id)) == {one.outlet for one in found.articles if one.outlet}
    for wrong in ("s1ffffffffffffffff", "", "'; --", "x" * 500):
        with pytest.raises(NotFound, match="there is no story"):
            lineage.story(wrong)
    with pytest.raises(NotFound, match="give more of it"):
        lineage.story("s1")


def test_a_statement_is_found_by_ids_and_words(lineage: Lineage) -> None:
    (found,) = lineage.statements(
        max(
            (one for story in lineage.stories(StoryQuery()) for one in lineage.story(story.id).statements),
            key=lambda one: len(one.renditions),
        ).id
    )
    told = next(one for one in found.renditions if one.attribution)
    assert lineage.statements(found.id[:12]) == [found]
    assert lineage.statements(told.id) == [found]
    assert found in lineage.statements(str(told.attribution))
    assert found in lineage.statements(f'"{told.content}"')
    assert set(lineage.features(found.id)) == {one.id for one in found.renditions}
    assert lineage.rendition(told.id[:12]) == told
    assert lineage.rendition(str(told.attribution)).attribution == told.attribution
    for wrong in ("kata-yang-tidak-ada", "", '"', "r1ffffffffffffffff"):
        with pytest.raises(NotFound):
            lineage.statements(wrong)
    with pytest.raises(NotFound, match="there is no rendition"):
        lineage.rendition("r1ffffffffffffffff")


def test_renditions_without_source_and_with_changes(lineage: Lineage) -> None:
    lost = list(lineage.renditions(RenditionQuery(lost=True)))
    assert lost
    assert all(told.relation == "unattributed" and reference.position == 0 for told, reference in lost)
    assert all(told.statement == reference.statement for told, reference in lost)
    changed = list(lineage.renditions(RenditionQuery(changed=True)))
    assert changed
    assert all(told.changes for told, _ in changed)
    story = lineage.statements(changed[0][0].statement)[0].story
    assert 0 < len(list(lineage.renditions(RenditionQuery(changed=True, story=story)))) <= len(changed)
    assert len(list(lineage.renditions(RenditionQuery(changed=True, limit=1)))) == 1


def test_an_empty_record_has_nothing(tmp_path: Path) -> None:
    with Record.open(str(tmp_path / "empty.db"), "write") as record:
        assert list(record.lineage().stories(StoryQuery())) == []
        assert list(record.lineage().renditions(RenditionQuery(changed=True))) == []


EVENTS = (
    (
        "Pintu Bendungan Kelana Dibuka",
        "2025-01-10",
        "Petugas membuka pintu bendungan karena hujan deras di hulu.",
    ),
    (
        "Gubernur Resmikan Pasar Terapung",
        "2025-06-02",
        "Pasar baru berdiri di atas sungai dengan seratus kios.",
    ),
)
SAID = "“Semua warga desa hilir harus mengungsi sebelum malam tiba{},” kata Gubernur Tari Lembayung."


def test_the_same_words_in_another_story_are_told_again(tmp_path: Path) -> None:
    told = [SAID.format(", tanpa kecuali"), SAID.format("")]
    rows = [
        {
            "headline": head,
            "published": day,
            "outlet": head.split()[-1],
            "text": f"{head}\n\n{text}\n\n{said}",
        }
        for (head, day, text), said in zip(EVENTS, told, strict=True)
    ]
    pages = [Page(f"r:{n}", msgspec.json.encode(row), "application/json") for n, row in enumerate(rows)]
    with Record.open(str(tmp_path / "r.db"), "write") as record:
        take_in(record, *map(process, pages))
        lineage = record.lineage()
        first, second = (
            one
            for story in sorted(lineage.stories(StoryQuery()), key=lambda one: one.until or "")
            for one in lineage.story(story.id).statements
        )
        for one, other in ((first, second), (second, first)):
            (again,) = lineage.again(one)
            assert (again.told.statement, again.story.id) == (other.id, other.story)


def test_a_statement_of_one_story_is_not_told_again(lineage: Lineage) -> None:
    for story in lineage.stories(StoryQuery(about="Bendungan")):
        for one in lineage.story(story.id).statements:
            assert all(again.story.id != story.id for again in lineage.again(one))
