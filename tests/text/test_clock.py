import pytest

from kutip.languages import load
from kutip.text.clock import find_times


@pytest.mark.parametrize(
    ("lang", "text", "minutes"),
    [
        ("id", "diperiksa pukul 10.00 WIB", [600]),
        ("id", "sejak 21.40 WITA hingga pukul 5.15", [1300, 315]),
        ("id", "sebanyak 10.00 warga, pukul 25.00, 11/9/2019, Rp 10.500", []),
        ("en", "at 7:33 p.m. on Friday and at 7:33 pm", [1173, 1173]),
        ("en", "it landed at 7:33 p.m", [1173]),
        ("en", "by 10 people, 4:5, 12 am", [0]),
    ],
)
def test_times_of_day(lang: str, text: str, minutes: list[int]) -> None:
    assert [one.minute for one in find_times(text, load(lang))] == minutes


def test_one_time_in_two_zones() -> None:
    (jakarta,) = find_times("pukul 10.00 WIB", load("id"))
    (jayapura,) = find_times("pukul 12.00 WIT", load("id"))
    (bare,) = find_times("pukul 10.00", load("id"))
    assert jakarta.same(jayapura)
    assert jakarta.same(bare)
    assert not jayapura.same(bare)
