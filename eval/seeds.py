"""What must hold on the two seed articles: every attribution, every channel and date, every block's role."""

import tomllib
from collections.abc import Iterable, Sequence
from pathlib import Path

import msgspec

import kutip
from kutip.measure import Compared, score


class Attributions(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """full: how many are found with their speaker. spurious: at most. Lists: values that must be found."""

    file: str
    full: int
    spurious: int
    via: tuple[str, ...]
    to: tuple[str, ...]
    said_on: tuple[str, ...]


class Seeds(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """blocks: file to the roles of its blocks in order, "repeat 2" for a block that repeats block 2."""

    attributions: Attributions
    blocks: dict[str, tuple[str, ...]]


def read(path: Path) -> Seeds:
    """The expectations in ``seeds.toml``."""
    return msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8")), Seeds)


def broken_attributions(seeds: Attributions, compared: Sequence[Compared]) -> list[str]:
    """One sentence for each expectation that the seeds' attributions do not meet."""
    figures = score(compared)
    problems = []
    if figures.full.right < seeds.full:
        problems.append(f"{figures.full.right} found with their speaker, must be {seeds.full}")
    spurious = figures.predicted - figures.close.right
    if spurious > seeds.spurious:
        problems.append(f"{spurious} found that are not there, at most {seeds.spurious} may be")
    pairs = [pair for article in compared for pair in article.pairs if pair.close]
    problems += _unlike("via", seeds.via, (name for p in pairs if p.via_shared for name in p.gold.via))
    problems += _unlike("to", seeds.to, (p.gold.to or "" for p in pairs if p.to_right))
    problems += _unlike("said_on", seeds.said_on, (p.gold.said_on or "" for p in pairs if p.said_on_right))
    for name in ("via", "to", "said_on"):
        rates = getattr(figures, name)
        if rates.right < max(rates.gold, rates.predicted):
            problems.append(f"{name}: {rates.right} right of {rates.gold}, {rates.predicted} given")
    return problems


def broken_blocks(expected: Sequence[str], content: bytes) -> list[str]:
    """One sentence for each block of the page whose role differs."""
    blocks = kutip.read(content).blocks
    found = [f"{b.role} {b.repeats}" if b.repeats is not None else str(b.role) for b in blocks]
    if len(found) != len(expected):
        return [f"{len(found)} blocks, must be {len(expected)}: {', '.join(found)}"]
    return [
        f"block {number} is {is_!r}, must be {must!r}"
        for number, (is_, must) in enumerate(zip(found, expected, strict=True))
        if is_ != must
    ]


def _unlike(field: str, expected: Iterable[str], found: Iterable[str]) -> list[str]:
    missing = sorted(set(expected) - set(found))
    return [f"{field}: not found: {', '.join(missing)}"] if missing else []
