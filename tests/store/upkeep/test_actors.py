"""Actors of a record: the same in any order of arrival and after a rebuild; decisions win and stay."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kutip.flow.pipeline import Processed
from kutip.model import Attribution, Dated, Force, Kind, Span, SpeakerKind
from kutip.store import NotFound, Record, Run, verify
from kutip.store.actors import Decision
from kutip.store.upkeep import keeper
from kutip.store.upkeep.actors import LATEST
from tests.store.making import processed
from tests.store.upkeep.reading import STARTED, rebuild, samples, take_in

PERSON = SpeakerKind.PERSON


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Record]:
    with Record.open(str(tmp_path / "record.db"), "write") as opened:
        yield opened


def actors(record: Record) -> dict[str, tuple[Any, ...]]:
    """Every actor by id: its row, and its mentions with their reasons."""
    query = """
        SELECT articles.id, mentions.name, mentions.kind, reason FROM mentions JOIN articles ON articles.key = article
        WHERE actor = ? ORDER BY 1, 2, 3
    """
    return {
        row["id"]: (tuple(row)[1:], [tuple(m) for m in record.db.execute(query, [row["key"]])])
        for row in record.db.execute("SELECT * FROM actors").fetchall()
    }


def names(record: Record) -> set[frozenset[str]]:
    query = "SELECT actor, name FROM mentions WHERE actor NOT NULL"
    found: dict[int, set[str]] = {}
    for actor, name in record.db.execute(query):
        found.setdefault(actor, set()).add(name)
    return {frozenset(one) for one in found.values()}


def spoken(about: str, speaker: str, day: str = "2025-03-04", **fields: Any) -> Processed:
    """An article of its own story in which ``speaker`` says something."""
    text = f"{about} {about}kan {about}nya\n\n{speaker}: “{about}an.”"
    start = text.index("“") + 1
    attribution = Attribution(
        kind=Kind.DIRECT,
        content=(Span(start, start + 4),),
        cue=None,
        source=None,
        speaker=speaker,
        speaker_kind=fields.pop("kind", PERSON),
        via=(),
        to="",
        said_on=None,
        force=Force.SAYS,
        negated=False,
        confidence=1.0,
        rule="x",
        role=fields.pop("role", ""),
    )
    fields = {
        "published": Dated(day, "day", day, "given"),
        "outlet": "Warta",
        "name": f"{about}.txt",
        **fields,
    }
    return processed(text, attribution, **fields)


@pytest.mark.parametrize("small", [keeper.WHOLE, 0])
def test_order_of_arrival_and_a_rebuild_change_nothing(
    record: Record, monkeypatch: pytest.MonkeyPatch, small: int
) -> None:
    monkeypatch.setattr(keeper, "WHOLE", small)
    writer = record.writer(Run("0", {}, STARTED))
    for one in reversed(samples()):
        writer.add(one)
        writer.finish(STARTED)
    before = actors(record)
    if small:  # else stories can differ, and what follows from them
        rebuild(record)
        assert {id_: (row[1:], m) for id_, (row, m) in actors(record).items()} == {
            id_: (row[1:], m) for id_, (row, m) in before.items()
        }
    assert len(before) > 10
    assert sum(row[3] for row, _ in before.values()) > 100
    unnamed = "SELECT count(*) FROM mentions WHERE kind = 'person' AND actor IS NULL AND name <> lower(name)"
    assert record.db.execute(unnamed).fetchone()[0] == 0


def test_names_that_come_later_join(record: Record) -> None:
    take_in(record, spoken("banjir", "Jokowi"))
    take_in(record, spoken("gempa", "Joko Widodo"))
    assert names(record) == {frozenset({"Jokowi"}), frozenset({"Joko Widodo"})}
    text = spoken(
        "banjir", "Joko Widodo", name="lagi.txt", outlet="Kabar", url="https://kabar.example/banjir"
    )
    take_in(record, text)
    assert names(record) == {frozenset({"Jokowi", "Joko Widodo"})}
    view = record.actors()
    found = view.meant("jokowi")
    assert found.actor.name == "Joko Widodo"
    assert found.actor.attributions == 3
    assert [seen.name for seen in found.names] == ["Joko Widodo", "Jokowi"]
    assert all(seen.reasons for seen in found.names)
    assert {tally.name: tally.count for tally in found.outlets} == {"Warta": 2, "Kabar": 1}
    assert len(found.stories) == 2


def test_a_superseded_article_speaks_for_nobody(record: Record) -> None:
    url = "https://warta.example/x"
    take_in(record, spoken("banjir", "Tari Lembayung", url=url, fetched_at="2025-03-04T08:00:00Z"))
    take_in(record, spoken("banjir", "Sekar Ayundari", url=url, fetched_at="2025-03-04T09:00:00Z"))
    assert names(record) == {frozenset({"Sekar Ayundari"})}
    assert [one.name for one in record.actors().named()] == ["Sekar Ayundari"]


def test_decisions_win_and_survive_a_rebuild(record: Record) -> None:
    take_in(record, spoken("banjir", "Tari Lembayung"), spoken("gempa", "Sekar Ayundari"))
    record.decide(Decision("merge", "Tari Lembayung", "Sekar Ayundari", "Galih", STARTED))
    both = {frozenset({"Tari Lembayung", "Sekar Ayundari"})}
    assert names(record) == both
    take_in(record, spoken("kebakaran", "Tari Lembayung"), spoken("longsor", "Sekar Ayundari"))
    assert names(record) == both
    rebuild(record)
    assert names(record) == both
    found = record.actors().meant("Sekar Ayundari")
    assert [(d.what, d.author, d.decided) for d in found.decisions] == [("merge", "Galih", STARTED)]
    record.decide(Decision("split", "Tari Lembayung", "Sekar Ayundari", "Galih", STARTED))
    assert len(names(record)) == 2
    rebuild(record)
    assert len(names(record)) == 2


def test_an_article_can_be_split_off(record: Record) -> None:
    first, second = spoken("banjir", "Agus Santoso"), spoken("gempa", "Agus Santoso")
    take_in(record, first, second)
    assert len(record.actors().named("agus santoso")) == 1
    assert second.article
    record.decide(
        Decision("split", "Agus Santoso", "Agus Santoso", "Galih", STARTED, other_article=second.article.id)
    )
    assert [one.articles for one in record.actors().named("agus santoso")] == [1, 1]
    with pytest.raises(NotFound, match="several actors"):
        record.actors().meant("Agus Santoso")
    take_in(record, spoken("longsor", "Agus Santoso"))
    rebuild(record)
    assert sorted(one.articles for one in record.actors().named("agus santoso")) == [1, 2]


def test_the_older_mentions_of_a_frequent_name_stay_whose_they_are(record: Record) -> None:
    first, other = spoken("awal", "Agus Santoso"), spoken("lain", "Agus Santoso")
    assert other.article
    take_in(record, first, other)
    apart = Decision(
        "split", "Agus Santoso", "Agus Santoso", "Galih", STARTED, other_article=other.article.id
    )
    record.decide(apart)
    words = [
        f"{a}{b}" for a in ("ba", "gu", "ki", "lo", "me", "ra", "su", "ti") for b in ("das", "nil", "por")
    ]
    for n in range(3 * LATEST // len(words) + 1):
        day = f"2025-04-{n + 1:02}"
        take_in(record, *(spoken(f"{word}{n}x", "Agus Santoso", day, outlet=f"Kabar {n}") for word in words))
    total = record.db.execute("SELECT count(*) FROM mentions").fetchone()[0]
    assert total > 3 * LATEST
    before = actors(record)
    assert [one.articles for one in record.actors().named("agus santoso")] == [total - 1, 1]
    assert not list(verify(record))
    rebuild(record)
    assert {id_: row[1:] for id_, (row, _) in actors(record).items()} == {
        id_: row[1:] for id_, (row, _) in before.items()
    }


def test_roles_have_the_days_on_which_they_were_seen(record: Record) -> None:
    take_in(
        record,
        spoken("banjir", "Joko Widodo", "2013-05-01", role="Gubernur DKI Jakarta"),
        spoken("gempa", "Joko Widodo", "2015-05-01", role="Presiden"),
        spoken("longsor", "Joko Widodo", "2019-05-01", role="Presiden"),
    )
    roles = record.actors().meant("Joko Widodo").roles
    assert [(r.role, r.first_seen, r.last_seen) for r in roles] == [
        ("Gubernur DKI Jakarta", "2013-05-01", "2013-05-01"),
        ("Presiden", "2015-05-01", "2019-05-01"),
    ]


def test_what_is_no_name_and_nobody_in_particular_is_no_actor(record: Record) -> None:
    take_in(
        record,
        spoken("banjir", "warga", kind=SpeakerKind.GROUP),
        spoken("gempa", "pejabat itu", kind=SpeakerKind.UNNAMED),
        spoken("longsor", "pemerintah", kind=SpeakerKind.ORGANISATION),
    )
    assert actors(record) == {}
    for wrong in ("siapa pun", "", "a1ffffffffffffffff"):
        with pytest.raises(NotFound):
            record.actors().meant(wrong)
