import pytest

from kutip.flow.attributions_to_statements.edges import relation
from kutip.flow.attributions_to_statements.features import marks
from kutip.languages import load
from kutip.model import Relation, Telling

REFERENCE = "Kami akan membayar sekurang-kurangnya 12 juta rupiah kepada setiap keluarga sebelum bulan puasa"
CASES = [
    (REFERENCE, Relation.VERBATIM, []),
    (REFERENCE.replace("setiap", "setip"), Relation.VERBATIM, []),
    ("Kami akan membayar sekurang-kurangnya 12 juta rupiah kepada setiap keluarga", Relation.TRIMMED, []),
    ("Tiap keluarga pasti memperoleh uang paling sedikit 12 juta rupiah", Relation.REWORDED, []),
    (REFERENCE.replace("12 juta", "21 juta"), Relation.CHANGED, ["number"]),
    (REFERENCE.replace("sekurang-kurangnya", "paling banyak"), Relation.CHANGED, ["hedge"]),
    (REFERENCE.replace("akan membayar", "tidak membayar"), Relation.CHANGED, ["negation"]),
    (REFERENCE.replace("akan", "harus"), Relation.CHANGED, ["modality"]),
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
        ("number", "least 12000000 IDR", "least 21000000 IDR")
    ]


def test_not_only_is_no_negation() -> None:
    pack = load("id")
    assert marks("bukan hanya berkunjung, tapi juga berkantor", pack).negated == {}
    assert marks("tidak, kami berkunjung", pack).negated == {}
    assert list(marks("kami tidak akan berkunjung", pack).negated.values()) == ["tidak akan berkunjung"]
