import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kutip.flow.actors.likeness import (
    ACRONYM,
    INITIALS,
    ROLE,
    SAME,
    SHORT_FORM,
    SPELLING,
    begins_with_a_role,
    likeness,
    speaks_for,
)

ONE = [
    ("Dmitri Orlanov", "dmitri orlanov", SAME),
    ("Orlanov", "Dmitri Orlanov", SHORT_FORM),
    ("Dmitri Orlanow", "Dmitry Orlanov", SPELLING),
    ("Soeharto Widjaja", "Suharto Wijaya", SPELLING),
    ("Turki al-Rasyidi", "Turki Al Rashidi", SPELLING),
    ("Halimah M Tanjung", "Halimah Maulida Tanjung", INITIALS),
    ("DKP", "Dinas Kelautan Perikanan", ACRONYM),
    ("Halitan", "Halimah Tanjungsari", ACRONYM),
    ("Barenas", "Badan Rencana Nasional", ACRONYM),
]
TWO = [
    ("Bambang Irawan", "Bambang Sutopo"),
    ("Iran", "Irak"),
    ("Al", "Al Gani"),
    ("Prabawa Subagja", "Raden Prabawa Argo Wicaksono"),
    ("", "Halimah"),
]


@pytest.mark.parametrize(("one", "other", "score"), ONE)
def test_names_of_one_actor(one: str, other: str, score: float) -> None:
    found = likeness(one, other)
    assert found.score == score, found.reason


@pytest.mark.parametrize(("one", "other"), TWO)
def test_names_of_two_actors(one: str, other: str) -> None:
    assert likeness(one, other).score == 0


def test_a_role_stands_for_its_holder() -> None:
    assert likeness("Bupati Sumberjati", "Halimah", "", "Bupati Sumberjati periode kedua").score == ROLE
    assert likeness("Halimah", "Bupati Sumberjati", "Bupati Sumberjati periode kedua").score == ROLE
    assert likeness("Bupati Sumberjati", "Halimah", "", "Bupati Banda").score == 0


@given(st.text(), st.text(), st.text(), st.text())
@example("0", "0¼", "", "")
def test_symmetrical_and_in_bounds(one: str, other: str, role: str, other_role: str) -> None:
    found = likeness(one, other, role, other_role)
    assert 0 <= found.score <= 1
    assert likeness(other, one, other_role, role).score == found.score


@pytest.mark.parametrize(
    ("body", "role", "speaks"),
    [
        ("BPBD", "Kepala BPBD Lamandaru", True),
        ("Kestria", "juru bicara Kestria", True),
        ("BPBD", "Kepala Badan Penanggulangan Bencana Daerah", True),
        ("Badan Penanggulangan Bencana Daerah", "Kepala BPBD", True),
        ("Badan Perencanaan Pembangunan Wilayah", "Kepala Bappewil", True),
        ("KPT", "Ketua Dewan Perwakilan Tala", False),
        ("Dinas Perhubungan", "Kepala Dinas Kesehatan", False),
        ("", "Kepala", False),
    ],
)
def test_a_role_that_speaks_for_a_body(body: str, role: str, speaks: bool) -> None:
    assert speaks_for(body, role) is speaks


def test_what_belongs_to_a_role_begins_no_name() -> None:
    assert begins_with_a_role("Tala Agus Santoso", ["Kepala Dinas Tala"])
    assert not begins_with_a_role("Agus Santoso", ["Agus"])
    assert not begins_with_a_role("Joko Agus Santoso", ["Kepala Dinas Tala"])
