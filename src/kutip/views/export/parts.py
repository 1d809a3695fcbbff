"""What the linked formats share: names of things, kinds of speakers, links that a browser may follow."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from kutip.model import SpeakerKind, content_id
from kutip.text.fold import fold

BASE = "urn:kutip:"  # names that need no host


def speaker_id(kind: SpeakerKind, name: str) -> str:
    """Id of a speaker by name and kind; case and accents do not matter.

    People of one name share it: who is who is decided by whoever merges the entities.
    """
    return content_id("speaker", kind.value, fold(name))


def link(url: str | None) -> str:
    """The URL if it is one of the web, else "": other schemes can carry code."""
    try:
        parts = urlsplit(url or "")
        return url or "" if parts.scheme in ("http", "https") and parts.hostname else ""
    except ValueError:
        return ""


def filled(values: Mapping[str, Any]) -> dict[str, Any]:
    """``values`` without those that say nothing: None, "" and empty lists; False and 0 stay."""
    return {key: value for key, value in values.items() if value not in (None, "", [], ())}
