"""The cost of attribution grows with the length of the text, whatever stands in it.

Times are compared with themselves on the same machine, four times the length with twice the time that it may take; what
is slower than that is tried again before it fails.
"""

import time
from collections.abc import Callable
from itertools import islice, product

import pytest

from kutip import attribute
from kutip.flow.article_to_attributions.lexicon import Lexicon, bounded, lexicon_of
from kutip.flow.article_to_attributions.match import LONGEST
from kutip.languages import available, load

SHORT, TIMES, MOST = 12_000, 4, 8.0
TRIES = 4

# Text that is repeated, with its language. Each would cost too much if something looked back at all before it.
REPEATED = {
    "kata Budi, jalan itu rusak, ": "id",
    '"Jalan itu rusak," kata Budi. ': "id",
    '"Jalan itu rusak," kata Budi, ': "id",
    "Hal ini disampaikan Budi. ": "id",
    "Menteri itu mengatakan jalan rusak. ": "id",
    "laporan itu menyebut laporan ": "id",
    "Budi alias Tono ": "id",
    "Tono (34) ": "id",
    "Budi) ": "id",
    "di Jakarta Bandung ": "id",
    "dariReuters ": "id",
    "12 34,5 ": "id",
    "jalan itu rusak ": "id",
    "Jalan Rusak\n": "id",
    "Jalan itu rusak.\n\n": "id",
    "scroll to continue with content ": "id",
    "Senin (12/9/2019), ": "id",
    "“Jalan rusak. ": "id",
    "‘a ’b ": "id",
    '"': "id",
    "“ ": "id",
    " 'a": "id",
    "a.": "id",
    "Ab.Cd.Efgh.": "id",
    "…": "id",
    "Smith said the road is closed and ": "en",
    "said early ": "en",
    '"We go," Smith said. ': "en",
    "the mayor of the mayor, ": "en",
    "SMITH: We go. ": "en",
}


def seconds(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


@pytest.mark.parametrize("piece", REPEATED)
def test_four_times_the_text_takes_about_four_times_as_long(piece: str) -> None:
    lang = REPEATED[piece]
    short = (piece * (SHORT // len(piece) + 1))[:SHORT]
    attribute(short[:200], lang)
    once = several = 0.0
    for _ in range(TRIES):
        once = seconds(lambda: attribute(short, lang))
        several = seconds(lambda: attribute(short * TIMES, lang))
        if several < MOST * max(once, 0.005):
            return
    pytest.fail(f"{once:.3f} s for {SHORT:,} characters, {several:.3f} s for {SHORT * TIMES:,}")


def strings(lexicon: Lexicon, pattern: str) -> list[str]:
    """Sentences of the greatest length, of one or two classes that the pattern names."""
    used = [c for c in sorted(set(pattern)) if c in set(lexicon.chars.values())]
    pairs = islice(product(used, used), 0, None, max(1, len(used) ** 2 // 25))
    return [c * LONGEST for c in used] + [(a + b) * (LONGEST // 2) for a, b in pairs]


@pytest.mark.parametrize("code", available())
def test_no_pattern_of_a_pack_runs_away(code: str) -> None:
    """At the length at which sentences are cut a pattern takes milliseconds; one that tries all ways takes ages."""
    lexicon = lexicon_of(load(code))
    frames = {f.frame.name: f for found in lexicon.by_cue.values() for f in found}
    patterns = [(f.frame.name, p) for f in frames.values() for p in (f.left, f.right) if p]
    patterns += [(f.frame.name, f.whole) for f in lexicon.without_cue if f.whole]
    patterns += [
        (level.name, c.regex) for level, c in zip(lexicon.grammar.frames.level, lexicon.levels, strict=True)
    ]
    slow = []
    for name, pattern in patterns:
        for text in strings(lexicon, pattern.pattern):
            if min(seconds(lambda p=pattern, t=text: p.search(t)) for _ in range(2)) > 0.1:
                slow.append((name, [n for n, c in lexicon.chars.items() if c in text]))
                break
    assert not slow


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("a*b+c?", "a{0,40}b{1,40}c?"),
        ("a*+b++c?+d*?", "a{0,40}+b{1,40}+c?+d{0,40}?"),
        ("a{2,}b{1,3}+c{,4}", "a{2,40}b{1,3}+c{,4}"),
        ("(?:a|b)*(?P<x>c)+(?<!d)(?=e)", "(?:a|b){0,40}(?P<x>c){1,40}(?<!d)(?=e)"),
    ],
)
def test_bounded(pattern: str, expected: str) -> None:
    assert bounded(pattern) == expected
