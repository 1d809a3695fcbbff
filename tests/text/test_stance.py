"""What is said of a word: wordings that say one thing agree, those that do not differ, in a language and across two."""

import pytest

from kutip.languages import available, load
from kutip.languages.matching import Matching
from kutip.text.stance import Stance, differ, stances

WORD = {"id": "masuk", "en": "enter"}
# Wordings of one stance towards "masuk" and "enter", each line another stance: negated, kinds.
SAME = {
    (False, ""): ["id:kapal itu masuk", "id:bukan hanya masuk", "en:the ships enter", "en:not only enter"],
    (True, ""): [
        "id:kapal itu tidak masuk", "id:kapal itu tak masuk", "id:tanpa masuk", "id:tidak satu pun masuk",
        "id:tidak seorang pun masuk", "en:the ships did not enter", "en:they didn’t enter", "en:they never enter",
        "en:they failed to enter",
    ],
    (True, "duty"): [
        "id:kapal itu tidak boleh masuk", "id:kapal itu dilarang masuk", "id:jangan masuk",
        "id:tidak satu pun kapal boleh masuk", "id:tidak ada kapal yang boleh masuk", "id:harus tidak masuk",
        "en:no ship is allowed to enter", "en:they are barred to enter", "en:they must not enter",
        "en:they mustn't enter", "en:they are not permitted to enter",
    ],
    (True, "allowed"): ["id:kapal itu tidak harus masuk", "id:tidak perlu masuk", "en:they need not enter"],
    (True, "certain"): ["id:tidak mungkin masuk", "id:mustahil masuk", "id:tidak bisa masuk", "id:pasti tidak masuk"],
    (False, "certain"): ["id:pasti masuk", "id:tidak mungkin tidak masuk", "id:tidak bisa tidak masuk"],
    (True, "chance"): ["id:belum tentu masuk", "id:mungkin tidak masuk", "en:they might not enter"],
    (True, "yet"): ["id:belum masuk", "id:belum bisa masuk", "en:they have yet to enter"],
    (True, "will"): ["id:tidak akan masuk", "id:akan tidak masuk", "en:they will not enter", "en:they won’t enter"],
    (False, "will"): ["id:akan masuk", "id:berencana masuk", "en:they will enter", "en:they plan to enter"],
    (True, "wish"): ["id:enggan masuk", "id:tidak mau masuk", "id:menolak untuk masuk", "en:refused to enter"],
    (False, "duty"): ["id:harus masuk", "id:wajib masuk", "id:akan harus masuk", "en:they must enter"],
    (False, "agreed"): ["id:sepakat masuk"],
}  # fmt: skip


def said(example: str) -> Stance:
    lang, text = example.split(":", 1)
    pack = load(lang)
    (key,) = stances(WORD[lang], pack)
    (found,) = stances(text.casefold(), pack)[key]
    return found


@pytest.mark.parametrize(
    ("expected", "example"), [(stance, one) for stance, examples in SAME.items() for one in examples]
)
def test_polarity_and_modality(expected: tuple[bool, str], example: str) -> None:
    found = said(example)
    assert found.negated is expected[0]
    assert found.kinds == ({expected[1]} if expected[1] else set())


@pytest.mark.parametrize(
    ("one", "other", "how"),
    [
        ("id:tidak satu pun kapal boleh masuk", "id:dilarang masuk", None),
        ("id:dilarang masuk", "en:no ship may enter", None),
        ("id:tidak bisa masuk", "en:they cannot enter", None),
        ("id:dilarang masuk", "en:they may not enter", None),
        ("id:mungkin tidak masuk", "en:they may not enter", None),
        ("id:boleh masuk", "en:they may enter", None),
        ("en:they couldn't enter", "en:they could not enter", None),
        ("id:mungkin masuk", "en:they may enter", None),
        ("id:akan masuk", "id:masuk", None),
        ("id:boleh masuk", "id:dilarang masuk", "negation"),
        ("id:tidak boleh masuk", "id:tidak harus masuk", "modality"),
        ("id:tidak bisa masuk", "id:tidak akan masuk", "modality"),
        ("id:belum masuk", "id:tidak akan masuk", "modality"),
        ("id:sepakat masuk", "id:harus masuk", "modality"),
        ("id:akan masuk", "id:kemungkinan masuk", "modality"),
        ("id:masuk", "id:belum masuk", "negation"),
        ("id:mereka membantah masuk", "id:masuk", None),
        ("en:no ship may enter", "en:the ships may enter", "negation"),
    ],
)
def test_what_differs(one: str, other: str, how: str | None) -> None:
    found = differ([said(one)], [said(other)])
    assert (found[0] if found else None) == how


def test_a_negation_reaches_no_further_than_its_clause_and_is_unsure_behind_its_word() -> None:
    found = stances("tidak mendengar bunyi sirene, kapal masuk", load("id"))
    by_words = {stance.words: stance.negated for said in found.values() for stance in said}
    assert by_words == {
        "tidak mendengar": True,
        "bunyi": None,
        "sirene": None,
        "kapal": False,
        "masuk": False,
    }


def test_one_place_that_agrees_is_enough() -> None:
    one, other = said("id:boleh masuk"), said("id:dilarang masuk")
    assert differ([one, other], [other]) is None
    assert differ([], [other]) is None


def test_operators_of_all_packs_are_known_and_wrong_ones_refused() -> None:
    for code in available():
        assert load(code).matching.operators
    with pytest.raises(ValueError, match="'nope' of 'not nope'"):
        Matching(operators={"not nope": "dilarang"})


def test_of_what_stands_beside_what_is_denied_nothing_is_told() -> None:
    found = stances("premi asuransi tidak akan turun dan kapal masuk", load("id"))
    by_words = {stance.words: stance.negated for said in found.values() for stance in said}
    assert by_words == {
        "premi": None,
        "asuransi": None,
        "tidak akan turun": True,
        "kapal": False,
        "masuk": False,
    }
