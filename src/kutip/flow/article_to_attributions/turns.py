"""Whose turn it is to speak: names, pronouns, titles and nothing at all, resolved in the order of the article."""

from collections.abc import Callable
from typing import NamedTuple

from kutip.flow.article_to_attributions.found import Found
from kutip.flow.article_to_attributions.names import Mention, Names
from kutip.flow.article_to_attributions.register import Person
from kutip.model import Role, Span, SpeakerKind


class Speaker(NamedTuple):
    """A resolved speaker. ``sure``: 1 for a name, less for what stands for one."""

    name: str | None
    kind: SpeakerKind
    role: str = ""
    sure: float = 1.0


NOBODY = Speaker(None, SpeakerKind.UNNAMED, "", 0.5)
NEAR = 40  # attributions on either side among which an outer report is looked for
NATURAL = (SpeakerKind.PERSON, SpeakerKind.UNNAMED)


class Turns:
    """Resolves the speakers of one article's attributions.

    subject: the noun phrase that a sentence (by number) begins with. last: who spoke last, of whatever kind. person:
    the last natural person who did. Reports within reports leave the turn with the outer speaker.
    """

    def __init__(
        self, names: Names, found: list[Found], subject: Callable[[int], Span | None] = lambda _: None
    ) -> None:
        self.names, self.found, self.subject = names, found, subject
        self.reporting = {f.sentence for f in found}
        self.last = self.person = NOBODY
        self.since = 0  # where the last attribution ends

    def speakers(self) -> list[Speaker]:
        """One speaker for each attribution, in order."""
        out = []
        for i, f in enumerate(self.found):
            speaker = self._speaker(f, self.names.mention(f.source) if f.source else None)
            out.append(speaker)
            self.since = f.content[-1].end
            outer = self._outer(i, f)
            if not speaker.name or speaker.kind is SpeakerKind.DOCUMENT:
                continue
            if outer is None:
                self.last = speaker
            if speaker.kind in NATURAL and (outer is None or self._is_body(outer)):
                self.person = speaker
        return self._with_next(out)

    def _with_next(self, speakers: list[Speaker]) -> list[Speaker]:
        """Where nobody spoke yet, or the frame says so, the next one named is meant."""
        out = list(speakers)
        following = NOBODY
        for i in range(len(out) - 1, -1, -1):
            meant = self.found[i].match.frame.frame.speaker
            if meant == "nobody":
                continue
            meant_next = (
                meant == "next"
                or self.found[i].carried_on
                or (self._office_of_headline(self.found[i], out[i]) and not _other_office(out[i], following))
            )
            if ((out[i].name is None and self.found[i].source is None) or meant_next) and following.name:
                out[i] = following._replace(sure=0.6)
            elif out[i].name and out[i].kind in NATURAL:
                following = out[i]
        return out

    def _office_of_headline(self, f: Found, speaker: Speaker) -> bool:
        """A headline names an office alone, and nobody is said to hold it."""
        alone = speaker.kind is SpeakerKind.UNNAMED and bool(speaker.role) and speaker.role == speaker.name
        return alone and f.match.sentence.role in (Role.HEADLINE, Role.REPEAT)

    def _outer(self, i: int, f: Found) -> Found | None:
        """The report that this one stands in."""
        at = f.cue or f.content[0]
        return next(
            (
                o
                for o in self.found[max(0, i - NEAR) : i + NEAR]
                if o is not f
                and o.sentence == f.sentence
                and any(c.start <= at.start and at.end <= c.end for c in o.content)
            ),
            None,
        )

    def _is_body(self, f: Found) -> bool:
        """An organisation or a document reports: "he" is whom it quotes."""
        return f.source is not None and self.names.mention(f.source).kind not in NATURAL

    def _speaker(self, f: Found, mention: Mention | None) -> Speaker:
        if mention is None and f.match.frame.frame.speaker == "nobody":
            return NOBODY
        pair = self.names.people.pair_before(f.source.start) if mention and mention.dual and f.source else ""
        if pair:
            return Speaker(pair, SpeakerKind.GROUP, "", 0.7)
        topic = self._topic(f) if mention and mention.pronoun and not mention.plural else None
        if topic:
            return topic
        if mention is None or mention.pronoun:
            before = self.last if mention and mention.plural else self._antecedent(f)
            return before._replace(sure=round(before.sure * 0.9, 3))
        people = self.names.people
        if mention.kind is SpeakerKind.UNNAMED and mention.titled and f.source:
            holder = self._holder(mention.role or mention.name, f.source.start)
            if holder:
                return Speaker(
                    people.fullest(" ".join(holder.words))[0], SpeakerKind.PERSON, mention.role, 0.8
                )
        if mention.definite and mention.kind is SpeakerKind.UNNAMED:
            before = self._antecedent(f)
            if before.name:
                return before._replace(role=mention.role, sure=0.7)
        name, kind = people.fullest(mention.name)
        return Speaker(name or None, kind or mention.kind, mention.role)

    def _topic(self, f: Found) -> Speaker | None:
        """Whom a pronoun in the place of the subject means where the sentence before reports nothing: the person that
        it is about."""
        if not f.cue or not f.source or f.source.start > f.cue.start or f.sentence - 1 in self.reporting:
            return None
        subject = self.subject(f.sentence - 1)
        mention = self.names.mention(subject) if subject else None
        if mention is None or mention.kind is not SpeakerKind.PERSON or mention.pronoun:
            return None
        name, kind = self.names.people.fullest(mention.name)
        known = kind is SpeakerKind.PERSON or mention.role
        return Speaker(name, SpeakerKind.PERSON, mention.role, 0.8) if known else None

    def _holder(self, title: str, at: int) -> Person | None:
        """Who holds the office, by its name or by the other one that the pack knows."""
        register = self.names.people.register
        other = self.names.lexicon.offices.get(title.casefold())
        return register.holder(title, at) or (register.holder(other, at) if other else None)

    def _antecedent(self, f: Found) -> Speaker:
        """Whom a pronoun, a clitic or "the minister" stands for: the last person who spoke, unless an organisation or
        nobody spoke since and a person was named after that."""
        if self.last is self.person and self.person.name:
            return self.person
        at = f.source.start if f.source else f.content[0].start
        named = self.names.people.register.last_titled(self.since, at)
        if named:
            full, _ = self.names.people.fullest(" ".join(named.words))
            return Speaker(full, SpeakerKind.PERSON, named.role, 0.8)
        return self.person if self.person.name else self.last


def _other_office(headline: Speaker, named: Speaker) -> bool:
    """The person named holds an office of other words than the one that the headline names. A single word may be a
    rank, which says nothing."""
    short, long = (set(speaker.role.casefold().split()) for speaker in (headline, named))
    return named.kind is SpeakerKind.PERSON and len(long) > 1 and not short <= long
