"""The tables of the model card, written from a run between two marks in the page."""

from collections.abc import Sequence
from pathlib import Path

from kutip.measure import Rates, Score, Share

BEGIN, END = "<!-- scores: begin -->", "<!-- scores: end -->"
Row = tuple[str, int, Score]


def table(rows: Sequence[Row]) -> list[str]:
    """Two Markdown tables: the main figures by set, and recall by kind."""
    lines = [
        "| set | articles | gold | full F1 | close P | close R | close F1 | exact F1 | token F1 | cue"
        " | speaker | equal names | via F1 | to F1 | said on F1 |",
        "|---|" + "---:|" * 14,
    ]
    for name, articles, s in rows:
        cells = [str(articles), str(s.gold), _f1(s.full), _two(s.close.p), _two(s.close.r), _f1(s.close)]
        cells += [
            _f1(s.exact),
            _f1(s.token),
            _share(s.cue),
            _share(s.speaker),
            _share(s.speaker_full) if s.named else "-",
        ]
        cells += [_f1(s.via), _f1(s.to), _f1(s.said_on)]
        lines.append(f"| {name} | " + " | ".join(cells) + " |")
    lines += ["", "| set | kind | gold | close recall | full recall |", "|---|---|---:|---:|---:|"]
    for name, _, s in rows:
        for kind, recall in sorted(s.recall_by_kind.items()):
            full = s.full_by_kind[kind]
            lines.append(f"| {name} | {kind} | {recall.total} | {_share(recall)} | {_share(full)} |")
    return lines


def fill(path: Path, rows: Sequence[Row]) -> None:
    """Replaces what stands between the marks in ``path``. Raises ValueError where a mark is missing."""
    text = path.read_text(encoding="utf-8")
    if BEGIN not in text or END not in text:
        raise ValueError(f"{path}: the marks {BEGIN} and {END} must stand in it")
    head, rest = text.split(BEGIN, 1)
    _, tail = rest.split(END, 1)
    body = "\n".join(table(rows))
    path.write_text(f"{head}{BEGIN}\n{body}\n{END}{tail}", encoding="utf-8")


def _two(value: float) -> str:
    return f"{value:.3f}"


def _f1(rates: Rates) -> str:
    return _two(rates.f1) if rates.gold else "-"


def _share(share: Share) -> str:
    return "-" if share.value is None else _two(share.value)
