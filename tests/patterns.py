"""Every regular expression that the flow uses, and strings of its own alphabet that could make it go back and forth.

    python -m tests.patterns SIZE STRINGS        prints a JSON object a line for each pattern

Patterns are caught as they are compiled, while the packs are loaded and some texts are read, so that those in the
packs are there as the program uses them.
"""

import importlib
import json
import pkgutil
import random
import re
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from typing import Any

SAMPLES = Path(__file__).parents[1] / "samples"
ROOMS = ("kutip.flow", "kutip.text", "kutip.languages")
SLOW = 0.05  # CPU seconds at which a string is no longer made longer
_CATEGORIES = {
    op.CATEGORY_DIGIT: "1",
    op.CATEGORY_NOT_DIGIT: "a",
    op.CATEGORY_SPACE: " \n",
    op.CATEGORY_NOT_SPACE: "a",
    op.CATEGORY_WORD: "aA1_",
    op.CATEGORY_NOT_WORD: " .",
}


def caught() -> dict[tuple[str, int], tuple[str, str]]:
    """(pattern, flags) -> file that compiled it and, for what a pack holds, its place in the pack.

    To be called before anything of kutip is imported.
    """
    found: dict[tuple[str, int], tuple[str, str]] = {}
    compile_ = re.compile

    def noting(pattern: Any, flags: int = 0) -> Any:
        compiled = compile_(pattern, flags)
        caller = sys._getframe(1)
        file = caller.f_code.co_filename
        if "/kutip/" in file and isinstance(compiled.pattern, str):
            where = file.rpartition("/kutip/")[2], str(caller.f_locals.get("where", ""))
            found.setdefault((compiled.pattern, compiled.flags), where)
        return compiled

    re.compile = noting  # type: ignore[assignment]
    try:
        for room in ROOMS:
            package = importlib.import_module(room)
            for module in pkgutil.walk_packages(package.__path__, f"{room}."):
                importlib.import_module(module.name)
        _use_packs()
    finally:
        re.compile = compile_
    return found


def _use_packs() -> None:
    """Reads texts in every language, so that what is compiled on first use is compiled."""
    from kutip.flow.pipeline import attribute_text, process
    from kutip.languages import available
    from kutip.model import Page

    for path in sorted(SAMPLES.rglob("*.txt")):
        process(Page(path.name, path.read_bytes(), "text/plain"))
        for code in available():
            attribute_text(path.read_text(encoding="utf-8"), code, "2025-02-25")


def alphabet(tree: Any) -> list[str]:
    """Characters that a pattern speaks of, one or two for each set, in its order."""
    chars: dict[str, None] = {}

    def see(node: Any) -> None:
        for kind, value in node:
            if kind in (op.LITERAL, op.NOT_LITERAL):
                chars[chr(value)] = None
            elif kind is op.RANGE:
                chars[chr(value[0])] = chars[chr(value[1])] = None
            elif kind is op.CATEGORY:
                chars.update(dict.fromkeys(_CATEGORIES.get(value, "a")))
            elif kind is op.ANY:
                chars["x"] = None
            elif kind is op.IN:
                see(value)
            for inner in inside(kind, value):
                see(inner)

    see(tree)
    return list(chars) or ["a"]


def inside(kind: Any, value: Any) -> list[Any]:
    """Patterns inside of a node."""
    if kind in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT):
        return [value[2]]
    if kind is op.SUBPATTERN:
        return [value[3]]
    if kind is op.BRANCH:
        return list(value[1])
    if kind is op.ATOMIC_GROUP:
        return [value]
    if kind is op.GROUPREF_EXISTS:
        return [part for part in value[1:] if part]
    return []


def witness(tree: Any, dice: random.Random) -> str:
    """A string that a pattern matches, or nearly: what stands around a match is left out."""
    out = []
    for kind, value in tree:
        if kind is op.LITERAL:
            out.append(chr(value))
        elif kind in (op.IN, op.NOT_LITERAL, op.ANY, op.CATEGORY):
            out.append(dice.choice(alphabet([(kind, value)])))
        elif kind in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT):
            least, most, inner = value
            out += [witness(inner, dice) for _ in range(min(dice.randint(least, least + 2), int(most), 60))]
        elif kind is op.BRANCH:
            out.append(witness(dice.choice(value[1]), dice))
        else:
            out += [witness(inner, dice) for inner in inside(kind, value)]
    return "".join(out)


def pumps(pattern: str, flags: int, strings: int) -> Iterator[str]:
    """Short strings that are to be repeated: characters, pairs of them, matches and what is nearly one."""
    tree, dice = _parser.parse(pattern, flags), random.Random(7)
    chars = alphabet(tree)
    yield from chars[:strings]
    for _ in range(strings):
        yield dice.choice(chars) + dice.choice(chars)
        whole = witness(tree, dice)
        yield whole or "a"
        yield whole[: dice.randint(1, max(1, len(whole)))] or "a"
        yield (whole[:-1] + dice.choice(chars)) or "a"


def cost(regex: re.Pattern[str], text: str, every: bool = True) -> float:
    """CPU seconds for all matches in a text, or for the first; the least of some tries."""
    least = float("inf")
    for _ in range(5):
        start = time.process_time()
        if every:
            for _ in regex.finditer(text):
                pass
        else:
            regex.search(text)
        least = min(least, time.process_time() - start)
        if least < SLOW / 5:
            break
    return least


def repeated(pump: str, length: int) -> str:
    """``pump`` again and again, and at the end what no pattern takes."""
    return (pump * (length // len(pump) + 1))[:length] + "\x00"


def worst(regex: re.Pattern[str], size: int, strings: int, every: bool) -> tuple[float, int, str]:
    """The highest cost that was met, at which length, with which string repeated; no longer than ``size``."""
    found = (0.0, 0, "a")
    for pump in dict.fromkeys(pumps(regex.pattern, regex.flags, strings)):
        length = 16
        while True:
            spent = cost(regex, repeated(pump, length), every)
            found = max(found, (spent, length, pump))
            if length >= size or spent > SLOW:
                break
            length = min(size, length * 3 // 2)
    return found


def growth(regex: re.Pattern[str], pump: str, length: int) -> float:
    """By how much the cost grows where the text is twice as long: 2 is linear, 4 quadratic."""
    before = cost(regex, repeated(pump, length))
    while True:
        length *= 2
        after = cost(regex, repeated(pump, length))
        if after > SLOW or length > 2**17:
            return after / max(before, 1e-6)
        before = after


def main() -> None:
    """Prints a line for each pattern."""
    size, strings, sentence = (int(argument) for argument in sys.argv[1:4])
    for (pattern, flags), (file, where) in caught().items():
        regex = re.compile(pattern, flags)
        frame = where.startswith(
            "frame "
        )  # asked once for each cue, of a sentence, which has a longest length
        spent, length, pump = worst(regex, sentence if frame else size, strings, not frame)
        line = {"file": file, "where": where, "pattern": pattern, "cost": spent, "pump": pump}
        slow = spent > SLOW / 10 and not frame
        print(json.dumps({**line, "length": length, "growth": growth(regex, pump, length) if slow else None}))


if __name__ == "__main__":
    main()
