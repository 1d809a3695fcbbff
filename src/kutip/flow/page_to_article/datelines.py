"""Datelines: where and through whom a report was sent, printed before its first sentence.

Their shape is the same in every language: capitalised words (places, outlets, domains, agencies in brackets,
a date), then a dash, or for outlets' domains a full stop. No word list is needed.
"""

import re

LONGEST = 90
_CAPITAL = r"[^\W\d_a-zßà-öø-ÿ]"
_WORD = rf"{_CAPITAL}[\w'’&\-]{{0,24}}+(?:\.(?=[ ,]))?+"
_DOMAIN = r"\w[\w\-]{0,24}+(?:\.[A-Za-z]{2,4}){1,3}+\b"
_UNIT = rf"(?:{_DOMAIN}|{_WORD}|\d{{1,4}}+(?:[/.]\d{{1,4}}+){{0,2}}+)"
_BRACKET = r"\([^()\n]{2,30}\)"
_DASH = r"(?:[ \u00a0]*+(?:--+|[\-–—―])[ \u00a0\n]++|[ \u00a0]*+[–—―])"
_HEAD = rf"{_UNIT}(?:,?[ \u00a0/|]{{1,2}}{_UNIT}|,?[ \u00a0]{{0,2}}{_BRACKET}){{0,9}}?"
_PLACE_STOP = (
    r"(?:[A-Z][A-Z'’\-]++(?: [A-Z][A-Z'’\-]++){0,3}+(?:\.[ \u00a0]++|,?[ \u00a0]*+[-–—]++[ \u00a0]++))?+"
)
_DATELINE = re.compile(rf"(?P<head>{_HEAD}){_DASH}{_PLACE_STOP}")
_DOMAIN_STOP = re.compile(rf"{_DOMAIN}(?:,? {_WORD}){{0,3}}\. ?(?=[\"“]?{_CAPITAL})")
_DOMAIN_HEAD = re.compile(rf"{_DOMAIN}, {_WORD}(?=[ ]{_CAPITAL})")
_DOMAIN_ALONE = re.compile(r"\b\w[\w\-]{2,24}+(?:\.[A-Za-z]{2,4}){1,3}+\b")
_SENT_BY = re.compile(rf"(?:{_WORD},? ){{1,4}}\([A-Z][\w ./&]{{1,24}}\) ?[\-–—―]{{1,2}} ")
_AFTER_AGENCY = (" -", " –", " —", "–", "—")
_STRONG = re.compile(rf"{_DOMAIN}|\([^()]*\)|^(?:[A-Z][A-Z.'’\- ]{{2,}}(?:,|$))")


def dateline_end(text: str, start: int, end: int, bold: bool) -> int:
    """Where the dateline at the head of ``text[start:end]`` ends, or ``start`` where there is none.

    bold: take plain capitalised words before a dash for one ("Poros Warta – …"), as at the head of a first
    paragraph; else an outlet's domain, an agency in brackets or a place in capitals must show what it is.
    """
    limit = min(end, start + LONGEST)
    for pattern in (_DATELINE, _DOMAIN_STOP, _DOMAIN_HEAD):
        match = pattern.match(text, start, limit)
        if match is None:
            continue
        stop = match.end()
        while stop < end and text[stop].isspace():
            stop += 1
        if pattern is _DATELINE and not _STRONG.search(match["head"]) and not (bold and _opens(text, stop)):
            continue
        if end - stop >= 20:
            return stop
    return start


def _opens(text: str, at: int) -> bool:
    """Whether a sentence may begin here."""
    return text[at : at + 1].isupper() or text[at : at + 1] in "\"“”‘'«„0123456789"


def outlet_of(dateline: str) -> str | None:
    """The outlet that a dateline names by its domain ("TRIBUNNEWS.COM -"), or None."""
    match = _DOMAIN_ALONE.search(dateline)
    return match[0] if match else None


def inner_datelines(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Datelines with an agency in brackets within a paragraph, where a summary was glued to the report."""
    if all(text.find(f"){dash}", start, end) < 0 for dash in _AFTER_AGENCY):
        return []
    return [m.span() for m in _SENT_BY.finditer(text, start + 1, end)]
