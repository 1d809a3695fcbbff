"""JSON rows: our keys and those of the collectors in use."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kutip.flow.pipeline import read_page
from kutip.model import Article, Page, Rejection

TEXT = "Wali kota mengatakan bahwa jembatan yang rusak itu akan diperbaiki pada tahun ini juga."


def read(row: Any) -> Article | Rejection:
    return read_page(Page("rows.jsonl:3", json.dumps(row).encode(), "application/json"))


@pytest.mark.parametrize(
    "row",
    [
        {
            "text": TEXT,
            "headline": "Jembatan Rusak",
            "outlet": "kabar.example",
            "byline": "Sari Wulan, Budi",
            "published": "2025-02-26",
            "lang": "id",
            "url": "https://kabar.example/1",
        },
        {
            "maintext": TEXT,
            "title": "Jembatan Rusak",
            "source_domain": "kabar.example",
            "authors": ["Sari Wulan", "Budi"],
            "date_publish": "2025-02-26",
            "language": "id",
            "url": "https://kabar.example/1",
        },
        {
            "plaintext": TEXT,
            "title": "Jembatan Rusak",
            "publisher": "kabar.example",
            "authors": ["Sari Wulan", "Budi"],
            "publishing_date": "2025-02-26",
            "lang": "id",
            "url": "https://kabar.example/1",
        },
        {
            "body": TEXT,
            "title": "Jembatan Rusak",
            "source": {"uri": "kabar.example"},
            "authors": [{"name": "Sari Wulan"}, {"name": "Budi"}],
            "dateTime": "2025-02-26",
            "lang": "ind",
            "url": "https://kabar.example/1",
        },
    ],
    ids=["kutip", "news-please", "fundus", "event-registry"],
)
def test_keys_of_collectors(row: dict[str, Any]) -> None:
    article = read(row)
    assert isinstance(article, Article)
    assert article.text == f"Jembatan Rusak\n\n{TEXT}"
    assert [article.headline, article.outlet, article.byline] == [
        "Jembatan Rusak",
        "kabar.example",
        "Sari Wulan, Budi",
    ]
    assert (article.lang, article.url) == ("id", "https://kabar.example/1")
    assert article.published
    assert (article.published.value, article.published.origin) == ("2025-02-26", "given")
    assert article.found_in["headline"] == f"row:{'headline' if 'headline' in row else 'title'}"
    assert [b.role.value for b in article.blocks] == ["headline", "lead"]


def test_a_text_that_holds_its_headline_is_left_as_it_is() -> None:
    text = f"Jembatan Rusak\n\n{TEXT}"
    article = read({"text": text, "title": "Jembatan Rusak"})
    assert isinstance(article, Article)
    assert article.text == text


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b'{"text": ', "bad-json"),
        (b"[1, 2]", "bad-json"),
        (b'"text"', "bad-json"),
        (b"{}", "empty"),
        (b'{"text": "  "}', "empty"),
        (b'{"text": 5, "title": null}', None),
        (b'{"text": null, "body": ["a", {"name": "b"}]}', None),
        (b"\xff\xfe{", "bad-json"),
    ],
)
def test_bad_rows_are_rejected_with_their_place(content: bytes, reason: str | None) -> None:
    result = read_page(Page("rows.jsonl:3", content, "application/json"))
    if reason is None:
        assert isinstance(result, Article)
    else:
        assert isinstance(result, Rejection)
        assert (result.where, result.reason) == ("rows.jsonl:3", reason)


def test_the_same_row_has_the_same_id_and_another_text_another() -> None:
    first, again = read({"id": "a", "text": TEXT}), read({"text": TEXT, "id": "a"})
    other = read({"id": "a", "text": TEXT + " Ya."})
    assert isinstance(first, Article)
    assert isinstance(again, Article)
    assert isinstance(other, Article)
    assert first.id == again.id != other.id


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(), lambda c: st.lists(c) | st.dictionaries(st.text(), c)
)
KEYS = st.sampled_from(["text", "title", "source", "authors", "published", "lang", "url", "body", "id"])


@given(st.dictionaries(KEYS, JSON) | JSON)
def test_any_row(row: Any) -> None:
    assert isinstance(read(row), Article | Rejection)
