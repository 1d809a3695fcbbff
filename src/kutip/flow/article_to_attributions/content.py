"""Where content begins and ends in the text, and of which kind it is."""

import re
from collections.abc import Sequence

from kutip.flow.article_to_attributions.chart import Chart
from kutip.flow.article_to_attributions.lexicon import Lexicon
from kutip.flow.article_to_attributions.match import CONTENT_ROLES, Match
from kutip.flow.article_to_attributions.passages import without_holes
from kutip.model import Kind, Span

_WORD = re.compile(r"[^\W\d_]+|[.,;!?]")
_CLAUSE_ENDS = frozenset(".,;!?")
_EDGES = " \t\n\r\u00a0,;:–—-.…"


def content_of(match: Match, chart: Chart) -> list[Span]:
    """Content spans of a match: without the quotation marks around a whole span, without punctuation at its edges."""
    spans = []
    for role in CONTENT_ROLES:
        if role in match.roles:
            a, b = match.roles[role]
            if b > a:
                spans.append(trimmed(chart, a, b))
    if chart.holes:
        spans = [trim(chart.text, s.start, s.end) for s in without_holes(spans, chart.holes)]
    return sorted(s for s in spans if s.end > s.start)


def trimmed(chart: Chart, a: int, b: int) -> Span:
    """Units ``a`` to ``b`` of the chart as a span: a single quotation without its marks, edges without punctuation."""
    start, end = chart.starts[a], chart.ends[b - 1]
    q = chart.quotations.get(start)
    if q is not None and q.end == end:
        start, end = q.inner_start, q.inner_end
    elif (last := chart.quotations.get(chart.starts[b - 1])) is not None and last.end == end:
        end = last.inner_end  # a clause that ends in a quotation ends with its words
    return trim(chart.text, start, end)


def trim(text: str, start: int, end: int) -> Span:
    """Cut blanks, commas, dashes and full stops off both edges (question and exclamation marks stay)."""
    while start < end and text[start] in _EDGES:
        start += 1
    while end > start and text[end - 1] in _EDGES:
        end -= 1
    return Span(start, end)


def kind_of(content: list[Span], match: Match, chart: Chart) -> Kind:
    """direct: every span lies in a quotation, or in a turn behind its mark; mixed: some words do, names apart;
    indirect: none."""
    if match.frame.frame.content == "block" and chart.is_quoted(match.sentence.first):
        return Kind.DIRECT
    inside = touched = 0
    for span in content:
        q = chart.quotation_at(span)
        if q is not None and q.start <= span.start and span.end <= q.end:
            inside += 1
        elif q is not None:
            touched += not chart.all_named(span)
    if content and inside == len(content):
        return Kind.DIRECT
    return Kind.MIXED if inside or touched else Kind.INDIRECT


def polarity(text: str, content: Sequence[Span], lexicon: Lexicon) -> tuple[bool, bool]:
    """(negated, conditional) of what is said: a negating word stands in a main clause; a condition stands anywhere."""
    negated = conditional = False
    for span in content:
        open_clause = True
        words = _WORD.findall(text[span.start : span.end].lower())
        if lexicon.turned.isdisjoint(words):
            continue
        for word in filter(lexicon.turning.__contains__, words):
            conditional = conditional or word in lexicon.condition
            if word in lexicon.openers:
                open_clause = False
            elif word in _CLAUSE_ENDS:
                open_clause = True
            elif open_clause and word in lexicon.negation:
                negated = True
    return negated, conditional
