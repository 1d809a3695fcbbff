"""What stands around source, cue and content: channel, addressee, date, venue."""

import re
from typing import NamedTuple

from kutip.flow.article_to_attributions.chart import Chart
from kutip.flow.article_to_attributions.found import Found
from kutip.flow.article_to_attributions.lexicon import Lexicon
from kutip.model import Span


class Around(NamedTuple):
    """Satellites of one attribution: spans of the text by role, in order."""

    via: tuple[Span, ...] = ()
    to: Span | None = None
    venue: Span | None = None
    dates: tuple[Span, ...] = ()


def satellites(f: Found, chart: Chart, lexicon: Lexicon) -> Around:
    """Phrases of the sentence outside content and source that tell channel, addressee, date and venue."""
    sentence = f.match.sentence
    roles = f.match.roles
    taken = [span for role, span in roles.items() if role.startswith("content") or role == "source"]
    found: dict[str, list[Span]] = {"via": [], "to": [], "venue": [], "date": [], "pickup": []}
    if "to" in roles:
        a, b = roles["to"]
        found["to"].append(Span(chart.starts[a], chart.ends[b - 1]))
    cue = (
        f.match.cue if f.match.cue is not None else roles.get("source", (sentence.first,))[0]
    ) - sentence.first
    for satellite, regex in lexicon.satellites:
        for m in regex.finditer(sentence.cls, cue if satellite.after_cue else 0):
            values = [span for name, span in _spans(m).items() if name.startswith("value")]
            values = [(a + sentence.first, b + sentence.first) for a, b in values]
            if any(x < b and y > a for x, y in taken for a, b in values):
                continue
            found[satellite.role] += [Span(chart.starts[a], chart.ends[b - 1]) for a, b in values]
            # The whole phrase is used up: the date in "dikutip dari X, Senin" is that of the pick-up.
            taken.append((m.start() + sentence.first, m.end() + sentence.first))
    return Around(
        via=tuple(found["via"]),
        to=found["to"][0] if found["to"] else None,
        venue=found["venue"][0] if found["venue"] else None,
        dates=tuple(found["date"]),
    )


def _spans(m: re.Match[str]) -> dict[str, tuple[int, int]]:
    return {name: m.span(name) for name, found in m.groupdict().items() if found}
