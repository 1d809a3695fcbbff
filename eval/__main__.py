"""Scores every annotated file, prints the tables, holds the floors.

    python -m eval [GOLD.jsonl …] [--pin [--lower]] [--constructions N] [--card FILE]

With no file named: the samples of this project (eval/gold, eval/linked) and every file of attributions and the linked
stories in the shared gold folder (KUTIP_SHARED, else ../shared), where there is one.
"""

import argparse
import os
import sys
import tomllib
from collections.abc import Sequence
from pathlib import Path

import msgspec

from eval import card, floors, lineage, seeds
from kutip.apps.cli.evaluate import compared_articles
from kutip.measure import Compared, GoldError, Options, Score, read_gold, score
from kutip.measure.report import breakdown
from kutip.model import sha256_hex

HERE = Path(__file__).parent
SHARED = Path(os.environ.get("KUTIP_SHARED") or HERE.parent.parent / "shared")

# Links hang together in statements of a dozen renditions: one attribution more or less moves them by a hundredth.
SLACK = 0.02


class HowScored(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One table of ``sets.toml``."""

    about: str = ""
    kinds: frozenset[str] = frozenset()
    pieces: bool = False


class Measured(msgspec.Struct, frozen=True):
    """A set with its figures. fingerprint: SHA-256 of the file."""

    name: str
    how: HowScored
    fingerprint: str
    articles: int
    compared: list[Compared]
    score: Score


class Held(msgspec.Struct, frozen=True):
    """What is held to the floors of a set. slack: how far under the figures the floors are pinned."""

    name: str
    fingerprint: str
    figures: dict[str, float]
    slack: float = 0.0


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command line; 1 where a floor is broken or a file cannot be read."""
    given = _parser().parse_args(arguments)
    paths = given.gold or [*_sorted(HERE / "gold"), *_sorted(SHARED / "gold")]
    if not given.gold and not (SHARED / "gold").is_dir():
        print(
            f"There is no {SHARED / 'gold'}: only this project's own samples are scored and held to floors."
        )
        print("Set KUTIP_SHARED to the folder that holds gold/ to score the corpora too.\n")
    try:
        measured = [m for m in map(_measure, paths) if m is not None]
    except GoldError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    print("\n".join(card.table([(m.name, m.articles, m.score) for m in measured])))
    for one in measured if given.constructions else ():
        print(f"\n{one.name}: {one.how.about or 'all attributions'}")
        print(breakdown(one.score, given.constructions))
    if given.card:
        card.fill(given.card, [(m.name, m.articles, m.score) for m in measured])
    held = [Held(m.name, m.fingerprint, floors.figures_of(m.score)) for m in measured]
    if not given.gold:
        held += _lineages()
    if given.pin:
        _pin(held, lower=given.lower)
    problems = [*_below_floors(held), *_broken_seeds(measured)]
    print("\n" + ("\n".join(f"BROKEN {problem}" for problem in problems) or "All floors hold."))
    return 1 if problems else 0


def _sorted(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.jsonl"))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m eval", description="Scores on annotated articles.")
    parser.add_argument("gold", nargs="*", type=Path, help="gold files; default: all that are shared")
    parser.add_argument("--pin", action="store_true", help="raise the floors to the figures of this run")
    parser.add_argument("--lower", action="store_true", help="with --pin: lower floors too")
    parser.add_argument("--constructions", type=int, default=12, help="rows of rules and cues a set")
    parser.add_argument("--card", type=Path, help="fill the tables of this model card")
    return parser


def _measure(path: Path) -> Measured | None:
    """The figures of a gold file; None where nothing in it is annotated."""
    content = path.read_bytes()
    articles = read_gold(str(path), content)
    if not any(article.attributions for article in articles):
        print(f"{path.name}: no attributions in it, not scored")
        return None
    ways = tomllib.loads((HERE / "sets.toml").read_text(encoding="utf-8"))
    how = msgspec.convert(ways.get(path.stem, {}), HowScored)
    compared = compared_articles(articles, Options(how.kinds, how.pieces))
    return Measured(path.stem, how, sha256_hex(content), len(articles), compared, score(compared))


def _lineages() -> list[Held]:
    """Stories, links, edges and speakers of the sets at hand, printed."""
    sets = {"samples-linked": HERE / "linked" / "samples.json", "trace-dev": SHARED / "gold" / "trace-dev"}
    found = []
    for name, path in sets.items():
        if path.exists():
            fingerprint, stories = lineage.read(path, HERE / "gold" / "samples.jsonl")
            found.append(Held(name, fingerprint, lineage.figures(stories), SLACK))
            print(f"\n{name}: {len(stories)} stories")
            print("\n".join(f"  {figure:22} {value:.3f}" for figure, value in found[-1].figures.items()))
    return found


def _pin(held: Sequence[Held], lower: bool) -> None:
    path = HERE / "floors.toml"
    kept = floors.read(path)
    for one in held:
        figures = {name: round(value - one.slack, 4) for name, value in one.figures.items()}
        if lower:
            kept[one.name] = floors.lowered(one.fingerprint, figures)
        else:
            kept[one.name] = floors.raised(kept.get(one.name), one.fingerprint, figures)
    floors.write(path, kept)
    print(f"\npinned {', '.join(one.name for one in held)} in {path}")


def _below_floors(held: Sequence[Held]) -> list[str]:
    problems = []
    pinned = floors.read(HERE / "floors.toml")
    for one in held:
        floor = pinned.get(one.name)
        if floor is None:
            print(f"\n{one.name}: no floor pinned")
        elif floor.fingerprint != one.fingerprint:
            print(f"\n{one.name}: the file is not the one that the floor was pinned on; floor not checked")
        else:
            problems += [f"{one.name}: {text}" for text in floors.broken(floor, one.figures)]
    return problems


def _broken_seeds(measured: Sequence[Measured]) -> list[str]:
    """The hard floor of the seed articles, where they are among the measured sets."""
    expected = seeds.read(HERE / "seeds.toml")
    name = Path(expected.attributions.file).stem
    problems = []
    for one in measured:
        if one.name == name:
            problems += [
                f"{name}: {text}" for text in seeds.broken_attributions(expected.attributions, one.compared)
            ]
            for file, roles in expected.blocks.items():
                path = SHARED / file
                found = seeds.broken_blocks(roles, path.read_bytes()) if path.is_file() else ["is missing"]
                problems += [f"{file}: {text}" for text in found]
    return problems


if __name__ == "__main__":
    sys.exit(main())
