"""Bytes to text: content is sniffed, encodings are found."""

import sys
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kutip.flow.page_to_article.decode import media_type, to_text
from kutip.flow.page_to_article.draft import Refusal

LATIN = (
    "Le maire de la ville a annoncé que le vieux pont sera démoli dès l’été prochain à cause de son état. "
    * 5
)


@pytest.mark.parametrize(
    ("content", "declared", "expected"),
    [
        (b"<!DOCTYPE html><html>", "text/plain", "text/html"),
        (b"\xef\xbb\xbf <HTML>", "", "text/html"),
        (b"<p>satu</p>", "", "text/html"),
        (b"2 < 3 dan 4 > 3", "", "text/plain"),
        (b"satu", "text/html", "text/html"),
        (b'{"text": "satu"}', "application/json", "application/json"),
        ("<html>".encode("utf-16"), "text/html", "text/html"),
        (b"", "text/plain", "text/plain"),
    ],
)
def test_media_type(content: bytes, declared: str, expected: str) -> None:
    assert media_type(content, declared) == expected


@pytest.mark.parametrize(
    "content",
    [
        b"%PDF-1.7\n",
        b"\x89PNG\r\n\x1a\n",
        b"\xff\xd8\xff\xe0",
        b"GIF89a",
        b"PK\x03\x04",
        b"\x1f\x8b\x08",
        b"\x00\x01" * 500,
    ],
)
def test_what_is_no_page_is_refused_with_its_name(content: bytes) -> None:
    with pytest.raises(Refusal) as caught:
        media_type(content, "text/html")
    assert caught.value.reason == "not-text"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252", "iso-8859-15"])
def test_encodings(encoding: str) -> None:
    text = LATIN.replace("’", "'") if encoding.startswith("iso") else LATIN
    assert to_text(text.encode(encoding)) == text


UNDECLARED = {
    "cp1252": LATIN,
    "shift_jis": "市長は古い橋が来月取り壊されると記者に語った。" * 20,
    "cp1251": "Мэр города заявил, что старый мост будет снесён в следующем месяце. " * 20,
    "koi8-r": "Мэр города заявил, что старый мост будет снесён в следующем месяце. " * 20,
    "cp1256": "قال رئيس البلدية إن الجسر القديم سيهدم الشهر المقبل. " * 20,
    "gb18030": "市长对记者说，旧桥将于下个月拆除。" * 20,
}


@pytest.mark.parametrize("encoding", UNDECLARED)
def test_encodings_that_nobody_declares(encoding: str) -> None:
    pytest.importorskip("resiliparse", reason="needs kutip[bulk]")
    assert to_text(UNDECLARED[encoding].encode(encoding)) == UNDECLARED[encoding]


def test_without_the_detector_there_is_another(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "resiliparse.parse.encoding", None)
    assert to_text(LATIN.encode("cp1252")) == LATIN


def test_an_encoding_that_python_lacks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kutip.flow.page_to_article.decode._detected", lambda content: "x-none")
    assert to_text(LATIN.encode("cp1252")) == LATIN


def test_a_broken_byte_in_utf8_costs_one_character() -> None:
    broken = LATIN.encode() + b"\xff" + "é".encode()
    assert to_text(broken) == LATIN + "\ufffdé"


@given(st.binary())
def test_any_bytes(content: bytes) -> None:
    assert isinstance(to_text(content), str)
    with suppress(Refusal):
        assert media_type(content, "text/plain") in ("text/plain", "text/html")


@pytest.mark.parametrize("encoding", ["shift_jis", "windows-1251", "iso-8859-1", "gb18030"])
def test_a_declared_charset(encoding: str) -> None:
    words = {"shift_jis": "市長は橋を直すと語った", "windows-1251": "Мэр сказал", "gb18030": "市长说桥会修好"}
    page = f'<html><meta charset="{encoding}"><p>{words.get(encoding, "maïs, déjà")}</p>'
    assert to_text(page.encode(encoding)) == page


def test_a_lying_charset() -> None:
    page = f'<meta charset="ascii"><p>{LATIN}</p>'
    assert to_text(page.encode("utf-8")) == page
    page = f'<meta charset="utf-8"><p>{LATIN}</p>'
    assert to_text(page.encode("cp1252")) == page
