"""What can be read off a statement and a story: its way, who tells it without source, who only repeats."""

from typing import Any

import msgspec

from kutip.apps import tracing
from kutip.store.lineage import StatementLine, StoryArticle, StoryFound, StoryLine, Told

LINE = StoryLine("s1", "Selat dibuka", "2025-11-10", "2025-11-12", 4, 0, 4, 2)


def told(outlet: str | None, published: str | None, **fields: Any) -> Told:
    given: dict[str, Any] = {
        "id": f"r-{outlet}",
        "statement": "s1",
        "position": 1,
        "article": f"a-{outlet}",
        "attribution": "a1",
        "speaker": "Ilena Marsk",
        "role": None,
        "actor": None,
        "kind": "direct",
        "content": "Selat dibuka",
        "content_spans": (),
        "relation": "verbatim",
        "changes": (),
        "score": 1.0,
        "said_on": None,
        "via": (),
        "outlet": outlet,
        "headline": None,
        "published": published,
        "url": None,
        "lang": "id",
        "sha256": "",
    }
    return Told(**given | fields)


def statement(*renditions: Told, id_: str = "s1") -> StatementLine:
    return StatementLine(id_, "Ilena Marsk", "s1", None, renditions)


def tree(hops: list[tracing.Hop]) -> list[Any]:
    return [(hop.name, hop.missing, tree(hop.after)) for hop in hops]


def test_the_way_leads_from_the_speaker_through_who_had_it_from_whom() -> None:
    found = tracing.ways(
        statement(
            told("Warta", "2025-11-11", via=("Meridian Wire",)),
            told("MERIDIAN WIRE", "2025-11-10"),
            told("Kabar", "2025-11-12", via=("Harbour", "Meridian Wire")),
            told("Suluh", "2025-11-12", relation="unattributed"),
        )
    )
    assert tree(found) == [
        ("MERIDIAN WIRE", False, [("Warta", False, []), ("Harbour", True, [("Kabar", False, [])])])
    ]


def test_two_outlets_without_a_name_are_two_stations() -> None:
    found = tracing.ways(statement(told(None, "2025-11-10", id="r1"), told(None, "2025-11-11", id="r2")))
    assert [len(hop.told) for hop in found] == [1, 1]


def test_first_seen_is_by_the_clock_of_one_place() -> None:
    wire = told("Wire", "2025-11-11T01:00:00+00:00")
    east = told("Timur", "2025-11-11T07:59:00+07:00")
    day = told("Harian", "2025-11-11")
    own = told("Suluh", "2025-11-09", relation="unattributed")
    assert tracing.first_seen(statement(wire, east, day, own, told("X", None))).outlet == "Timur"
    assert tracing.first_seen(statement(own)).outlet == "Suluh"
    assert [one.outlet for one in tracing.without_source(statement(wire, own))] == ["Suluh"]


def article(outlet: str, published: str | None, copy_of: str | None = None) -> StoryArticle:
    return StoryArticle(f"a-{outlet}", None, outlet, published, "id", None, copy_of, 1)


def test_who_says_nothing_new_repeats_those_who_were_first() -> None:
    first, second, late = (
        told(o, f"2025-11-1{n}T00:00:00+00:00") for n, o in enumerate(("Wire", "Kabar", "Warta"))
    )
    found = StoryFound(
        LINE,
        (
            article("Wire", first.published),
            article("Kabar", second.published),
            article("Warta", late.published),
            article("Salin", late.published, "a-Warta"),
        ),
        (statement(first, late), statement(second, late, id_="s2"), statement(late, second, id_="s3")),
    )
    (again,) = tracing.repeats(found)
    assert again.article.outlet == "Warta"
    assert again.statements == 3
    assert [(one.outlet, count) for one, count in again.whose] == [("Kabar", 2), ("Wire", 1)]


def test_the_timeline_goes_by_the_day_of_the_saying() -> None:
    late = statement(told("Wire", "2025-11-12", said_on="2025-11-09"))
    early = statement(told("Kabar", "2025-11-10"), id_="s2")
    moments = tracing.timeline(StoryFound(LINE, (), (early, late)))
    assert [(m.statement.id, m.day, m.first.published) for m in moments] == [
        ("s1", "2025-11-09", "2025-11-12"),
        ("s2", None, "2025-11-10"),
    ]


def test_copies_stand_under_their_originals() -> None:
    articles = [
        article("Salin", "2025-11-10", "a-Warta"),
        article("Wire", None),
        article("Warta", "2025-11-11"),
    ]
    assert [(one.outlet, [copy.outlet for copy in copies]) for one, copies in tracing.folded(articles)] == [
        ("Warta", ["Salin"]),
        ("Wire", []),
    ]
    alone = msgspec.structs.replace(articles[0], copy_of="elsewhere")
    assert tracing.folded([alone]) == [(alone, [])]


def test_statements_of_more_than_one_article() -> None:
    twice = statement(told("Wire", None), told("Kabar", None))
    once = statement(told("Wire", None), told("Wire", None, id="r2"), id_="s2")
    assert tracing.in_more_articles([twice, once]) == [twice]
