"""Which of the attributions that overlap stand: for languages whose pack counts the outermost alone."""

from kutip.flow.article_to_attributions.found import Found
from kutip.model import Span

STRETCH = 1024  # characters


def outermost(found: list[Found]) -> list[Found]:
    """``found`` without those whose cue stands in what another one reports, or whose content overlaps it.

    The longer content stands. The order stays.
    """
    kept: list[Found] = []
    taken: dict[int, list[Span]] = {}  # spans of content by the stretches of text that they touch
    for f in sorted(found, key=lambda f: -_length(f)):
        spans = f.content if f.cue is None else [f.cue, *f.content]
        if any(
            s.start < o.end and s.end > o.start
            for s in spans
            for k in _stretches(s)
            for o in taken.get(k, ())
        ):
            continue
        kept.append(f)
        for s in f.content:
            for k in _stretches(s):
                taken.setdefault(k, []).append(s)
    return sorted(kept, key=lambda f: (f.sentence, f.match.cue or f.match.sentence.first))


def _length(f: Found) -> int:
    return sum(s.end - s.start for s in f.content)


def _stretches(span: Span) -> range:
    """Numbers of the stretches of text that a span touches."""
    return range(span.start // STRETCH, (span.end - 1) // STRETCH + 1)
