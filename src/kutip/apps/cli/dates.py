"""Dates as options take them and as people read them."""

import re
from datetime import date
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from kutip.store.lineage import StoryLine

_DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")


class IsoDate(click.ParamType[str]):
    """A year, a month or a day: 2025, 2025-02, 2025-02-25."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The date as it was given, checked."""
        written = str(value)
        try:
            if not _DATE.fullmatch(written):
                raise ValueError("not of this form")
            date.fromisoformat(written + "-01-01"[len(written) - 4 :])
        except ValueError:
            self.fail(f"{written!r} is not a date; write 2025, 2025-02 or 2025-02-25", param, ctx)
        return written


def window(since: str | None, until: str | None) -> str:
    """Two ISO days as people write them: "25 to 26 February 2025", "25 February 2025", "not known"."""
    if since is None or until is None:
        return "not known"
    first, last = date.fromisoformat(since), date.fromisoformat(until)
    end = f"{last.day} {last:%B %Y}"
    if first == last:
        return end
    if first.year != last.year:
        return f"{first.day} {first:%B %Y} to {end}"
    return f"{first.day} {first:%B} to {end}" if first.month != last.month else f"{first.day} to {end}"


def unknown(story: "StoryLine | None") -> str:
    """What is known of a date of publication that is not known: the window of the article's story."""
    return f"unknown; story {window(story.since, story.until)}" if story and story.since else "unknown"
