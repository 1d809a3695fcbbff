"""Whatever the bytes, under whatever name: pages and rejections come out of a source, and no exception."""

import gzip
import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kutip.flow.page_to_article.draft import Reading
from kutip.flow.pipeline import process
from kutip.model import Page, Rejection
from kutip.sources.content import KINDS, Part, read_stream
from tests.sources.making import page, zipped

HEADS = [
    b"",
    b"WARC/1.0\r\n",
    b"PAR1",
    b"\x1f\x8b\x08\x00",
    b"\xef\xbb\xbf{",
    b"\xff\xfe",
    b'{"text": "',
    b"text,url\n",
    b'text;"',
    b"<html><body><p>",
    b"%PDF-",
    gzip.compress(b'{"text": "kata"}\n')[:-6],
    zipped(page(1))[:90],
]
KEPT = sorted((Path(__file__).parents[1] / "data" / "fuzz").glob("*"))  # that broke something once
PIECES = st.one_of(st.binary(max_size=60), st.text(max_size=40).map(str.encode), st.sampled_from(HEADS))


@pytest.mark.parametrize("suffix", [*KINDS, ".warc.gz", ".csv.gz", ".parquet.gz", ""])
@given(st.lists(PIECES, max_size=6).map(b"".join), st.sampled_from([{}, {"text": "url"}, {"html": "text"}]))
@settings(max_examples=25)
def test_nothing_raises(suffix: str, content: bytes, columns: dict[str, str]) -> None:
    found = list(read_stream(io.BytesIO(content), Part("x" + suffix), columns))
    assert (
        found
        or not content.strip(b"\xef\xbb\xbf \t\r\n")
        or suffix.startswith((".csv", ".tsv"))
        or not content
    )
    for one in found:
        assert isinstance(one, Page | Rejection)
        if isinstance(one, Page):
            done = process(one)
            assert done.article is not None or done.rejections
            assert not [r for r in done.rejections if r.reason == "internal"]


@pytest.mark.parametrize("fast", [False, True])
@pytest.mark.parametrize("kept", KEPT, ids=lambda path: path.name)
def test_what_broke_something_once(kept: Path, fast: bool) -> None:
    for one in read_stream(io.BytesIO(kept.read_bytes()), Part(kept.name), {}):
        if isinstance(one, Page):
            done = process(one, Reading(fast))
            assert not [r for r in done.rejections if r.reason == "internal"]
