import pytest

from kutip.model import Dated, Force, Kind, Role, SpeakerKind
from kutip.views.words import interface_languages, words

ALL = {code: words(code) for code in interface_languages()}


@pytest.mark.parametrize("code", interface_languages())
def test_every_noun_has_a_word(code: str) -> None:
    said = ALL[code]
    assert set(said.kinds) == set(Kind)
    assert set(said.speaker_kinds) == set(SpeakerKind)
    assert set(said.forces) == set(Force)
    assert set(said.roles) == set(Role)
    assert set(said.origins) == {"declared", "given", "text", "inferred"}
    assert len(said.months) == 12
    assert all(said.flat().values())


def test_all_languages_have_the_same_keys() -> None:
    first, *others = (set(said.flat()) for said in ALL.values())
    assert others
    assert all(keys == first for keys in others)


def test_each_interface_language_is_named_in_every_other() -> None:
    assert all(code in said.languages for said in ALL.values() for code in ALL)


@pytest.mark.parametrize(
    ("value", "precision", "written"),
    [
        ("2025", "year", "2025"),
        ("2025-03", "month", "March 2025"),
        ("2025-03-01", "day", "1 March 2025"),
        ("2025-03-11T07:05:00+07:00", "minute", "11 March 2025, 07:05 (UTC+07:00)"),
        ("2025-03-11T07:05:00Z", "minute", "11 March 2025, 07:05 (UTC)"),
        ("2025-03-11T07:05:00+00:00", "minute", "11 March 2025, 07:05 (UTC)"),
        ("2025-03-11T07:05", "minute", "11 March 2025, 07:05"),
        ("2025-03-11T07:05:00+07:00", "day", "11 March 2025"),
        ("kemarin", "day", "kemarin"),
        ("2025-13-01", "day", "2025-13-01"),
        ("", "day", ""),
    ],
)
def test_dates(value: str, precision: str, written: str) -> None:
    assert ALL["en"].date(Dated(value, precision, "", "text")) == written


def test_dates_in_indonesian() -> None:
    assert ALL["id"].day("2025-08-04T18:27:00", "minute") == "4 Agustus 2025, 18.27"
