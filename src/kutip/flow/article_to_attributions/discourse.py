"""Who the speakers are: attributions in order, with what the article has said before them."""

from itertools import pairwise

import msgspec

from kutip.flow.article_to_attributions.chart import Chart
from kutip.flow.article_to_attributions.content import polarity, trimmed
from kutip.flow.article_to_attributions.days import Days
from kutip.flow.article_to_attributions.found import Found
from kutip.flow.article_to_attributions.lexicon import Lexicon
from kutip.flow.article_to_attributions.match import Sentence
from kutip.flow.article_to_attributions.names import Names
from kutip.flow.article_to_attributions.satellites import satellites
from kutip.flow.article_to_attributions.turns import Speaker, Turns
from kutip.languages import Pack
from kutip.model import Attribution, Force, Kind, Span

CHAIN = 12  # sentences in a row that point back at the same words


def resolve(
    found: list[Found], chart: Chart, parts: list[Sentence], names: Names, pack: Pack, published: str | None
) -> tuple[Attribution, ...]:
    """Attributions with their speakers, channels, addressees and dates."""
    found = _with_previous(_with_following(found), chart, parts, names.lexicon)
    found = _joined(found, parts, chart)

    def subject(number: int) -> Span | None:
        return _subject(chart, parts[number], names.lexicon) if number >= 0 else None

    speakers = Turns(names, found, subject).speakers()
    days = Days(chart.text, pack, published)
    out: list[Attribution] = []
    for f, speaker in zip(found, speakers, strict=True):
        kinds = f.match.frame.frame.kinds
        if kinds and speaker.kind not in kinds:
            continue
        attribution = _attribution(f, speaker, chart, names, days)
        if out and _repeats(out[-1], attribution):
            attribution = msgspec.structs.replace(attribution, kind=Kind.INDIRECT)
        if out and not attribution.via and _continues(out[-1], attribution):
            attribution = msgspec.structs.replace(attribution, via=out[-1].via)
        if out and not out[-1].via and _leads_to(out[-1], attribution):
            out[-1] = msgspec.structs.replace(out[-1], via=attribution.via)
        out.append(attribution)
    out.sort(key=lambda a: (a.content[0].start, a.content[-1].end))
    return tuple(out)


def _subject(chart: Chart, sentence: Sentence, lexicon: Lexicon) -> Span | None:
    """The noun phrase that a sentence begins with, where the pack tells which chunks are such (the set ``theme``)."""
    skip = lexicon.lead.match(sentence.cls)
    i = skip.end() if skip else 0
    if sentence.cls[i : i + 1] and sentence.cls[i] in lexicon.sets.get("theme", ""):
        return Span(chart.starts[sentence.first + i], chart.ends[sentence.first + i])
    return None


def _repeats(before: Attribution, after: Attribution) -> bool:
    """Somebody is said to have said the same as somebody else: in words that are the other's."""
    return before.content == after.content and before.speaker != after.speaker and after.kind is Kind.DIRECT


def _continues(before: Attribution, after: Attribution) -> bool:
    """A quotation that goes on without a cue with the words of the speaker before has come through the same channel."""
    return after.cue is None and before.kind is after.kind is Kind.DIRECT and before.speaker == after.speaker


def _leads_to(before: Attribution, after: Attribution) -> bool:
    """A quotation without a cue that the next one, with a cue, goes on with has come through the same channel."""
    return before.cue is None and before.kind is after.kind is Kind.DIRECT and before.speaker == after.speaker


def _with_previous(found: list[Found], chart: Chart, parts: list[Sentence], lexicon: Lexicon) -> list[Found]:
    """Give frames that point back ("Hal ini disampaikan X") the content of what stands before them."""
    out: list[Found] = []
    chain = 0
    for f in found:
        chain = chain + 1 if f.match.frame.frame.content == "previous" else 0
        if chain > CHAIN:
            continue
        if chain:
            before = out[-1] if out and out[-1].sentence == f.sentence - 1 else None
            if before is not None:
                f.content = list(before.content)
                f.kind = before.kind
                if before.cue is None:  # a quotation whose cue stands in a sentence of its own
                    out.pop()
            elif f.sentence > 0 and parts[f.sentence - 1].block >= f.block - 1:
                s = parts[f.sentence - 1]
                skip = lexicon.lead.match(s.cls)
                first = s.first + (skip.end() if skip and skip.end() < len(s.cls) else 0)
                f.content = [trimmed(chart, first, s.last)]
        if f.content:
            out.append(f)
    return out


def _with_following(found: list[Found]) -> list[Found]:
    """Give cues that end a paragraph with a colon the quotation without a cue that opens the next one."""
    out: list[Found] = []
    for f in found:
        before = out[-1] if out and _points_on(out[-1]) else None
        if before is not None and f.cue is None and f.sentence == before.sentence + 1:
            before.content, before.kind = f.content, f.kind
            before.block, before.sentence = f.block, f.sentence
        else:
            out.append(f)
    return [f for f in out if not _points_on(f)]


def _points_on(f: Found) -> bool:
    return f.match.frame.frame.content == "following" and not f.content


def _joined(found: list[Found], parts: list[Sentence], chart: Chart) -> list[Found]:
    """Join "A," kata X. "B." within a block into one attribution.

    A quotation that follows what was said in other words is not joined, but has the same source.
    """
    out: list[Found] = []
    for f in found:
        before = _turn_before(f, out) if f.cue is None and f.kind is Kind.DIRECT else None
        if before is not None and before.kind is Kind.DIRECT:
            before.content.extend(f.content)
            before.sentence = f.sentence
            continue
        if before is not None and f.source is None:
            f.source = before.source
        out.append(f)
    for f, after in pairwise(out):
        f.carried_on = (
            f.cue is None
            and f.block + 1 == after.block
            and _is_open(f, chart)
            and _opens(after, parts, chart)
        )
    return out


def _is_open(f: Found, chart: Chart) -> bool:
    """A quotation that no mark closes."""
    q = chart.quotation_at(f.content[-1])
    return q is not None and not q.closed


def _opens(f: Found, parts: list[Sentence], chart: Chart) -> bool:
    """A quotation that its paragraph begins with."""
    q = chart.quotation_at(f.content[0])
    first = parts[f.sentence].block != parts[f.sentence - 1].block
    return q is not None and first and q.start == chart.starts[parts[f.sentence].first]


def _turn_before(f: Found, out: list[Found]) -> Found | None:
    """What a quotation without a cue goes on with: a quotation in the sentence before, else the last report."""
    near = [o for o in out[-4:] if o.block == f.block and o.sentence == f.sentence - 1]
    return next((o for o in reversed(near) if o.kind is Kind.DIRECT), near[-1] if near else None)


def _attribution(f: Found, speaker: Speaker, chart: Chart, names: Names, days: Days) -> Attribution:
    lexicon = names.lexicon
    around = satellites(f, chart, lexicon)
    text = chart.text
    said_on, evidence = days.of(around.dates)
    frame = f.match.frame.frame
    cue_word = text[f.cue.start : f.cue.end].lower() if f.cue else ""
    negated, conditional = polarity(text, f.content, lexicon)
    return Attribution(
        kind=f.kind,
        content=tuple(f.content),
        cue=f.cue,
        source=f.source,
        speaker=speaker.name,
        speaker_kind=speaker.kind,
        via=tuple(dict.fromkeys(names.channel(v).of(text) for v in around.via)),
        to=to.of(text) if (to := names.without_preposition(around.to)) else "",
        said_on=said_on,
        force=frame.force or lexicon.forces.get(cue_word, Force.SAYS),
        negated=negated,
        confidence=round(frame.confidence * speaker.sure, 2),
        rule=frame.name,
        venue=around.venue.of(text) if around.venue else "",
        said_on_evidence=evidence,
        conditional=conditional,
        role=speaker.role,
    )
