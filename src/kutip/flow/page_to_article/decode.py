"""Bytes to text: what kind of content they are, and in which encoding."""

import codecs
import re
from contextlib import suppress

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
_CONTROLS = bytes(c for c in range(32) if c not in b"\t\n\r\f\x1b")
_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?([a-zA-Z0-9_:\-]{2,20})", re.I)
_SAME = {
    "iso-8859-1": "cp1252",
    "latin-1": "cp1252",
    "latin1": "cp1252",
    "us-ascii": "cp1252",
    "ascii": "cp1252",
}


def media_type(content: bytes, declared: str) -> str:
    """ "text/html", "application/json" or "text/plain" for ``content``, whatever its carrier called it.

    Raises Refusal "not-text" for a PDF, an image, an archive and other binary content.
    """
    head = content[:_SNIFF].lstrip()
    for magic, name in _BINARY:
        if head.startswith(magic):
            raise Refusal("not-text", f"this is {name}, not a page; extract its text first")
    controls = len(head) - len(head.translate(None, _CONTROLS))
    if not content.startswith(tuple(bom for bom, _ in _BOMS)) and controls > len(head) // 20:
        raise Refusal("not-text", "this is binary data, not a page; give HTML, plain text or JSON lines")
    if declared == "application/json":
        return declared
    if declared == "text/html" or _MARKUP.match(head.removeprefix(codecs.BOM_UTF8).lstrip()):
        return "text/html"
    return "text/plain"


def to_text(content: bytes) -> str:
    """The characters of ``content``: by its byte order mark, else strict UTF-8, else the charset that its
    markup declares, else the guess of a detector.

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
    declared = _CHARSET.search(content[:_SNIFF])
    name = declared[1].decode("ascii").lower() if declared else "utf-8"
    if name not in ("utf-8", "utf8"):
        with suppress(LookupError, UnicodeDecodeError):
            return content.decode(_SAME.get(name, name))
    try:
        return content.decode(_detected(content), "replace")
    except LookupError:  # an encoding that Python does not have
        return content.decode("cp1252", "replace")


def _detected(content: bytes) -> str:
    """The encoding that a detector finds: uchardet, by Resiliparse, or where that is not installed another."""
    try:
        from resiliparse.parse.encoding import detect_encoding

        return str(detect_encoding(content))
    except ImportError:
        from charset_normalizer import from_bytes  # comes with trafilatura; slow to import

        best = from_bytes(content[:65536]).best()
        return best.encoding if best else "cp1252"
