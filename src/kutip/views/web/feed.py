"""Atom feeds (RFC 4287)."""

from collections.abc import Sequence

import msgspec

from kutip.views.render import render
from kutip.views.words import interface_languages

# What XML 1.0 cannot hold.
_UNFIT = dict.fromkeys([*range(9), 11, 12, *range(14, 32), *range(0xD800, 0xE000), 0xFFFE, 0xFFFF], "\ufffd")


class Entry(msgspec.Struct, frozen=True):
    """One entry. link: to its page; updated: an ISO date or time, as precise as known."""

    id: str
    title: str
    link: str
    updated: str
    author: str
    words: str
    lang: str


class Feed(msgspec.Struct, frozen=True):
    """A feed. link: to the page that it belongs to; itself: to the feed."""

    id: str
    title: str
    link: str
    itself: str
    entries: Sequence[Entry]
    updated: str


def atom(feed: Feed) -> str:
    """The feed as an Atom document."""
    clean = msgspec.structs.replace(feed, title=fit(feed.title), entries=[_clean(e) for e in feed.entries])
    return render(interface_languages()[0], "web/feed.xml", {"feed": clean})


def moment(value: str) -> str:
    """An ISO date as precise as known as the time that RFC 3339 wants: its beginning, in UTC if no zone."""
    day = value[:10] + "-01-01"[len(value[:10]) - 4 :] if len(value) < 10 else value[:10]
    clock = value[11:] if len(value) > 11 else ""
    if len(clock) >= 5 and clock[5:6] in ("", "+", "-", "Z"):
        clock = clock[:5] + ":00" + clock[5:]
    zone = clock[8:].lstrip("0123456789.")
    return f"{day}T{clock[:8] or '00:00:00'}{zone or 'Z'}"


def fit(text: str) -> str:
    """The text without what XML cannot hold."""
    return text.translate(_UNFIT)


def _clean(entry: Entry) -> Entry:
    return msgspec.structs.replace(
        entry,
        title=fit(entry.title),
        author=fit(entry.author),
        words=fit(entry.words),
        updated=moment(entry.updated),
    )
