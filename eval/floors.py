"""Floors: the figures that a set has reached, pinned to the data that they were measured on.

``floors.toml`` holds one table a set: the SHA-256 of its file and its figures. A figure below its floor fails
the run. ``raised`` only lifts floors; ``lowered`` takes the figures as they are.
"""

import math
import tomllib
from collections.abc import Mapping
from pathlib import Path

import msgspec

from kutip.measure import Rates, Score, Share

RATES = ("full", "close", "exact", "token", "via", "to", "said_on")
SHARES = ("speaker", "speaker_full", "kind", "cue")
_HEAD = "# Written by `python -m eval --pin`. Figures only rise; lowering one takes `--pin --lower`.\n"


class Floor(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """fingerprint: SHA-256 of the gold file. figures: the least that each figure may be."""

    fingerprint: str
    figures: dict[str, float]


def figures_of(score: Score) -> dict[str, float]:
    """The figures that have floors, to four digits rounded down: F1 of rates, shares, recall by kind."""
    figures: dict[str, float] = {}
    for name in RATES:
        rates: Rates = getattr(score, name)
        if rates.gold or name in ("full", "close", "exact", "token"):
            figures[f"{name}_f1"] = _down(rates.f1)
    shares: dict[str, Share] = {name: getattr(score, name) for name in SHARES}
    if not score.named:
        del shares["speaker_full"]
    shares |= {f"{kind}_recall": share for kind, share in score.recall_by_kind.items()}
    figures |= {name: _down(share.value) for name, share in shares.items() if share.value is not None}
    return figures


def read(path: Path) -> dict[str, Floor]:
    """The floors by set; none where there is no file."""
    if not path.is_file():
        return {}
    return msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8")), dict[str, Floor])


def write(path: Path, floors: Mapping[str, Floor]) -> None:
    """Writes the floors, sets and figures in alphabetical order."""
    parts = [_HEAD]
    for name, floor in sorted(floors.items()):
        parts.append(f'\n[{name}]\nfingerprint = "{floor.fingerprint}"\n\n[{name}.figures]\n')
        parts += [f"{figure} = {value}\n" for figure, value in sorted(floor.figures.items())]
    path.write_text("".join(parts), encoding="utf-8")


def broken(floor: Floor, figures: Mapping[str, float]) -> list[str]:
    """One sentence for each figure that lies below its floor or is gone."""
    return [
        f"{name} is {figures.get(name, 'gone')}, its floor is {least}"
        for name, least in sorted(floor.figures.items())
        if figures.get(name, -1.0) < least
    ]


def raised(floor: Floor | None, fingerprint: str, figures: Mapping[str, float]) -> Floor:
    """The floor lifted to the figures where they are higher; a floor of other data is replaced."""
    if floor is None or floor.fingerprint != fingerprint:
        return Floor(fingerprint, dict(figures))
    return Floor(
        fingerprint, {**floor.figures, **{k: max(v, floor.figures.get(k, 0.0)) for k, v in figures.items()}}
    )


def lowered(fingerprint: str, figures: Mapping[str, float]) -> Floor:
    """The floor set to the figures as they are, lower ones too."""
    return Floor(fingerprint, dict(figures))


def _down(value: float) -> float:
    return math.floor(value * 10_000) / 10_000
