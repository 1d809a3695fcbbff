"""Who is meant by the noun phrase that is the source of an attribution."""

from typing import NamedTuple

from kutip.flow.article_to_attributions.lexicon import Lexicon
from kutip.flow.article_to_attributions.people import People, Unit
from kutip.flow.article_to_attributions.register import NEAR
from kutip.model import Span, SpeakerKind

QUOTES = "\"“”„‘’'«»"


class Mention(NamedTuple):
    """What a noun phrase says of a speaker.

    name: "" when it names nobody. kind: of the speaker. role: title and affiliation. pronoun: it is one. dual: it is
    one for two. definite: it points at one known already ("the minister", "pria itu"). titled: nothing but a title
    ("Presiden").
    """

    name: str = ""
    kind: SpeakerKind = SpeakerKind.PERSON
    role: str = ""
    pronoun: bool = False
    plural: bool = False
    dual: bool = False
    definite: bool = False
    titled: bool = False


class Names:
    """Reads sources with the index of the article's names."""

    def __init__(self, people: People, lexicon: Lexicon) -> None:
        self.people, self.lexicon, self.text = people, lexicon, people.text
        of = lexicon.of
        self.pron, self.dem, self.plural = of("pron", "pronaux"), of("dem"), of("plural", "dual")
        self.dual, self.honor = of("dual"), of("honor")
        self.title, self.org, self.name = of("title", "honor"), of("org", "orghead"), of("name")
        self.the, self.offices = lexicon.sets.get("definite") or of("the"), of("title", "human", "honor")
        self.common = self.offices if lexicon.grammar.words.common_capitals else ""
        self.beyond = of(*lexicon.grammar.words.beyond)
        joins = of("of", "for")  # within the names of organisations
        self.away = "".join(c for c in self.beyond if c not in joins)
        self.lparen, self.rparen, self.comma = of("lparen"), of("rparen"), of("comma")
        self.alternative, self.relative = of("or"), lexicon.sets.get("relativiser", "")
        self.carriers = self.org + of("document")
        self.degree = of("degree")
        self.prepositions = of(
            "prep",
            "place_prep",
            "from",
            "by",
            "with",
            "on",
            "in",
            "for",
            "of",
            "medium",
            "through",
            "to",
            "being",
        )
        self.describing = of("title", "human", "one", "word", "nominal")
        self.alias, self.acronym, self.human = of("alias"), of("acronym"), of("human", "one")
        self.proper = of("name", "acronym", "place")

    def without_preposition(self, span: Span | None) -> Span | None:
        """A source without the preposition that it stood behind ("dari Budi")."""
        if span is None:
            return None
        second = self.people.second(span, self.prepositions)
        return span if second is None else Span(second, span.end)

    def channel(self, span: Span) -> Span:
        """The name of an outlet without what it is: of "kantor berita Orrin" the name, of "laman contoh.go.id" the
        address."""
        units = self.people.units(span)
        if units and "." in units[-1].word.strip("."):
            return Span(units[-1].start, span.end)
        kind = 0
        while kind < len(units) and units[kind].cls in self.carriers and units[kind].word.islower():
            kind += 1
        named = 0 < kind < len(units) and units[kind].word[0].isupper()
        return Span(units[kind].start, span.end) if named else span

    def mention(self, span: Span) -> Mention:
        """What the noun phrase at ``span`` says of a speaker."""
        units = self._without_brackets(self.people.units(span))
        if not units or all(u.cls in self.pron + self.plural for u in units):
            first = units[0].cls if units else "-"
            return Mention(pronoun=True, plural=first in self.plural, dual=first in self.dual)
        alias = [i for i, u in enumerate(units) if u.cls in self.alias]
        if alias and alias[-1] + 1 < len(units):  # "pria yang akrab disapa Budi itu"
            units = units[alias[-1] + 1 :]
        definite = units[-1].cls in self.dem
        while len(units) > 1 and units[-1].cls in self.dem:
            units = units[:-1]
        if definite and units[0].cls in self.describing:
            text = self.text[units[0].start : units[-1].end]
            return Mention(name=text, kind=SpeakerKind.UNNAMED, role=text, definite=True)
        if len(units) == 1 and units[0].word in self.people.initials:
            return Mention(name=units[0].word)
        if len(units) == 1 and units[0].word[0] in QUOTES:  # a paper, no person, is named in quotation marks
            return Mention(name=units[0].word.strip(QUOTES), kind=SpeakerKind.ORGANISATION)
        person = self._person(units) or self._office(units)
        if person:
            return person
        units = self._without_other_name(units[: self._end(units, self.comma)])
        if units[0].cls in self.human and units[-1].cls in self.acronym:  # "pelaku SS"
            return Mention(name=units[-1].word, kind=SpeakerKind.UNNAMED, role=units[0].word)
        kind = self._kind(units[: self._end(units, self.beyond)])
        earlier = self._earlier(units, kind, definite)
        if earlier is not None:
            return self.mention(earlier)
        text = self.text[units[0].start : units[-1].end]
        if kind is SpeakerKind.ORGANISATION:
            whole = units[: self._end(units, self.away)]
            return Mention(name=self._organisation(whole) or text, kind=kind, definite=definite)
        titled = units[0].cls in self.title
        return Mention(name=text, kind=kind, role=text if titled else "", definite=definite, titled=titled)

    def _without_other_name(self, units: list[Unit]) -> list[Unit]:
        """Without the short name that "or" puts beside the long one: "the ministry of planning or Bappenas"."""
        named = self.org + self.proper
        for i in range(1, len(units) - 1):
            after = units[i + 1]
            if units[i].cls in self.alternative and after.cls in named and not after.word[0].islower():
                return units[:i]
        return units

    def _end(self, units: list[Unit], classes: str) -> int:
        """Where the first unit of one of ``classes`` stands behind another unit, else the end."""
        return next((i for i, u in enumerate(units) if i and u.cls in classes), len(units))

    def _earlier(self, units: list[Unit], kind: SpeakerKind, definite: bool) -> Span | None:
        """For "laporan tersebut" and "pelaku": where the same head was used with a name before."""
        pointing = definite and kind in (SpeakerKind.DOCUMENT, SpeakerKind.ORGANISATION)
        human = units[0].cls in self.human
        if len(units) == 1 and (pointing or human):
            earlier = self.people.earlier(units[0].word, units[0].start)
            return earlier or (self.people.initials_before(units[0].start) if human else None)
        return None

    def _without_brackets(self, units: list[Unit]) -> list[Unit]:
        out, depth = [], 0
        for u in units:
            if u.cls in self.lparen:
                depth += 1
            elif u.cls in self.rparen:
                depth = max(0, depth - 1)
                out.append(u)  # names on both sides of a bracket are two
            elif not depth and u.cls not in self.degree:
                out.append(u)
        while out and out[-1].cls in self.comma + self.rparen + self.alternative:
            out.pop()
        return out

    def _person(self, units: list[Unit]) -> Mention | None:
        """The mention when the phrase names a person: a name with a title beside it, or nothing but a name."""
        segments = self._segments(units)
        has_title = any(map(self._titled, segments))
        for number, segment in enumerate(segments):
            while segment and segment[-1].cls in self.rparen:
                segment = segment[:-1]
            i = len(segment)
            if i > 2 and segment[-1].cls in self.acronym and len(segment[-1].word) < 3:
                i -= 1  # "Mahfud MD"
            while i and segment[i - 1].cls in self.name:
                i -= 1
            tail = segment[i:]
            if (
                has_title
                and segment
                and segment[0].cls in self.name
                and segment[0].word in self.people.alone
                and i
            ):
                return self._titled_after(segment)
            if not tail or (not has_title and i):
                continue
            if i and self._named_later(tail, segments[number + 1 :]):
                continue
            if not i and len(tail) == 1 and self._is_a_body(tail[0].word):
                continue
            words = [u.word for u in tail]
            tail = tail[self.people.cut(words, segment[i - 1].cls) :] if i else tail
            name = self.text[tail[0].start : tail[-1].end].strip(QUOTES)
            if self.people.short.get(name, ("", None))[1] is SpeakerKind.ORGANISATION:
                continue
            before = [u for u in units if u.start < tail[0].start and u.cls not in self.comma]
            after = [u for u in units if u.start > tail[-1].start and u.cls not in self.comma]
            beside = before or after
            role = self.text[beside[0].start : beside[-1].end] if beside else ""
            return Mention(name=name, kind=SpeakerKind.PERSON, role=role)
        return None

    def _is_a_body(self, word: str) -> bool:
        """Whether a word ends the role of somebody and is nobody's name: "Valmora" beside "Juru Bicara Kementerian
        Luar Negeri Valmora".
        """
        register, folded = self.people.register, word.casefold()
        if folded in register.by_word or word in self.people.short:
            return False
        held = (register.titled[number] for number in register.by_office.get(folded, ())[:NEAR])
        # Only a comma tells for sure where a role ends and a name begins.
        apart = (one.role for one in held if "," in self.text[max(0, one.start - 2) : one.start])
        return any(len(role.split()) > 1 and role.casefold().endswith(folded) for role in apart)

    def _titled(self, segment: list[Unit]) -> bool:
        """Whether a title stands in a part of the phrase. In the name of an organisation it is none ("Federasi Pemilik
        Kapal"), unless it is written small and a name of two words stands behind ("police chief Togar Manihuru").
        """
        if segment[0].cls not in self.org:
            return any(u.cls in self.title + self.human for u in segment)
        last = [u.cls in self.name for u in segment[-2:]] == [True, True]
        return last and any(u.cls in self.title and u.word.islower() for u in segment[1:-2])

    def _named_later(self, tail: list[Unit], later: list[list[Unit]]) -> bool:
        """For "Ahli Valuta di Bank Kota David Ng": one word that is no name elsewhere, a longer name behind."""
        if len(tail) > 1 or tail[0].word in self.people.alone:
            return False
        return any(len(s) > 2 and all(u.cls in self.name for u in s[-2:]) for s in later)

    def _office(self, units: list[Unit]) -> Mention | None:
        """The mention for a definite article with an office or a person without a name: "the prime minister"."""
        rest = units[1 : self._end(units, self.comma + self.the)]
        plain = all(u.word[0].islower() or u.cls in self.common for u in rest)
        if not rest or units[0].cls not in self.the or rest[-1].cls not in self.offices or not plain:
            return None
        titled = rest[-1].cls in self.title and rest[-1].cls not in self.honor  # "sang ibu" holds no office
        end = self._end(units, self.comma)
        text, role = (self.text[u.start : units[end - 1].end] for u in (units[0], rest[0]))
        return Mention(text, SpeakerKind.UNNAMED, role, definite=not titled, titled=titled)

    def _segments(self, units: list[Unit]) -> list[list[Unit]]:
        """The phrase cut at commas and prepositions, most name-like part first, parts after a preposition last.

        What follows a class that leads beyond the head of the phrase is left out, up to the next comma.
        """
        parts: list[tuple[bool, list[Unit]]] = [(False, [])]
        beyond = False
        for u in units:
            beyond = u.cls not in self.comma and (beyond or u.cls in self.beyond)
            if beyond:
                continue
            if u.cls in self.comma + self.prepositions + self.relative:
                parts.append((u.cls in self.prepositions, []))
            else:
                parts[-1][1].append(u)
        parts.sort(key=lambda part: (part[0], sum(u.cls not in self.name for u in part[1])))
        return [units for _, units in parts if units]

    def _titled_after(self, segment: list[Unit]) -> Mention:
        """The title after the name: "Budi Ketua RT"."""
        j = 0
        while segment[j].cls in self.name:
            j += 1
        name = self.text[segment[0].start : segment[j - 1].end]
        return Mention(name=name, role=self.text[segment[j].start : segment[-1].end])

    def _kind(self, units: list[Unit]) -> SpeakerKind:
        for u in units:
            for kind, classes in self.lexicon.grammar.words.kinds.items():
                if u.cls in self.lexicon.of(*classes):
                    return SpeakerKind(kind)
            if u.cls in self.title + self.name:
                break
        for u in units:
            if u.cls in self.title:
                return SpeakerKind.UNNAMED
            if u.cls in self.org + self.proper:
                return SpeakerKind.ORGANISATION
        return SpeakerKind.UNNAMED

    def _organisation(self, units: list[Unit]) -> str:
        """From the head of the name to its end."""
        for u in units:
            if u.cls in self.org + self.proper and not u.word[0].islower():
                return self.text[u.start : units[-1].end].strip(QUOTES)
        return ""
