"""How the cost of attribution grows with the length of a text, with hostile text, with the number of cues."""

import math
import time
from collections.abc import Callable, Sequence
from functools import partial

import msgspec

import kutip
from bench.articles import rows
from kutip.flow.article_to_attributions.step import find_attributions
from kutip.flow.page_to_article.blocks import split_blocks
from kutip.languages import Pack, load

SIZES = (1_000, 10_000, 100_000, 1_000_000, 10_000_000)
HOSTILE_SIZES = (10_000, 100_000, 1_000_000)
CUES = (0, 1_000, 10_000, 100_000)
LIMIT = 30  # CPU seconds; a size that takes longer is the last of its row


class Growth(msgspec.Struct, frozen=True):
    """What was varied, its values and the CPU seconds at each; exponent: slope of log time over log size."""

    what: str
    sizes: tuple[int, ...]
    seconds: tuple[float, ...]
    exponent: float


def texts() -> list[Growth]:
    """Articles of the Indonesian set one after the other, up to 10 MB, with and without paragraph breaks."""
    _, articles = rows("Indonesian")
    code, whole = articles[0]["lang"], "\n\n".join(row["text"] for row in articles)
    shapes = {"articles in a row": whole, "the same as one paragraph": " ".join(whole.split())}
    return [_grown(what, SIZES, text, code) for what, text in shapes.items()]


def hostile() -> list[Growth]:
    """Texts made to hurt: what a pattern could go back over again and again."""
    _, articles = rows("Indonesian")
    code = articles[0]["lang"]
    cue = load(code).grammar.cues.cue[0].words.split()[0]
    shapes = {
        "quotation marks only": '"',
        "opening marks only": "“",
        "one endless word": "a",
        "blanks only": " ",
        "line breaks only": "\n",
        "brackets only": "(",
        "commas only": ", ",
        "capital words only": "Aa ",
        "one cue again and again": f"{cue} ",
        "names and cues": f"Aa Bb {cue}, ",
        "a mark, a word, a cue": f'"aa {cue} ',
        "digits and slashes": "1/2/",
        "full stops": "a. ",
    }
    return [_grown(what, HOSTILE_SIZES, unit, code) for what, unit in shapes.items()]


def cues() -> Growth:
    """One set of articles with a pack that holds more and more invented cues."""
    _, articles = rows("Indonesian")
    pack = load(articles[0]["lang"])

    def cost(number: int) -> float:
        larger = _with_cues(pack, number)
        _attribute(articles[:1], larger)  # what is prepared once for a pack is not counted
        return _seconds(lambda: _attribute(articles, larger))

    seconds = tuple(cost(number) for number in CUES)
    return Growth("invented cues", CUES, seconds, exponent(CUES, seconds))


def exponent(sizes: Sequence[int], seconds: Sequence[float]) -> float:
    """Slope of the least-squares line through (log size, log seconds), sizes under 10,000 left out.

    ``seconds`` may end early. Fewer than two points have no slope: NaN.
    """
    measured = [(n, s) for n, s in zip(sizes, seconds, strict=False) if n >= 10_000]
    if len(measured) < 2:
        return math.nan
    points = [(math.log(n), math.log(max(s, 1e-6))) for n, s in measured]
    mean_x, mean_y = (sum(axis) / len(points) for axis in zip(*points, strict=True))
    slope: float = sum((x - mean_x) * (y - mean_y) for x, y in points)
    spread: float = sum((x - mean_x) ** 2 for x, _ in points)
    return slope / spread


def _grown(what: str, sizes: tuple[int, ...], unit: str, code: str) -> Growth:
    seconds: list[float] = []
    for size in sizes:
        if seconds and seconds[-1] > LIMIT:
            break
        text = (unit * (size // len(unit) + 1))[:size]
        seconds.append(_seconds(partial(kutip.attribute, text, code), max(1, 100_000 // size)))
    return Growth(what, sizes, tuple(seconds), exponent(sizes, seconds))


def _seconds(action: Callable[[], object], times: int = 1) -> float:
    """CPU seconds of this process for one call, over so many calls."""
    before = time.process_time()
    for _ in range(times):
        action()
    return (time.process_time() - before) / times


def _with_cues(pack: Pack, number: int) -> Pack:
    """The pack with ``number`` more cue words, of the class of its first cue."""
    replace = msgspec.structs.replace
    first = pack.grammar.cues.cue[0]
    invented = replace(first, words=" ".join(f"{_letters(n)}zz" for n in range(number)))
    listed = replace(pack.grammar.cues, cue=[*pack.grammar.cues.cue, invented])
    return replace(pack, grammar=replace(pack.grammar, cues=listed))


def _letters(number: int) -> str:
    """A word for a number."""
    return "".join(chr(ord("a") + int(digit)) for digit in str(number))


def _attribute(articles: list[dict[str, str]], pack: Pack) -> None:
    for row in articles:
        find_attributions(row["text"], split_blocks(row["text"], pack), pack, row.get("published"))


def table(growths: Sequence[Growth], unit: str) -> list[str]:
    """CPU seconds at each size as a Markdown table."""
    lines = [
        f"| {unit} | " + " | ".join(f"{size:,}" for size in growths[0].sizes) + " | exponent |",
        "|---|" + "---:|" * (len(growths[0].sizes) + 1),
    ]
    for g in growths:
        cells = [f"{seconds:.4f}" if seconds < 1 else f"{seconds:.2f}" for seconds in g.seconds]
        cells += ["-"] * (len(g.sizes) - len(cells))
        lines.append(f"| {g.what} | " + " | ".join(cells) + f" | {g.exponent:.2f} |")
    return lines
