import pytest
from hypothesis import given
from hypothesis import strategies as st

from kutip.languages import load
from kutip.text.keys import keys_of
from kutip.text.stems import Stemmer

FAMILIES = {
    "id": [
        "tunda menunda ditunda penundaan tundalah",
        "pilih memilih dipilih pemilihan pilihan pilihannya",
        "kirim mengirim dikirim pengiriman kiriman mengirimkan",
        "sebut menyebut disebut penyebutan menyebutkan",
        "nilai menilai dinilai penilaian",
        "ambil mengambil diambil pengambilan",
        "bijak kebijakan",
        "berantas memberantas pemberantasan",
        "periksa memeriksa diperiksa pemeriksaan",
    ],
    "en": [
        "attack attacks attacked attacking",
        "policy policies",
        "run runs running",
        "remove removes removed removing",
        "tax taxes taxing",
    ],
}


@pytest.mark.parametrize(("lang", "family"), [(lang, f) for lang, fs in FAMILIES.items() for f in fs])
def test_forms_of_one_word_have_one_key(lang: str, family: str) -> None:
    stem = Stemmer(load(lang).matching.stemming)
    assert len({stem(word) for word in family.split()}) == 1


@pytest.mark.parametrize(
    ("lang", "words"), [("id", "tunda pilih kirim sebut nilai ambil"), ("en", "attack policy run remove tax")]
)
def test_other_words_have_other_keys(lang: str, words: str) -> None:
    stem = Stemmer(load(lang).matching.stemming)
    assert len({stem(word) for word in words.split()}) == len(words.split())


@given(st.text(), st.sampled_from(["id", "en"]))
def test_any_string_has_a_key_no_longer_than_needed(word: str, lang: str) -> None:
    stem = Stemmer(load(lang).matching.stemming)
    assert len(stem(word)) <= len(word.casefold()) + 1


def test_stop_words_have_no_key() -> None:
    keys = keys_of(load("id"))
    assert keys["yang"] == ""
    assert keys["bendungan"] == keys["bendung"] != ""


def test_a_word_and_its_gloss_have_one_key() -> None:
    assert keys_of(load("id"))["banjir"] == keys_of(load("en"))["floods"]
