"""The public names of the package, and that they do what they say."""

import subprocess
import sys

import pytest

import kutip
from kutip.model import Article


def test_public_names_are_listed() -> None:
    made_here = {
        name
        for name, value in vars(kutip).items()
        if not name.startswith("_") and getattr(value, "__module__", None) == "kutip"
    }
    assert set(kutip.__all__) == made_here | {"__version__"}


def test_every_public_name_is_documented() -> None:
    for name in set(kutip.__all__) - {"__version__"}:
        assert (getattr(kutip, name).__doc__ or "").strip(), name


def test_import_is_cheap() -> None:
    code = (
        "import sys, kutip; print(','.join(m for m in sys.modules if m in ('trafilatura', 'lxml', 'rich')))"
    )
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert loaded.strip() == ""


def test_read_takes_text_bytes_and_markup() -> None:
    sentence = "Wali kota itu mengatakan bahwa jembatan yang rusak akan diperbaiki pada tahun ini juga."
    plain = kutip.read(sentence)
    assert isinstance(plain, Article)
    assert plain.text == sentence
    assert kutip.read(sentence.encode()) == plain
    page = (
        f"<html><head><title>Jembatan</title></head><body><article><p>{sentence}</p></article></body></html>"
    )
    assert sentence in kutip.read(page).text


def test_read_says_why_there_is_no_article() -> None:
    with pytest.raises(kutip.NotAnArticle) as caught:
        kutip.read(b"%PDF-1.7 ...")
    assert caught.value.rejection.reason == "not-text"
    assert "PDF" in str(caught.value)


def test_attribute_of_an_unknown_language_is_empty() -> None:
    assert kutip.attribute("zzz qqq www") == ()
