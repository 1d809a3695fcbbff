"""Text with the parts of attributions marked, for a terminal."""

import re
from collections.abc import Iterable

from rich.console import Console
from rich.text import Text

from kutip.model import Span
from kutip.views.marks import UNSEEN, Mark, Run, cut

STYLES = {"source": "bold cyan underline", "cue": "bold yellow", "content": "green"}
_CONTROLS = {c: f"⟨U+{c:04X}⟩" for c in (*range(0x20), *range(0x7F, 0xA0)) if chr(c) not in "\n\t"}
_VISIBLE = _CONTROLS | {ord(c): f"⟨U+{ord(c):04X}⟩" for c in UNSEEN}
_SENTENCE_END = re.compile(r"[.!?…]+[\"'”’»)\]]*(?=\s+[\"'“‘«(\[]*[^\W\d_a-z])|\n")


def visible(words: str | None) -> str:
    """``words`` without power over the terminal: control and unseen characters are shown by their number."""
    return (words or "").translate(_VISIBLE)


def in_colour(out: Console) -> bool:
    """Whether marks can be told by colour; else they are written in brackets."""
    return out.color_system is not None and not out.no_color


def marked(text: str, span: Span, marks: Iterable[Mark], colour: bool) -> Text:
    """``text[span]`` with its marks: in colour, or as "[cue: …]"."""
    parts = [_part(run, colour) for run in cut(text, span.start, span.end, marks)]
    return Text.assemble(*parts)


def sentence_around(text: str, span: Span, within: Span) -> Span:
    """The sentences of ``text[within]`` that ``span`` touches; for display, so a rough notion will do."""
    ends = [
        within.start,
        *(m.end() for m in _SENTENCE_END.finditer(text, within.start, within.end)),
        within.end,
    ]
    start = max((end for end in ends if end <= span.start), default=within.start)
    stop = min((end for end in ends if end >= span.end), default=within.end)
    while start < stop and text[start].isspace():
        start += 1
    return Span(start, stop)


def _part(run: Run, colour: bool) -> Text:
    words = visible(run.text)
    part = next((p for p in ("cue", "source", "content") if p in run.parts), "")
    if not part:
        return Text(words)
    return Text(words, STYLES[part]) if colour else Text(f"[{part}: {words}]")
