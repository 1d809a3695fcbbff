import pytest

from kutip.flow.attributions_to_statements.edges import relation
from kutip.flow.attributions_to_statements.features import marks
from kutip.languages import load
from kutip.model import Force, Relation, Telling

REFERENCE = "Kami akan membayar sekurang-kurangnya 12 juta rupiah kepada setiap keluarga sebelum bulan puasa"
CASES = [
    (REFERENCE, Relation.VERBATIM, []),
    (REFERENCE.replace("setiap", "setip"), Relation.VERBATIM, []),
    ("Kami akan membayar sekurang-kurangnya 12 juta rupiah kepada setiap keluarga", Relation.TRIMMED, []),
    ("Tiap keluarga pasti memperoleh uang paling sedikit 12 juta rupiah", Relation.REWORDED, []),
    (REFERENCE.replace("12 juta", "21 juta"), Relation.CHANGED, ["number"]),
    (REFERENCE.replace("sekurang-kurangnya", "paling banyak"), Relation.CHANGED, ["hedge"]),
    (REFERENCE.replace("sekurang-kurangnya ", ""), Relation.CHANGED, ["hedge"]),
    (REFERENCE.replace("akan membayar", "tidak membayar"), Relation.CHANGED, ["negation"]),
    (REFERENCE.replace("akan", "harus"), Relation.CHANGED, ["modality"]),
    (REFERENCE.replace("akan", "kemungkinan"), Relation.CHANGED, ["modality"]),
]


@pytest.mark.parametrize(("words", "expected", "changes"), CASES)
def test_relations(words: str, expected: Relation, changes: list[str]) -> None:
    pack = load("id")
    found, what = relation(marks(REFERENCE, pack), marks(words, pack), Telling.DIRECT)
    assert found is expected
    assert [change.kind for change in what] == changes


def test_narration_is_unattributed_and_its_changes_are_told() -> None:
    pack = load("id")
    told = marks(REFERENCE.replace("12 juta", "21 juta"), pack)
    found, what = relation(marks(REFERENCE, pack), told, Telling.NARRATION)
    assert found is Relation.UNATTRIBUTED
    assert [(c.kind, c.before, c.after) for c in what] == [
        ("number", "sekurang-kurangnya 12 juta rupiah", "sekurang-kurangnya 21 juta rupiah")
    ]


PAIRS = [
    # numbers: of one thing, unless rounded; one that both have is no rival of another
    ("Ada 340 rumah terendam", "Ada 340 rumah terendam dan 12 rumah hanyut", []),
    ("Tiga rudal dan 18 drone diluncurkan", "Tujuh rudal dan 18 drone diluncurkan", ["number"]),
    ("Tiga rudal diluncurkan", "Tujuh drone diluncurkan", []),
    ("Sebanyak 4.200 warga dipindahkan", "Lebih dari 4.000 warga dipindahkan", ["rounding"]),
    ("Sebanyak 4.200 warga dipindahkan", "Lebih dari 5.000 warga dipindahkan", ["number"]),
    ("Ada sekitar 14 pasal yang dibahas", "Ada 14 pasal yang dibahas", ["rounding"]),
    ("Ada sekitar 14 pasal yang dibahas", "Setidaknya ada 14 pasal yang dibahas", ["hedge"]),
    ("Korban dirawat 3 hari di rumah sakit", "Jalan ditutup 10 hari karena longsor", []),
    # days and times of day
    ("Dia diperiksa pada 11 September 2019", "Dia diperiksa pada 12 September 2019", ["date"]),
    ("Dia diperiksa besok", "Dia diperiksa pada Kamis", []),
    ("Dia diperiksa besok", "Dia diperiksa pada Jumat", ["date"]),
    ("Dia diperiksa pukul 10.00 WIB", "Dia diperiksa besok pukul 11.00 WIB", ["date"]),
    ("Dia diperiksa pukul 10.00 WIB", "Dia diperiksa pukul 12.00 WIT", []),
    # polarity and modality
    ("Tidak satu pun kapal asing boleh masuk", "Kapal asing dilarang masuk", []),
    ("Tidak satu pun kapal asing boleh masuk", "Kapal asing boleh masuk", ["negation"]),
    ("Dia tak bisa menghadiri sidang", "Dia tidak akan menghadiri sidang", ["modality"]),
    ("Kami sepakat menunda rapat", "Kami harus menunda rapat", ["modality"]),
    ("Kemungkinan rapat ditunda", "Rapat ditunda", ["modality"]),
    ("Kemungkinan rapat ditunda", "Rapat mungkin ditunda", []),
    ("Tidak ada sirene", "Kami tidak mendengar bunyi sirene", []),
    # one word in common may be about something else
    ("Tidak akan ada yang mau mengasuransikan kapal", "Perusahaan asuransi tetap mengenakan premi", []),
    # names, where the words around them are the same
    ("Kami melapor kepada Wiraseno kemarin sore", "Kami melapor kepada Lembayung kemarin sore", ["name"]),
    ("Kami melapor kepada Wiraseno kemarin sore", "Kami melapor kepada Rahmat Wiraseno kemarin sore", []),
    ("Kami melapor kepada Presiden kemarin sore", "Kami melapor kepada Bapak kemarin sore", []),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other", "kinds"), PAIRS)
def test_what_is_told_to_have_changed(one: str, other: str, kinds: list[str]) -> None:
    pack, day = load("id"), "2025-03-05"  # a Wednesday
    sides = marks(one, pack, day), marks(other, pack, day)
    assert [change.kind for change in relation(*sides, Telling.DIRECT)[1]] == kinds
    assert [change.kind for change in relation(*reversed(sides), Telling.DIRECT)[1]] == kinds


def test_what_is_told_less_exactly_is_no_other_claim() -> None:
    pack = load("id")
    sides = (marks(text, pack) for text in ("Ada sekitar 14 pasal yang dibahas", "Ada 14 pasal yang dibahas"))
    assert relation(*sides, Telling.DIRECT)[0] is not Relation.CHANGED


def test_the_force_of_the_cue_counts() -> None:
    pack = load("id")
    denied = marks("menerima uang itu", pack, force=Force.DENIES)
    assert relation(marks("Saya tidak menerima uang itu", pack), denied, Telling.INDIRECT)[1] == ()
    believed = marks("rapat ditunda", pack, force=Force.BELIEVES)
    assert relation(marks("Kemungkinan rapat ditunda", pack), believed, Telling.INDIRECT)[1] == ()


def test_across_languages() -> None:
    one = marks("Tidak satu pun kapal boleh masuk dalam 30 hari", load("id"))
    other = marks("No ship may enter within 13 days", load("en"))
    assert [change.kind for change in relation(one, other, Telling.DIRECT)[1]] == ["number"]
