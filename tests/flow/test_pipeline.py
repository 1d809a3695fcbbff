"""The pipeline: the order of the steps, and that every page ends in an article or a reason."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kutip.flow import pipeline
from kutip.flow.page_to_article.draft import Draft
from kutip.languages import PackError
from kutip.model import Article, Page, Rejection, sha256_hex

TEXT = "Wali kota mengatakan bahwa jembatan yang rusak itu akan diperbaiki pada tahun ini juga."
MALAY = (
    "Menteri berkata kerajaan akan membina jambatan baharu kerana jambatan sedia ada tidak lagi selamat. "
    "Beliau menambah, kerja pembinaan dijangka bermula selepas mesyuarat pada Khamis."
)


def test_reading_is_the_beginning_of_processing() -> None:
    assert pipeline.STEPS[: len(pipeline.READ)] == pipeline.READ
    names = [name for name, _ in pipeline.STEPS]
    assert len(set(names)) == len(names)


def test_a_text_becomes_an_article() -> None:
    done = pipeline.process(Page("a.txt", TEXT.encode(), "text/plain"))
    assert done.article
    assert (done.article.text, done.article.sha256, done.article.lang) == (
        TEXT,
        sha256_hex(TEXT.encode()),
        "id",
    )
    assert done.rejections == ()
    assert pipeline.read_page(done.page) == done.article


def test_a_language_without_pack_is_kept_and_says_so() -> None:
    done = pipeline.process(Page("a.txt", MALAY.encode(), "text/plain"))
    assert done.article
    assert done.article.lang == "ms"
    assert [b.role for b in done.article.blocks] == ["lead"]
    assert (done.attributions, [r.reason for r in done.rejections]) == ((), ["no-language-pack"])
    assert "'ms'" in done.rejections[0].detail


def test_a_step_that_fails_becomes_a_rejection(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(draft: Draft) -> Draft:
        raise RuntimeError("out of luck")

    steps = tuple((name, broken if name == "blocks" else step) for name, step in pipeline.STEPS)
    monkeypatch.setattr(pipeline, "STEPS", steps)
    done = pipeline.process(Page("a.txt", TEXT.encode(), "text/plain"))
    assert done.article is None
    (rejection,) = done.rejections
    assert (rejection.where, rejection.reason) == ("a.txt", "internal")
    assert "'blocks'" in rejection.detail
    assert "out of luck" in rejection.detail


def test_an_article_survives_a_failure_after_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(draft: Draft) -> Draft:
        raise ValueError

    monkeypatch.setattr(pipeline, "STEPS", (*pipeline.READ, ("attributions", broken)))
    done = pipeline.process(Page("a.txt", TEXT.encode(), "text/plain"))
    assert done.article
    assert [r.reason for r in done.rejections] == ["internal"]


def test_an_unknown_language_tag_is_an_error_of_the_caller() -> None:
    with pytest.raises(PackError, match="xx"):
        pipeline.attribute_text(TEXT, lang="xx")


@given(st.text() | st.binary(), st.sampled_from(["text/plain", "text/html", "application/json"]))
def test_any_page(content: str | bytes, media_type: str) -> None:
    raw = content.encode("utf-8", "replace") if isinstance(content, str) else content
    done = pipeline.process(Page("a", raw, media_type))
    assert done.article or done.rejections
    assert all(r.reason != "internal" for r in done.rejections), done.rejections
    assert isinstance(pipeline.read_page(done.page), Article | Rejection)


@given(st.text())
def test_any_text(text: str) -> None:
    for attribution in pipeline.attribute_text(text, lang="id"):
        for span in attribution.content:
            assert 0 <= span.start < span.end <= len(text)


WORDS = st.sampled_from(
    [
        "Ratna Dewi",
        "(Ratna)",
        "(KBI)",
        "mengatakan",
        "kata",
        ",",
        ".",
        " ",
        "“",
        "”",
        '"',
        "bahwa",
        "Menurut",
        "\n\n",
        ":",
        "Wali Kota",
        "dia",
        "ujarnya",
        "Senin (24/2)",
        "kepada",
        "wartawan",
        "dikutip dari",
        "The",
        "said",
        "İ",
        "-",
        "…",
    ]
)


@given(st.lists(WORDS, max_size=25).map(" ".join), st.sampled_from(["id", "en"]))
def test_any_report(text: str, lang: str) -> None:
    for attribution in pipeline.attribute_text(text, lang):
        for span in (*attribution.content, *filter(None, (attribution.cue, attribution.source))):
            assert 0 <= span.start < span.end <= len(text)
        assert attribution.confidence <= 1


def test_a_text_that_begins_with_a_name_and_a_bracket() -> None:
    assert pipeline.attribute_text("Ratna Dewi (Ratna) mengatakan bahwa jembatan rusak.", "id")
