"""Figures and errors as text for people."""

from collections.abc import Sequence

from kutip.measure.attribution import Compared, Marked, Pair
from kutip.measure.score import Score, Share
from kutip.model import Span

FIELDS = ("speaker", "kind", "cue", "via", "to", "said_on")
GROUPS = ("missed", "boundary", "spurious", *FIELDS)
_AROUND = 60  # code points shown on either side of a content


def table(figures: Score) -> str:
    """The main figures as aligned text."""
    lines = [f"gold {figures.gold}, predicted {figures.predicted}", f"{'':14}{'P':>7}{'R':>7}{'F1':>7}"]
    for name in ("full", "close", "exact", "overlap", "token", "via", "to", "said_on"):
        rates = getattr(figures, name)
        if rates.gold:
            lines.append(
                f"{name:14}{rates.p:7.3f}{rates.r:7.3f}{rates.f1:7.3f}   ({rates.right} of {rates.gold})"
            )
    for name in ("speaker", "speaker_full", "kind", "cue"):
        lines.append(f"{name:14}{_share(getattr(figures, name))}")
    for kind, recall in sorted(figures.recall_by_kind.items()):
        lines.append(
            f"{kind + ' recall':16} close {_share(recall)}   full {_share(figures.full_by_kind[kind])}"
        )
    return "\n".join(lines)


def breakdown(figures: Score, rows: int) -> str:
    """Precision by rule and recall by gold cue, the most frequent first, ``rows`` of each."""
    lines = []
    for title, shares in (
        ("rule: close of predicted", figures.by_rule),
        ("cue: close of gold", figures.by_cue),
    ):
        lines.append(f"\n-- {title}")
        lines += [f"{_share(share)}  {name}" for name, share in list(shares.items())[:rows]]
        if len(shares) > rows:
            rest = list(shares.values())[rows:]
            both = Share(sum(s.right for s in rest), sum(s.total for s in rest))
            lines.append(f"{_share(both)}  … {len(rest)} others")
    return "\n".join(lines)


def errors_in(group: str, compared: Sequence[Compared]) -> list[str]:
    """Errors of a group, each a few lines of text with the words around; contents stand in ⟦ ⟧.

    missed: nothing predicted overlaps. boundary: something does, and is not close. spurious: nothing gold
    overlaps. The other groups are fields in which close pairs differ.
    """
    lines = []
    for article in compared:
        if group == "missed":
            lines += [_one(article, mark) for mark in article.alone_gold]
        elif group == "spurious":
            lines += [_one(article, mark) for mark in article.alone_predicted]
        elif group == "boundary":
            lines += [_both(article, pair) for pair in article.pairs if not pair.close]
        else:
            lines += [
                _differing(article, pair, group)
                for pair in article.pairs
                if pair.close and group in pair.wrong()
            ]
    return lines


def _share(share: Share) -> str:
    return (
        f"{'-' if share.value is None else format(share.value, '.3f'):>7}   ({share.right} of {share.total})"
    )


def _one(article: Compared, mark: Marked) -> str:
    return f"{article.id} {_label(article, mark)}\n    {_in_place(article.text, mark.content)}"


def _both(article: Compared, pair: Pair) -> str:
    return (
        f"{article.id} Jaccard {pair.jaccard:.2f}"
        f"\n    gold {_label(article, pair.gold)}\n    {_in_place(article.text, pair.gold.content)}"
        f"\n    ours {_label(article, pair.predicted)}\n    {_in_place(article.text, pair.predicted.content)}"
    )


def _differing(article: Compared, pair: Pair, field: str) -> str:
    gold, ours = (_shown(article.text, mark, field) for mark in (pair.gold, pair.predicted))
    return (
        f"{article.id} {field}: gold {gold}, ours {ours}"
        f"\n    {_label(article, pair.predicted)}\n    {_in_place(article.text, pair.gold.content)}"
    )


def _shown(text: str, mark: Marked, field: str) -> str:
    value = getattr(mark, field) if field != "speaker" else mark.name
    if field == "speaker" and value is None and mark.source:
        value = mark.source
    return repr(value.of(text)) if isinstance(value, Span) else repr(value)


def _label(article: Compared, mark: Marked) -> str:
    cue = mark.cue.of(article.text) if mark.cue else "-"
    source = mark.source.of(article.text) if mark.source else "-"
    rule = f" rule={mark.rule}" if mark.rule else ""
    return f"[{mark.kind}] speaker={mark.name} source={source!r} cue={cue!r}{rule}"


def _in_place(text: str, content: tuple[Span, ...]) -> str:
    """The content in its surroundings, on one line."""
    start, end = content[0].start, content[-1].end
    parts = [text[max(0, start - _AROUND) : start]]
    last = start
    for span in content:
        parts += [text[last : span.start], "⟦", span.of(text), "⟧"]
        last = span.end
    parts.append(text[end : end + _AROUND])
    return "".join(parts).replace("\n", " ¶ ")
