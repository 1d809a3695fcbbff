"""Draws how fast a record grows from the first table of a page: ``python -m bench.curve docs/performance_record.md``.

Gives an SVG on standard output: articles per CPU second against articles in the record, and half of the first row.
"""

import re
import sys
from collections.abc import Sequence
from pathlib import Path

WIDTH, HEIGHT, LEFT, RIGHT, TOP, FOOT = 760, 340, 60, 40, 16, 44
INK, MUTED, LINE = "#1f2937", "#6b7280", "#0f766e"


def points(page: str) -> list[tuple[int, float]]:
    """(articles, articles per CPU second) of each row of the first table that has such columns."""
    lines = page.splitlines()
    start = next(n for n, line in enumerate(lines) if line.startswith("|") and "per CPU s" in line)
    names = [cell.strip() for cell in lines[start].strip("|").split("|")]
    rate = next(n for n, name in enumerate(names) if "per CPU s" in name)
    found = []
    for line in lines[start + 2 :]:
        if not line.startswith("|"):
            break
        cells = [re.sub(r"[^\d.]", "", cell) for cell in line.strip("|").split("|")]
        found.append((int(cells[0]), float(cells[rate])))
    return found


def drawn(rows: Sequence[tuple[int, float]]) -> str:
    """The curve as SVG."""
    most, top = max(n for n, _ in rows), 50 * (int(max(rate for _, rate in rows)) // 50 + 1)

    def x(articles: float) -> float:
        return LEFT + (WIDTH - LEFT - RIGHT) * articles / most

    def y(rate: float) -> float:
        return HEIGHT - FOOT - (HEIGHT - FOOT - TOP) * rate / top

    half = rows[0][1] / 2
    path = " ".join(f"{x(n):.1f},{y(rate):.1f}" for n, rate in rows)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif" '
        f'font-size="12" fill="{INK}"><title>Articles per CPU second as a record grows</title>',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>',
    ]
    for rate in range(0, top + 1, 50):
        parts.append(
            f'<line x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y(rate):.1f}" y2="{y(rate):.1f}" stroke="#e5e7eb"/>'
            f'<text x="{LEFT - 8}" y="{y(rate) + 4:.1f}" text-anchor="end">{rate}</text>'
        )
    for fifth in range(6):
        articles = most * fifth // 5
        parts.append(
            f'<text x="{x(articles):.1f}" y="{HEIGHT - FOOT + 18}" text-anchor="middle">{articles:,}</text>'
        )
    parts += [
        f'<line x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y(half):.1f}" y2="{y(half):.1f}" stroke="{MUTED}" '
        'stroke-dasharray="5 4"/>',
        f'<text x="{WIDTH - RIGHT}" y="{y(half) + 15:.1f}" text-anchor="end" fill="{MUTED}">'
        "half of the first row</text>",
        f'<polyline points="{path}" fill="none" stroke="{LINE}" stroke-width="2"/>',
        *(f'<circle cx="{x(n):.1f}" cy="{y(rate):.1f}" r="3" fill="{LINE}"/>' for n, rate in rows),
        f'<text x="{(LEFT + WIDTH - RIGHT) / 2}" y="{HEIGHT - 8}" text-anchor="middle">articles in the record</text>',
        f'<text x="16" y="{(TOP + HEIGHT - FOOT) / 2}" text-anchor="middle" '
        f'transform="rotate(-90 16 {(TOP + HEIGHT - FOOT) / 2})">articles per CPU second</text>',
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


if __name__ == "__main__":
    sys.stdout.write(drawn(points(Path(sys.argv[1]).read_text(encoding="utf-8"))))
