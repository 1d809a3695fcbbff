"""Blocks of an article to attributions."""

from kutip.flow.article_to_attributions.chart import Chart
from kutip.flow.article_to_attributions.content import content_of, kind_of, trim
from kutip.flow.article_to_attributions.discourse import resolve
from kutip.flow.article_to_attributions.found import Found
from kutip.flow.article_to_attributions.lexicon import Lexicon, lexicon_of
from kutip.flow.article_to_attributions.match import Match, Sentence, find_frames, sentences
from kutip.flow.article_to_attributions.names import Names
from kutip.flow.article_to_attributions.nesting import outermost
from kutip.flow.article_to_attributions.people import People
from kutip.flow.article_to_attributions.tagger import tag
from kutip.languages import Pack
from kutip.model import Attribution, Block, Span


def find_attributions(
    text: str, blocks: tuple[Block, ...], pack: Pack, published: str | None = None
) -> tuple[Attribution, ...]:
    """Attributions in ``text``, in order of their first content span.

    ``blocks`` tells which spans of ``text`` may state something; ``published`` is an ISO date that relative dates
    ("pada hari Senin") are resolved against, or None.
    """
    lexicon = lexicon_of(pack)
    base = tag(text, blocks, lexicon)
    chart = base
    for level in lexicon.levels:
        chart = chart.rewritten(level)
    names = Names(People(base, lexicon), lexicon)
    parts = sentences(chart, lexicon)
    found = _found(chart, parts, lexicon)
    for f in found:
        f.source = names.without_preposition(f.source)
    return resolve(found, chart, parts, names, pack, published)


def _found(chart: Chart, parts: list[Sentence], lexicon: Lexicon) -> list[Found]:
    out: list[Found] = []
    for number, sentence in enumerate(parts):
        for match in find_frames(sentence, lexicon):
            out.append(_one(match, chart, number))
    return out if lexicon.grammar.frames.nested else outermost(out)


def _one(match: Match, chart: Chart, number: int) -> Found:
    source = match.roles.get("source")
    content = content_of(match, chart)
    if match.frame.frame.content == "block" and content:
        content[-1] = trim(chart.text, content[-1].start, chart.limits[match.sentence.block])
    return Found(
        match=match,
        cue=Span(chart.starts[match.cue], chart.ends[match.cue]) if match.cue is not None else None,
        source=Span(chart.starts[source[0]], chart.ends[source[1] - 1]) if source else None,
        content=content,
        kind=kind_of(content, match, chart),
        sentence=number,
        block=match.sentence.block,
    )
