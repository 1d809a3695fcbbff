"""Inflection: forms of words from the rules of a pack."""

import pytest

from kutip.languages import load
from kutip.languages.inflect import Paradigm, inflected

RULES = Paradigm(
    forms={"past": [("e$", "ed"), ("$", "ed")], "plural": [("y$", "ies")], "participle": []},
    irregular={"past": "go:went", "participle": "go:gone"},
)


def test_the_first_rule_that_fits_makes_the_form() -> None:
    assert inflected(RULES, "bake") == {"past": "baked"}
    assert inflected(RULES, "walk") == {"past": "walked"}


def test_a_form_without_a_rule_that_fits_does_not_exist() -> None:
    assert inflected(RULES, "try") == {"past": "tryed", "plural": "tries"}


def test_irregular_forms_win() -> None:
    assert inflected(RULES, "go") == {"past": "went", "participle": "gone"}


def test_of_several_words_the_first_is_inflected() -> None:
    assert inflected(RULES, "go_on_to") == {"past": "went_on_to", "participle": "gone_on_to"}


@pytest.mark.parametrize(
    ("base", "s", "past", "ing"),
    [
        ("say", "says", "said", "saying"),
        ("deny", "denies", "denied", "denying"),
        ("plan", "plans", "planned", "planning"),
        ("urge", "urges", "urged", "urging"),
        ("admit", "admits", "admitted", "admitting"),
        ("agree", "agrees", "agreed", "agreeing"),
        ("stress", "stresses", "stressed", "stressing"),
        ("vow", "vows", "vowed", "vowing"),
        ("claim", "claims", "claimed", "claiming"),
        ("veto", "vetoes", "vetoed", "vetoing"),
        ("lie", "lies", "lied", "lying"),
    ],
)
def test_english_verbs(base: str, s: str, past: str, ing: str) -> None:
    forms = inflected(load("en").grammar.words.paradigms["verb"], base)
    assert (forms["s"], forms["d"], forms["g"]) == (s, past, ing)
