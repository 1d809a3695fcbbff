"""Which of the attributions that overlap stand: for languages whose pack counts the outermost alone."""

from kutip.flow.article_to_attributions.found import Found


def outermost(found: list[Found]) -> list[Found]:
    """``found`` without those whose cue stands in what another one reports, or whose content overlaps it.

    The longer content stands. The order stays.
    """
    kept: dict[int, list[Found]] = {}
    for f in sorted(found, key=lambda f: -_length(f)):
        near = (k for block in range(f.block - 1, f.block + 2) for k in kept.get(block, ()))
        if not any(_covers(k, f) for k in near):
            kept.setdefault(f.block, []).append(f)
    return sorted(
        (f for fs in kept.values() for f in fs),
        key=lambda f: (f.sentence, f.match.cue or f.match.sentence.first),
    )


def _length(f: Found) -> int:
    return sum(s.end - s.start for s in f.content)


def _covers(outer: Found, inner: Found) -> bool:
    spans = inner.content if inner.cue is None else [inner.cue, *inner.content]
    return any(s.start < o.end and s.end > o.start for o in outer.content for s in spans)
