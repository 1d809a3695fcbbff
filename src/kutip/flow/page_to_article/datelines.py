"""Datelines: where and through whom a report was sent, printed before its first sentence.

Their shape is the same in every language: capitalised words (places, outlets, domains, agencies in brackets,
a date), then a dash, or for outlets' domains a full stop. No word list is needed.
"""

import re

LONGEST = 90
SHORTEST = 20  # characters: what follows a dateline is at least so long
_CAPITAL = r"[^\W\d_a-zß-öø-ÿ]"
_WORD = rf"(?:{_CAPITAL}[\w'’&\-]{{0,24}}+|[a-z]{{1,8}}+[A-Z]\w{{1,20}}+)(?:\.(?=[ ,]))?+"
_INITIALS = r"(?:[A-Z]\.){1,4}+"
_DOMAIN = r"\w[\w\-]{0,24}+(?:\.[A-Za-z]{2,4}){1,3}+\b"
_UNIT = rf"(?:{_DOMAIN}|{_INITIALS}|{_WORD}|\d{{1,4}}+(?:[/.]\d{{1,4}}+){{0,2}}+)"
_BRACKET = r"\([^()\n]{2,30}\)"
_DASH = r"(?:[ \u00a0]*+(?:--+|[\-–—―|])[ \u00a0\n]++|[ \u00a0]*+[–—―]|[ \u00a0]*+-(?=[A-Z\"“]))"
_HEAD = rf"(?:{_UNIT}|{_BRACKET})(?:,?[ \u00a0/|]{{1,2}}{_UNIT}|,?[ \u00a0]{{0,2}}{_BRACKET}){{0,9}}?"
_PLACE_STOP = (
    r"(?:[A-Z][A-Z'’\-]++(?: [A-Z][A-Z'’\-]++){0,3}+(?:\.[ \u00a0]++|,?[ \u00a0]*+[-–—]++[ \u00a0]++))?+"
)
_DATELINE = re.compile(rf"(?P<head>{_HEAD})(?P<dash>{_DASH}){_PLACE_STOP}")
_DOMAIN_STOP = re.compile(rf"{_DOMAIN}(?:,? {_WORD}){{0,3}}\. ?(?=[\"“]?{_CAPITAL})")
_DOMAIN_HEAD = re.compile(
    rf"(?:{_DOMAIN}, {_WORD}|[A-Z]{{3,24}}+(?:\.[A-Z]{{2,4}}){{1,2}}+,)(?=[ ]{_CAPITAL})"
)
_PATTERNS: tuple[re.Pattern[str], ...] = (_DATELINE, _DOMAIN_STOP, _DOMAIN_HEAD)
_ALONE = re.compile(
    rf"[A-Z][A-Z.'’ \-]{{2,40}}+(?:, ?(?:{_DOMAIN}|[A-Z][A-Z.'’ \-]{{2,40}}+)|\([A-Z]{{2,12}}+\))"
)
_DASH_ENDS = re.compile(rf"{_HEAD}[ \u00a0]*+[-–—]{{1,2}}")
_SENT_BY = re.compile(rf"(?:{_WORD},? ){{1,4}}\([A-Z][\w ./&]{{1,24}}\) ?[\-–—―]{{1,2}} ")
_AFTER_AGENCY = (" -", " –", " —", "–", "—")
_DOMAIN_ALONE = re.compile(r"\b\w[\w\-]{2,24}+(?:\.[A-Za-z]{2,4}){1,3}+\b")
_AGENCY = re.compile(r"\(([^()\n]*[^\W\d_][^()\n]*)\) ?[-–—―]")
_SHOWN = re.compile(r"\([^()]*\)|^(?:[A-Z][A-Z.'’\- ]{2,}(?:,|$))")
_OPENERS = "\"“”‘'«„0123456789"


def dateline_end(text: str, start: int, end: int, bold: bool) -> int:
    """Where the dateline at the head of ``text[start:end]`` ends, or ``start`` where there is none.

    bold: take plain capitalised words before a dash for one ("Poros Warta – …"), as at the head of a first
    paragraph; else an outlet's domain, an agency in brackets or a place in capitals must show what it is.
    """
    limit = min(end, start + LONGEST)
    for pattern in _PATTERNS if bold else _PATTERNS[:2]:
        match = pattern.match(text, start, limit)
        if match is None:
            continue
        stop = match.end()
        while stop < end and text[stop].isspace():
            stop += 1
        if end - stop >= SHORTEST and (pattern is not _DATELINE or _is_dateline(text, match, stop, bold)):
            return stop
    return start


def is_dateline_alone(text: str, start: int, end: int) -> bool:
    """Whether ``text[start:end]`` is a place with its country, an outlet or a dash, and nothing else."""
    if end - start > LONGEST:
        return False
    match = _ALONE.fullmatch(text, start, end)
    if match is not None and ("," in match[0] or "(" in match[0]):
        return True
    return _DASH_ENDS.fullmatch(text, start, end) is not None


def _is_dateline(text: str, match: re.Match[str], stop: int, bold: bool) -> bool:
    """Whether words before a dash show what they are, and a sentence may begin after it."""
    if _DOMAIN_ALONE.search(match["head"]):
        return True
    spaced = match["dash"] != "-" or text[stop - 1].isspace()
    opens = text[stop].isupper() or text[stop] in _OPENERS
    return spaced and opens and bool(bold or _SHOWN.search(match["head"]))


def domain_of(dateline: str) -> str | None:
    """The domain in a dateline ("KABARBANGKA.COM -"), or None."""
    match = _DOMAIN_ALONE.search(dateline)
    return match[0] if match else None


def agency_of(dateline: str) -> str | None:
    """The agency in brackets in a dateline ("BELINYU (Kabar) -"), or None."""
    match = _AGENCY.search(dateline)
    return match[1].strip() if match else None


def head_of(dateline: str) -> str:
    """A dateline without its dash."""
    return dateline.rstrip(" \u00a0-–—―|")


def inner_datelines(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Datelines with an agency in brackets within a paragraph, where a summary was glued to the report."""
    if text.find(")", start, end) < 0 or all(text.find(f"){dash}", start, end) < 0 for dash in _AFTER_AGENCY):
        return []
    found: list[tuple[int, int]] = []
    for match in _SENT_BY.finditer(text, start + 1, end):
        stop = match.end() + len(text[match.end() : end]) - len(text[match.end() : end].lstrip())
        before = found[-1][1] if found else start
        if end - stop >= SHORTEST and match.start() - before >= SHORTEST:
            found.append((match.start(), stop))
    return found
