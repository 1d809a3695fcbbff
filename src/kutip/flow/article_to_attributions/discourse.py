"""Who the speakers are: attributions in order, with what the article has said before them."""

from kutip.flow.article_to_attributions.chart import Chart
from kutip.flow.article_to_attributions.content import trimmed
from kutip.flow.article_to_attributions.days import Days
from kutip.flow.article_to_attributions.found import Found
from kutip.flow.article_to_attributions.lexicon import Lexicon
from kutip.flow.article_to_attributions.match import Sentence
from kutip.flow.article_to_attributions.names import Mention, Names
from kutip.flow.article_to_attributions.satellites import satellites
from kutip.languages import Pack
from kutip.model import Attribution, Force, Kind, Span, SpeakerKind


class _Speaker:
    """A resolved speaker."""

    def __init__(self, name: str | None, kind: SpeakerKind, role: str, sure: float) -> None:
        self.name, self.kind, self.role, self.sure = name, kind, role, sure


NOBODY = _Speaker(None, SpeakerKind.UNNAMED, "", 0.5)


def resolve(
    found: list[Found], chart: Chart, parts: list[Sentence], names: Names, pack: Pack, published: str | None
) -> tuple[Attribution, ...]:
    """Attributions with their speakers, channels, addressees and dates."""
    found = _joined(_with_previous(found, chart, parts, names.lexicon), parts, chart)
    mentions = [names.mention(f.source) if f.source else None for f in found]
    last = person = NOBODY
    days = Days(chart.text, pack, published)
    out: list[Attribution] = []
    for f, mention in zip(found, mentions, strict=True):
        speaker = _speaker(f, mention, names, _antecedent(f, mention, names, last, person, out))
        out.append(_attribution(f, speaker, chart, names, days))
        if speaker.name and speaker.kind is not SpeakerKind.DOCUMENT and not _nested(f, found):
            last = speaker
            person = speaker if speaker.kind in (SpeakerKind.PERSON, SpeakerKind.UNNAMED) else person
    out.sort(key=lambda a: (a.content[0].start, a.content[-1].end))
    return tuple(out)


def _nested(f: Found, found: list[Found]) -> bool:
    """The report stands within what another reports: the turn to speak stays with the other."""
    at = f.cue or f.content[0]
    return any(
        o is not f
        and o.sentence == f.sentence
        and any(c.start <= at.start and at.end <= c.end for c in o.content)
        for o in found
    )


def _antecedent(
    f: Found,
    mention: Mention | None,
    names: Names,
    last: _Speaker,
    person: _Speaker,
    before: list[Attribution],
) -> _Speaker:
    """Whom a pronoun, a clitic or "the minister" stands for: the last person who spoke, unless an organisation or
    nobody spoke since and a person was named after that."""
    if mention is not None and (mention.plural or not (mention.pronoun or mention.definite)):
        return last
    if last is person and person.name:
        return person
    at = f.source.start if f.source else f.content[0].start
    since = before[-1].content[-1].end if before else 0
    named = [p for p in names.people.people if p.role and since <= p.start < at]
    if named:
        full, _ = names.people.fullest(" ".join(named[-1].words))
        return _Speaker(full, SpeakerKind.PERSON, named[-1].role, 0.8)
    return person if person.name else last


def _speaker(f: Found, mention: Mention | None, names: Names, last: _Speaker) -> _Speaker:
    """The speaker of one attribution. What it rests on lowers ``sure``: a name 1, a pronoun 0.9, a title 0.8."""
    if mention is None or mention.pronoun:
        return _Speaker(last.name, last.kind, last.role, last.sure * 0.9)
    name, kind = names.people.fullest(mention.name)
    if mention.kind is SpeakerKind.UNNAMED and mention.titled and f.source:
        holder = names.people.holder(mention.name, f.source.start)
        if holder:
            full, _ = names.people.fullest(" ".join(holder.words))
            return _Speaker(full, SpeakerKind.PERSON, mention.role, 0.8)
    if mention.definite and last.name and mention.kind is SpeakerKind.UNNAMED:
        return _Speaker(last.name, last.kind, mention.role, 0.7)
    return _Speaker(name or None, kind or mention.kind, mention.role, 1.0)


def _with_previous(found: list[Found], chart: Chart, parts: list[Sentence], lexicon: Lexicon) -> list[Found]:
    """Give frames that point back ("Hal ini disampaikan X") the content of what stands before them."""
    out: list[Found] = []
    for f in found:
        if f.match.frame.frame.content == "previous":
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


def _joined(found: list[Found], parts: list[Sentence], chart: Chart) -> list[Found]:
    """Join "A," kata X. "B." within a block into one attribution.

    A quotation that follows what was said in other words is not joined, but has the same source.
    """
    out: list[Found] = []
    for f in found:
        before = _turn_before(f, out) if f.cue is None and f.kind is Kind.DIRECT else None
        if before is not None and before.kind is Kind.DIRECT:
            before.content = sorted([*before.content, *f.content])
            before.sentence = f.sentence
            continue
        if before is not None and f.source is None:
            f.source = before.source
        out.append(f)
    return out


def _turn_before(f: Found, out: list[Found]) -> Found | None:
    """The attribution that a quotation without a cue goes on with: a quotation in the sentence before, else the last."""
    near = [o for o in out[-4:] if o.block == f.block and o.sentence == f.sentence - 1]
    return next((o for o in reversed(near) if o.kind is Kind.DIRECT), near[-1] if near else None)


def _attribution(f: Found, speaker: _Speaker, chart: Chart, names: Names, days: Days) -> Attribution:
    around = satellites(f, chart, names.lexicon)
    text = chart.text
    said_on, evidence = days.of(around.dates)
    frame = f.match.frame.frame
    cue_word = chart.text[f.cue.start : f.cue.end].lower() if f.cue else ""
    return Attribution(
        kind=f.kind,
        content=tuple(f.content),
        cue=f.cue,
        source=f.source,
        speaker=speaker.name,
        speaker_kind=speaker.kind,
        via=tuple(dict.fromkeys(v.of(text) for v in around.via)),
        to=around.to.of(text) if around.to else "",
        said_on=said_on,
        said_on_evidence=evidence,
        force=frame.force or names.lexicon.forces.get(cue_word, Force.SAYS),
        negated=False,
        confidence=round(frame.confidence * speaker.sure, 2),
        rule=frame.name,
        venue=around.venue.of(text) if around.venue else "",
        role=speaker.role,
    )
