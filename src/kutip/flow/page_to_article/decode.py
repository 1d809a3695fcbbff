"""Bytes to text: what kind of content they are, and in which encoding."""

import codecs
import re

from kutip.flow.page_to_article.draft import Refusal

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_BINARY = (
    (b"%PDF-", "a PDF document"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"PK\x03\x04", "a zip archive or an office document"),
    (b"\x1f\x8b", "gzip data"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"RIFF", "a media file"),
    (b"SQLite format 3", "an SQLite database"),
)
_MARKUP = re.compile(
    rb"<(?:!doctype|html|head|body|article|div|p|meta|title|script|\?xml|!--)[\s>a-z/-]", re.I
)
_SNIFF = 2048


def media_type(content: bytes, declared: str) -> str:
    """ "text/html", "application/json" or "text/plain" for ``content``, whatever its carrier called it.

    Raises Refusal "not-text" for a PDF, an image, an archive and other binary content.
    """
    head = content[:_SNIFF].lstrip()
    for magic, name in _BINARY:
        if head.startswith(magic):
            raise Refusal("not-text", f"this is {name}, not a page; extract its text first")
    if not content.startswith(tuple(bom for bom, _ in _BOMS)) and content[:_SNIFF].count(0) > len(head) // 8:
        raise Refusal("not-text", "this is binary data, not a page; give HTML, plain text or JSON lines")
    if declared == "application/json":
        return declared
    if declared == "text/html" or _MARKUP.match(head.removeprefix(codecs.BOM_UTF8).lstrip()):
        return "text/html"
    return "text/plain"


def to_text(content: bytes) -> str:
    """The characters of ``content``: byte order mark, else strict UTF-8, else the best guess of a detector.

    Never fails: a byte that no encoding explains becomes U+FFFD.
    """
    for bom, encoding in _BOMS:
        if content.startswith(bom):
            return content.decode(encoding, "replace")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return _guess(content)


def _guess(content: bytes) -> str:
    """Decodes bytes that are not UTF-8; a few bad bytes in UTF-8 are read as UTF-8, the rest is detected."""
    loose = content.decode("utf-8", "replace")
    if loose.count("\ufffd") * 200 < sum(1 for byte in content if byte > 0x7F) + 200:
        return loose
    from charset_normalizer import from_bytes  # comes with trafilatura; slow to import

    best = from_bytes(content[:65536]).best()
    return content.decode(best.encoding if best else "cp1252", "replace")
