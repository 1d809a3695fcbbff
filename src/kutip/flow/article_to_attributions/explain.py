"""How a text was read: its units level by level, and for each cue which frame fits and where the others stop."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from kutip.flow.article_to_attributions.chart import Chart
from kutip.flow.article_to_attributions.lexicon import Lexicon, lexicon_of
from kutip.flow.article_to_attributions.match import Match, Sentence, find_frames, sentences
from kutip.flow.article_to_attributions.tagger import tag
from kutip.languages import Pack
from kutip.languages.grammar import Frame
from kutip.model import Block

_ATOM = re.compile(r"<[^>]*>|\{[a-z_]\w*(?::\w+)?\}|\^|\$|\\.|.", re.DOTALL)
_QUANTIFIER = re.compile(r"(?:[*+?]|\{\d*,?\d*\})[+?]?")


class Unit(NamedTuple):
    """A unit of the chart: its words and the name of its class."""

    words: str
    cls: str


class Tried(NamedTuple):
    """A frame at a cue. ``roles``: what it took, where it fits; ``stop``: else the first part of it that does not."""

    frame: str
    roles: dict[str, str] | None
    stop: str = ""


class Cue(NamedTuple):
    """A cue with the frames of its class in the order of trial, up to the one that fits."""

    words: str
    cls: str
    tried: list[Tried]


class Reading(NamedTuple):
    """One text: tokens, the chunks that each level made, and each sentence with its cues."""

    tokens: list[Unit]
    levels: list[tuple[str, list[Unit]]]
    sentences: list[tuple[list[Unit], list[Cue]]]


def explain(text: str, blocks: tuple[Block, ...], pack: Pack) -> Reading:
    """How ``text`` is read with ``pack``."""
    lexicon = lexicon_of(pack)
    names = {char: name for name, char in lexicon.chars.items()}
    chart = tag(text, blocks, lexicon)
    tokens, levels = _units(chart, names), []
    for level, compiled in zip(lexicon.grammar.frames.level, lexicon.levels, strict=True):
        before = set(zip(chart.cls, chart.starts, chart.ends, strict=True))
        chart = chart.rewritten(compiled)
        new = [u for u in zip(chart.cls, chart.starts, chart.ends, strict=True) if u not in before]
        levels.append((level.name, [Unit(text[a:b], names[c]) for c, a, b in new]))
    units = _units(chart, names)
    parts = [
        (units[s.first : s.last], list(_cues(s, chart, lexicon, names))) for s in sentences(chart, lexicon)
    ]
    return Reading(tokens, levels, parts)


def _units(chart: Chart, names: dict[str, str]) -> list[Unit]:
    found = zip(chart.cls, chart.starts, chart.ends, strict=True)
    return [Unit(chart.text[a:b], names[c]) for c, a, b in found]


def _cues(sentence: Sentence, chart: Chart, lexicon: Lexicon, names: dict[str, str]) -> Iterator[Cue]:
    matches = {m.cue: m for m in find_frames(sentence, lexicon)}
    for at, char in enumerate(sentence.cls):
        unit = sentence.first + at
        tried = []
        for frame in lexicon.by_cue.get(char, ()):
            match = matches.get(unit)
            if match is not None and match.frame is frame:
                tried.append(_fits(match, chart))
                break
            tried.append(Tried(frame.frame.name, None, _stop(frame.frame, sentence, at, lexicon)))
        if tried:
            yield Cue(chart.text[chart.starts[unit] : chart.ends[unit]], names[char], tried)
    if None in matches:
        yield Cue("", "", [_fits(matches[None], chart)])


def _fits(match: Match, chart: Chart) -> Tried:
    spans = {role: (chart.starts[a], chart.ends[b - 1]) for role, (a, b) in match.roles.items() if b > a}
    return Tried(match.frame.frame.name, {role: chart.text[a:b] for role, (a, b) in spans.items()})


def _stop(frame: Frame, sentence: Sentence, at: int, lexicon: Lexicon) -> str:
    """The part of the frame that finds nothing: the nearest to the cue on the left, else on the right."""
    if frame.roles and sentence.role not in frame.roles:
        return f"only in: {', '.join(frame.roles)}"
    parts = _parts(frame.pattern)
    cue = next(i for i, part in enumerate(parts) if ":cue>" in part)
    left, right = parts[:cue], parts[cue + 1 :]
    for n in range(1, len(right) + 1):
        if not lexicon.compiled("".join(right[:n]), frame.name).match(sentence.cls, at + 1):
            return f"behind the cue no {right[n - 1].strip()}"
    for n in range(1, len(left) + 1):
        if not lexicon.compiled(f"(?:{''.join(left[-n:])})\\Z", frame.name).search(sentence.cls, 0, at):
            return f"before the cue no {left[-n].strip()}"
    return "its parts do not join"


def _parts(pattern: str) -> list[str]:
    """A pattern cut at its outermost parts, each with its quantifier."""
    parts: list[str] = []
    depth = at = 0
    while at < len(pattern):
        atom = _ATOM.match(pattern, at)
        assert atom is not None  # any character is one
        part, end = atom[0], atom.end()
        closing = part == ")"
        if depth == 0 and parts and (quantifier := _QUANTIFIER.match(pattern, at)):
            parts[-1] += quantifier[0]
            at = quantifier.end()
            continue
        depth -= closing
        if depth or closing:
            parts[-1] += part
        else:
            parts.append(part)
        depth += part == "("
        at = end
    return parts if "|" not in parts else [pattern]
