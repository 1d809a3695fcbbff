"""Which of the attributions that overlap stand: for languages whose pack counts the outermost alone."""

from bisect import bisect_left, insort

from kutip.flow.article_to_attributions.found import Found
from kutip.model import Span


def outermost(found: list[Found]) -> list[Found]:
    """``found`` without those whose cue stands in what another one reports, or whose content overlaps it.

    The longer content stands. The order stays.
    """
    taken: list[tuple[int, int]] = []  # what is reported by those that stand: apart from each other, in order
    stand = []
    for i in sorted(range(len(found)), key=lambda i: -_length(found[i])):
        f = found[i]
        if not any(_overlaps(span, taken) for span in ([f.cue] if f.cue else []) + f.content):
            stand.append(i)
            for span in f.content:
                insort(taken, (span.start, span.end))
    return [found[i] for i in sorted(stand)]


def _length(f: Found) -> int:
    return sum(s.end - s.start for s in f.content)


def _overlaps(span: Span, taken: list[tuple[int, int]]) -> bool:
    """``span`` shares a place with one of ``taken``, which are in order and apart."""
    at = bisect_left(taken, (span.end, 0))
    return at > 0 and taken[at - 1][1] > span.start
