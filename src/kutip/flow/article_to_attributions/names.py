"""Names in an article: who is meant by a noun phrase, and the fullest name that the article gives."""

from bisect import bisect_left
from typing import NamedTuple

from kutip.flow.article_to_attributions.chart import Chart
from kutip.flow.article_to_attributions.lexicon import Lexicon
from kutip.model import Span, SpeakerKind


class Unit(NamedTuple):
    """A base unit: class name character, text, place."""

    cls: str
    word: str
    start: int
    end: int


class Mention(NamedTuple):
    """What a noun phrase says of a speaker. ``name`` is empty when it names nobody ("dia", "sang menteri").

    ``pronoun``: it stands for one named elsewhere. ``role``: the words beside the name.
    """

    name: str
    kind: SpeakerKind
    role: str
    pronoun: bool
    definite: bool
    start: int


class Names:
    """Index of the names in one article.

    people: full names in order of appearance, each a tuple of words. short: acronym or nickname to the full name.
    """

    def __init__(self, base: Chart, lexicon: Lexicon) -> None:
        self.base, self.lexicon, self.text = base, lexicon, base.text
        c = lexicon.chars
        self.name_chars = lexicon.of("name")
        self.inner = lexicon.of("name", "acronym", "number", "initial")
        self.role_chars = lexicon.of("title", "honor")
        self.org_chars = lexicon.of("org")
        self.dem_chars = lexicon.of("dem")
        self.pron_chars = lexicon.of("pron")
        self.comma, self.lparen, self.rparen = c["comma"], c["lparen"], c["rparen"]
        self.people: list[tuple[str, ...]] = []
        self.short: dict[str, tuple[str, SpeakerKind]] = {}
        self.alone: set[str] = set()
        self.roles: list[tuple[str, str]] = []
        self._index()

    def units(self, span: Span) -> list[Unit]:
        """Base units within ``span``."""
        b = self.base
        i = bisect_left(b.starts, span.start)
        out = []
        while i < len(b.starts) and b.starts[i] < span.end:
            if b.ends[i] > b.starts[i]:
                out.append(Unit(b.classes[i], self.text[b.starts[i] : b.ends[i]], b.starts[i], b.ends[i]))
            i += 1
        return out

    def _index(self) -> None:
        """Names that stand alone, people with titles, organisations with their acronyms, nicknames."""
        b, n = self.base, len(self.base.classes)
        i = 0
        while i < n:
            if b.classes[i] in self.name_chars:
                j = i
                while j < n and b.classes[j] in self.name_chars:
                    j += 1
                before = b.classes[i - 1] if i else ""
                if j - i == 1 and before not in self.role_chars and before not in self.org_chars:
                    self.alone.add(self.text[b.starts[i] : b.ends[i]])
                i = j
            else:
                i += 1
        self._short_forms()

    def _short_forms(self) -> None:
        """ "Full Name (ABBR)" and "akrab disapa X": short forms to full ones."""
        b, c = self.base, self.lexicon.chars
        noun = self.lexicon.of(
            "name", "org", "place", "acronym", "word", "and", "nominal", "title", "document"
        )
        for i, cls in enumerate(b.classes):
            if cls == self.lparen and i + 2 < len(b.classes) and b.classes[i + 2] == self.rparen:
                word = self.text[b.starts[i + 1] : b.ends[i + 1]]
                if not word[:1].isupper():
                    continue
                j = i
                while j > 0 and b.classes[j - 1] in noun and i - j < 12:
                    j -= 1
                full = self._organisation(self.units(Span(b.starts[j], b.starts[i]))) if j < i else ""
                if full and len(full.split()) > 1:
                    self.short[word] = (full, SpeakerKind.ORGANISATION)
            elif cls == c.get("alias"):
                self._alias(i)

    def _alias(self, i: int) -> None:
        """ "X, yang akrab disapa Y": Y is short for X."""
        b = self.base
        j = i + 1
        while j < len(b.classes) and b.classes[j] in self.role_chars + self.name_chars:
            j += 1
        if j == i + 1:
            return
        alias = self.text[b.starts[i + 1] : b.ends[j - 1]]
        k = i
        while k > 0 and b.classes[k] not in self.name_chars and i - k < 8:
            k -= 1
        end = k + 1
        while k > 0 and b.classes[k - 1] in self.inner:
            k -= 1
        if b.classes[k] in self.name_chars:
            self.short[alias] = (self.text[b.starts[k] : b.ends[end - 1]], SpeakerKind.PERSON)

    def mention(self, span: Span) -> Mention:
        """What the noun phrase at ``span`` says of a speaker."""
        units = self._without_brackets(self.units(span))
        if not units:
            return Mention("", SpeakerKind.PERSON, "", True, True, span.start)
        if len(units) == 1 and units[0].cls in self.pron_chars:
            return Mention("", SpeakerKind.PERSON, "", True, True, span.start)
        person, role = self._person(units)
        definite = units[-1].cls in self.dem_chars
        if person:
            return Mention(person, SpeakerKind.PERSON, role, False, definite, span.start)
        kind = self._kind(units)
        if kind is SpeakerKind.ORGANISATION:
            name = self._organisation(units)
            return Mention(name, kind, "", False, definite, span.start)
        words = [u for u in units if u.cls not in self.dem_chars]
        text = self.text[words[0].start : words[-1].end] if words else ""
        return Mention(text, kind, text, False, definite, span.start)

    def _without_brackets(self, units: list[Unit]) -> list[Unit]:
        out, depth = [], 0
        for u in units:
            if u.cls == self.lparen:
                depth += 1
            elif u.cls == self.rparen:
                depth = max(0, depth - 1)
            elif not depth:
                out.append(u)
        return out

    def _kind(self, units: list[Unit]) -> SpeakerKind:
        first = [u.cls for u in units]
        for kind, classes in self.lexicon.grammar.words.kinds.items():
            if first[0] in self.lexicon.of(*classes):
                return SpeakerKind(kind)
        if any(cls in self.role_chars for cls in first):
            return SpeakerKind.UNNAMED
        if any(cls in self.org_chars + self.lexicon.of("acronym", "name", "place") for cls in first):
            return SpeakerKind.ORGANISATION
        return SpeakerKind.UNNAMED

    def _organisation(self, units: list[Unit]) -> str:
        """From the head of the name to its end."""
        heads = self.org_chars + self.lexicon.of("acronym", "name", "place")
        for i, u in enumerate(units):
            if u.cls in heads:
                end = len(units)
                while end > i + 1 and units[end - 1].cls in self.dem_chars:
                    end -= 1
                return self.text[u.start : units[end - 1].end]
        return ""

    def _person(self, units: list[Unit]) -> tuple[str, str]:
        """(name, role) when the phrase names a person."""
        segments: list[list[Unit]] = [[]]
        for u in units:
            if u.cls == self.comma:
                segments.append([])
            else:
                segments[-1].append(u)
        segments = [s for s in segments if s]
        has_role = any(u.cls in self.role_chars for u in units)
        has_org = any(u.cls in self.org_chars for u in units)
        for segment in sorted(segments, key=lambda s: sum(u.cls not in self.inner for u in s)):
            tail = self._name_tail(segment)
            if not tail:
                continue
            whole = len(tail) == len(segment)
            if not has_role and (has_org or not whole):
                continue
            if not has_role and all(u.cls not in self.name_chars for u in tail):
                continue
            name = self.text[tail[0].start : tail[-1].end]
            rest = [u for u in units if u.start < tail[0].start or u.start > tail[-1].end]
            rest = [u for u in rest if u.cls != self.comma]
            role = (
                self.text[rest[0].start : rest[-1].end]
                if rest and rest[-1].end <= tail[0].start
                else (
                    self.text[rest[0].start : rest[-1].end] if rest and rest[0].start >= tail[-1].end else ""
                )
            )
            return name, role.strip(" ,")
        return "", ""

    def _name_tail(self, segment: list[Unit]) -> list[Unit]:
        """The run of name units at the end of a segment, cut where a name that stands alone elsewhere begins."""
        end = len(segment)
        while end and segment[end - 1].cls in self.dem_chars:
            end -= 1
        i = end
        while i and segment[i - 1].cls in self.name_chars:
            i -= 1
        tail = segment[i:end]
        if i and len(tail) > 2:
            for k in range(len(tail) - 1, 0, -1):
                if tail[k].word in self.alone and len(tail) - k <= 3:
                    return tail[k:]
        return tail

    def learn(self, name: str) -> None:
        """Remember a person's full name."""
        words = tuple(name.split())
        if words and words not in self.people:
            self.people.append(words)

    def fullest(self, name: str) -> tuple[str, SpeakerKind | None]:
        """The fullest form of ``name`` that the article gives, and its kind where the short form tells it."""
        if name in self.short:
            full, kind = self.short[name]
            return full, kind
        words = set(name.casefold().split())
        best = name
        for person in self.people:
            have = {w.casefold() for w in person}
            if words < have and len(person) > len(best.split()):
                best = " ".join(person)
        return best, None
