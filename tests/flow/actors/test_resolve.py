"""Mentions to actors: one person under several names is one, two persons of one name are two, in any order."""

from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kutip.flow.actors.blocking import name_keys
from kutip.flow.actors.likeness import Likeness, likeness
from kutip.flow.actors.resolve import Decided, Mention, resolve, score
from kutip.flow.actors.roles import Role, agree, holder, role_of
from kutip.model import SpeakerKind

PERSON, ORGANISATION = SpeakerKind.PERSON, SpeakerKind.ORGANISATION


def mention(name: str, article: str, role: str = "", story: int = 1, **fields: object) -> Mention:
    roles = (role_of(role, "id"),) if role else ()
    return Mention(article, name, fields.pop("kind", PERSON), roles, story, **fields)  # type: ignore[arg-type]


def links(mentions: Iterable[Mention]) -> dict[tuple[str, str], Likeness]:
    names = {one.name for one in mentions}
    pairs = {(a, b): likeness(a, b) for a in names for b in names if a != b and name_keys(a) & name_keys(b)}
    return {pair: found for pair, found in pairs.items() if found.score >= 0.8}


def groups(mentions: Iterable[Mention], *decided: Decided) -> set[frozenset[str]]:
    """Articles of the actors."""
    found = list(mentions)
    return {
        frozenset(f"{m.name} {m.article}" for m in a.mentions) for a in resolve(found, links(found), decided)
    }


def together(mentions: Iterable[Mention], *decided: Decided) -> bool:
    return len(groups(mentions, *decided)) == 1


@pytest.mark.parametrize(
    ("names", "kind"),
    [
        (("Dmitry Peskov", "Peskov"), PERSON),
        (("Dmitry Peskov", "Dmitri Peskow", "Peskov"), PERSON),
        (("Joko Widodo", "Jokowi"), PERSON),
        (("Laode Muhammad Syarif", "Laode M Syarif"), PERSON),
        (("Komisi Pemberantasan Korupsi", "KPK"), ORGANISATION),
    ],
)
def test_names_of_one_in_one_story(names: tuple[str, ...], kind: SpeakerKind) -> None:
    mentions = [mention(name, f"a{n}", kind=kind) for n, name in enumerate(names)]
    assert together(mentions)
    (actor,) = resolve(mentions, links(mentions))
    assert all(actor.reasons)
    assert set(actor.names) == set(names)


def test_other_names_are_others() -> None:
    assert len(groups([mention("Dmitry Peskov", "a"), mention("Tari Lembayung", "b")])) == 2
    assert (
        len(
            groups(
                [
                    mention("Kestria Bank", "a", kind=ORGANISATION),
                    mention("Kestrian Bank", "b", kind=ORGANISATION),
                ]
            )
        )
        == 2
    )
    assert len(groups([mention("Agus Santoso", "a"), mention("Agus Santoso", "b", kind=ORGANISATION)])) == 1


def test_two_of_one_name_are_kept_apart_by_role_outlet_and_story() -> None:
    police = mention("Agus Santoso", "a", "Kapolres Sura", 1, outlet="Warta")
    trader = mention("Agus Santoso", "b", "pedagang Pasar Tala", 2, outlet="Kabar")
    assert len(groups([police, trader])) == 2
    in_one_outlet = mention("Agus Santoso", "b", "pedagang Pasar Tala", 2, outlet="Warta")
    assert together([police, in_one_outlet])
    in_one_story = mention("Agus Santoso", "b", "pedagang Pasar Tala", 1, outlet="Kabar")
    assert together([police, in_one_story])
    assert together([police, mention("Agus Santoso", "c", "", 3, outlet="Kabar")])


def test_one_who_holds_several_offices_is_one() -> None:
    found = [
        mention("Joko Widodo", "a", "Presiden", 1, outlet="Warta"),
        mention("Joko Widodo", "b", "mantan Gubernur DKI Jakarta", 2, outlet="Kabar"),
        mention("Joko Widodo", "c", "Presiden", 2, outlet="Kabar"),
    ]
    assert together(found)


def test_a_short_name_is_understood_from_its_story() -> None:
    found = [
        mention("Budi Santoso", "a", "Menteri Pertanian", 1),
        mention("Budi Hartono", "b", "Kapolda Tala", 2),
        mention("Budi", "c", "", 2),
        mention("Budi", "d", "", 3),
    ]
    assert groups(found) == {
        frozenset({"Budi Santoso a"}),
        frozenset({"Budi Hartono b", "Budi c"}),
        frozenset({"Budi d"}),
    }


def test_a_short_name_that_always_meant_one_means_him_elsewhere() -> None:
    found = [mention("Joko Widodo", f"a{n}", "Presiden Kestria", n) for n in range(3)]
    found += [mention("Jokowi", f"b{n}", "", n) for n in range(3)]
    assert together([*found, mention("Jokowi", "c", "", 9)])
    assert len(groups([*found, mention("Jokowi", "c", "Kapolres Sura", 9)])) == 2


def test_a_decision_wins_and_the_later_of_two_holds() -> None:
    found = [
        mention("Tari Lembayung", "a"),
        mention("Sekar Ayundari", "b"),
        mention("Tari Lembayung", "c", story=2),
    ]
    merged = Decided(True, "Tari Lembayung", "Sekar Ayundari")
    assert together(found, merged)
    assert len(groups(found, merged, Decided(False, "Tari Lembayung", "Sekar Ayundari"))) == 2
    apart = Decided(False, "Tari Lembayung", "Tari Lembayung", None, "c")
    assert groups(found[::2], apart) == {frozenset({"Tari Lembayung a"}), frozenset({"Tari Lembayung c"})}
    only_there = Decided(True, "Tari Lembayung", "Sekar Ayundari", "c", None)
    assert frozenset({"Tari Lembayung c", "Sekar Ayundari b"}) in groups(found, apart, only_there)


NAMES = (
    "Joko Widodo",
    "Jokowi",
    "Widodo",
    "Agus Santoso",
    "Agus",
    "A. Santoso",
    "KPK",
    "Komisi Pemberantasan Korupsi",
)
MENTIONS = st.builds(
    mention,
    st.sampled_from(NAMES),
    st.integers(0, 20).map(str),
    st.sampled_from(("", "Presiden", "Kapolres Sura", "pedagang Pasar Tala")),
    st.integers(1, 4),
    outlet=st.sampled_from(("Warta", "Kabar")),
)


@given(st.lists(MENTIONS, unique_by=lambda m: (m.article, m.name), max_size=12).flatmap(
    lambda found: st.tuples(st.just(found), st.permutations(found))
))  # fmt: skip
def test_the_order_of_mentions_tells_nothing_and_each_is_of_one_actor(
    found: tuple[list[Mention], list[Mention]],
) -> None:
    assert groups(found[0]) == groups(found[1])
    actors = resolve(found[0], links(found[0]))
    assert sorted(m.article + m.name for a in actors for m in a.mentions) == sorted(
        m.article + m.name for m in found[0]
    )
    assert all(len(a.mentions) == len(a.reasons) for a in actors)


@given(st.sampled_from(NAMES), st.sampled_from(NAMES))
def test_names_that_are_alike_share_a_key(one: str, other: str) -> None:
    found = likeness(one, other)
    if found.score >= 0.8 and found.reason != "initials fit":  # of initials, a whole part has to fit as well
        assert name_keys(one) & name_keys(other)


def test_roles() -> None:
    minister = role_of("Menteri Pertahanan Kestria", "id")
    assert "kestria" in minister.body
    assert agree({minister}, {role_of("Kestria's defence minister", "en")}) is True
    assert agree({role_of("Ketua Koperasi Sura", "id")}, {role_of("Ketua Kontak Tala", "id")}) is False
    assert agree({role_of("Presiden", "id")}, {role_of("Presiden RI", "id")}) is True
    assert agree({role_of("Presiden", "id")}, {role_of("Kapolri", "id")}) is None
    assert agree(set(), {minister}) is None


def test_a_role_in_place_of_a_name() -> None:
    held: dict[str, list[Role]] = {
        "a": [role_of("Juru bicara Kremlin", "id")],
        "b": [role_of("Ketua KPK", "id")],
    }
    assert holder(role_of("juru bicara Kremlin", "id"), held) == "a"
    assert holder(role_of("Menteri Pertahanan", "id"), held) is None
    assert holder(role_of("juru bicara Kremlin", "id"), held | {"c": held["a"]}) is None
    assert holder(Role(frozenset(), frozenset()), held) is None


def test_the_score_explains_itself() -> None:
    actors = resolve(
        [mention("Agus Santoso", "a", "Kapolres Sura", 1), mention("Tari Lembayung", "b", "", 1)], {}
    )
    value, why = score(0.9, *actors)
    assert value > 0.9
    assert why == "in one story"


def test_a_short_form_goes_along_with_the_name_that_is_split_off() -> None:
    found = [
        mention("Tari Lembayung", "a", story=1),
        mention("Sekar Ayundari", "b", story=2),
        mention("Sekar", "c", story=2),
        mention("Tari", "d", story=1),
    ]
    decided = (
        Decided(True, "Tari Lembayung", "Sekar Ayundari"),
        Decided(False, "Tari Lembayung", "Sekar Ayundari"),
    )
    assert groups(found, *decided) == {
        frozenset({"Tari Lembayung a", "Tari d"}),
        frozenset({"Sekar Ayundari b", "Sekar c"}),
    }
