"""Raw text to canonical text: the one place where characters are removed or replaced.

Canonical text has "\\n" as its only line break, no control characters (tab apart), no byte order mark, no
soft hyphen or zero-width space, no lone surrogate. Letters never change: words stay as printed.
"""

import re

_LINE_BREAKS = re.compile(r"\r\n?|\x85|\u2028|\u2029|\x0b|\x0c")
_CONTROLS = {c: None for c in (*range(0x20), *range(0x7F, 0xA0)) if chr(c) not in "\n\t"}
_INVISIBLE = dict.fromkeys((0xAD, 0x200B, 0x200E, 0x200F, 0x2060, 0xFEFF))
_SURROGATES = dict.fromkeys(range(0xD800, 0xE000), "\ufffd")
_TABLE = {**_CONTROLS, **_INVISIBLE, **_SURROGATES}
_SUSPECT = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u200b\u200e\u200f\u2028\u2029\u2060\ufeff\ud800-\udfff]"
)


def canonical(text: str) -> str:
    """``text`` as offsets count it. Idempotent; text that is canonical already comes back unchanged."""
    if not _SUSPECT.search(text):
        return text
    return _LINE_BREAKS.sub("\n", text).translate(_TABLE)


def lowered(text: str) -> str:
    """``text`` in lower case, character by character, so that offsets stay."""
    lower = text.lower()
    if len(lower) == len(text):
        return lower
    return "".join(low if len(low := c.lower()) == 1 else c for c in text)
