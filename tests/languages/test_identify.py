"""Which language: packs, languages without pack, and what is none."""

import json
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kutip.languages import available, load
from kutip.languages.identify import identify, pack_code

SHARED = Path(os.environ.get("KUTIP_SHARED", Path(__file__).parents[3] / "shared"))

ARTICLES = {
    "id": [
        "Wali kota mengatakan jembatan itu akan diperbaiki karena sudah tidak aman. Ia mengatakan bahwa uang "
        "untuk pekerjaan itu bisa diambil dari anggaran tahun ini.",
        "Polisi menangkap dua orang yang diduga mencuri kabel di kantor kecamatan pada Senin malam.",
        "Menurut dia, perusahaan itu sudah memiliki izin sejak Agustus lalu, tetapi warga belum tahu.",
    ],
    "ms": [
        "Menteri berkata kerajaan akan membina jambatan baharu kerana jambatan sedia ada tidak lagi selamat. "
        "Beliau menambah, kerja pembinaan dijangka bermula selepas mesyuarat pada Khamis.",
        "Polis menahan dua lelaki bagi membantu siasatan kes kecurian kabel di sebuah pejabat semalam.",
        "Menurut beliau, syarikat itu mempunyai lesen sejak Ogos lalu, bagaimanapun penduduk tidak "
        "dimaklumkan mengenai perkara tersebut.",
    ],
    "en": [
        "The mayor said the bridge would be repaired this year because it was no longer safe.",
        "Police have arrested two people who are believed to have taken cables from a town office.",
    ],
    "jv": [
        "Pak lurah ngandika yen kreteg iku bakal didandani taun iki amarga wis ora aman kanggo wong akeh."
    ],
    "de": [
        "Die Bürgermeisterin sagte, dass die alte Brücke nicht mehr sicher ist und im Sommer abgerissen wird."
    ],
    "fr": ["Le maire de la ville a dit que le pont ne sera pas réparé avant la fin de cette année."],
    "es": [
        "La alcaldesa dijo que el puente no se va a reparar hasta el verano, según la radio de la ciudad."
    ],
    "nl": ["De burgemeester zei dat de oude brug niet meer veilig is en in het voorjaar wordt gesloopt."],
}


@pytest.mark.parametrize(
    ("lang", "text"), [(lang, text) for lang, texts in ARTICLES.items() for text in texts]
)
def test_texts(lang: str, text: str) -> None:
    assert identify(text) == lang


@pytest.mark.parametrize(
    "text", ["", "12 34", "zzz qqq www", "橋は今年修理されると市長が語った。", "!!! ???"]
)
def test_unknown(text: str) -> None:
    assert identify(text) is None


@pytest.mark.parametrize(
    ("file", "lang"), [("id-dev", "id"), ("id-pfsa-dev", "id"), ("en-polnear-dev", "en")]
)
def test_whole_articles(file: str, lang: str) -> None:
    path = SHARED / "gold" / f"{file}.jsonl"
    if not path.exists():
        pytest.skip(f"no {path} (set KUTIP_SHARED to the folder that holds gold/)")
    texts = [json.loads(line)["text"] for line in path.read_text(encoding="utf-8").splitlines()]
    assert {identify(text) for text in texts} == {lang}


@pytest.mark.parametrize(
    ("tag", "code"),
    [
        ("id", "id"),
        ("id-ID", "id"),
        ("in", "id"),
        ("IND", "id"),
        ("en_GB", "en"),
        ("ms-MY", "ms"),
        ("", None),
        (None, None),
    ],
)
def test_tags(tag: str | None, code: str | None) -> None:
    assert pack_code(tag) == code


def test_every_pack_knows_its_own_words() -> None:
    for code in available():
        words = load(code).language.function_words.split()
        assert len(words) == len(set(words)), code
        assert identify(" ".join(words)) == code


@given(st.text())
def test_any_text(text: str) -> None:
    assert identify(text) is None or identify(text) == identify(text)
