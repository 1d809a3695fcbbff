from hypothesis import given
from hypothesis import strategies as st

from kutip.languages import load
from kutip.text.sentences import sentences, trimmed


def test_sentences_end_at_marks_but_not_after_abbreviations_and_initials() -> None:
    text = 'Dr. Rahman B. Wijaya datang. "Siap," katanya. Benar? Ya! 14 orang ikut.'
    found = [span.of(text) for span in sentences(text, load("id"))]
    assert found == ["Dr. Rahman B. Wijaya datang.", '"Siap," katanya.', "Benar?", "Ya!", "14 orang ikut."]


def test_a_line_break_ends_a_sentence() -> None:
    text = "Baris pertama\nbaris kedua"
    assert [span.of(text) for span in sentences(text, load("id"))] == ["Baris pertama", "baris kedua"]


def test_marks_at_the_edges_are_left_out() -> None:
    text = '  "Kami siap." '
    assert trimmed(text, 0, len(text)).of(text) == "Kami siap"


@given(st.text())
def test_sentences_cover_all_words_in_order(text: str) -> None:
    found = sentences(text, load("id"))
    assert "".join("".join(span.of(text).split()) for span in found) == "".join(text.split())
