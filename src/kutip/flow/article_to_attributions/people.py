"""The people and organisations that an article names, and their short forms."""

from bisect import bisect_left
from typing import NamedTuple

from kutip.flow.article_to_attributions.chart import Chart
from kutip.flow.article_to_attributions.lexicon import Lexicon
from kutip.flow.article_to_attributions.register import Person, Register
from kutip.model import Span, SpeakerKind

FAR = 14  # units: how far left of a name its title may begin
FAR_PAIR = 120  # units: how far back the two persons of "both" are looked for
LONG = 60  # units: the longest noun phrase that is looked through


class Unit(NamedTuple):
    """A base unit: class, text, place."""

    cls: str
    word: str
    start: int
    end: int


class People:
    """Index of one article's names.

    people: in order of appearance, names of two words or more, and titled names. short: acronym or nickname to the
    full name and its kind. alone: single names that stand without title, which tell where longer ones begin.
    """

    def __init__(self, base: Chart, lexicon: Lexicon) -> None:
        self.base, self.lexicon, self.text = base, lexicon, base.text
        of = lexicon.of
        self.name = of("name")
        self.title, self.honor = of("title", "honor", "human"), of("honor")
        self.place_signs = of("place_prep", "in", "orghead")
        self.place = of("place")
        self.org, self.org_head = of("org", "orghead"), of("orghead")
        self.beside = of("org", "orghead", "human", "place", "acronym", "nominal", "and", "word", "number")
        self.beside += self.title + self.name
        self.acronym, self.joint = of("acronym"), of("and")
        self.alias, self.alias_of, self.alternative = of("alias"), of("alias_of"), of("or")
        self.naming = of("name", "acronym", "org", "orghead", "place")
        self.lparen, self.rparen, self.comma = of("lparen"), of("rparen"), of("comma")
        self.people: list[Person] = []
        self.short: dict[str, tuple[str, SpeakerKind]] = {}
        self.alone: set[str] = set()
        self._fullest: dict[str, tuple[str, SpeakerKind | None]] = {}
        self.initials: set[str] = set()  # "RS (34)": a person by initials
        runs = self._runs()
        # Names after a preposition of place or the head of a region are places.
        self.places = {self.word(a) for a, _ in runs if self._is(a - 1, self.place_signs)}
        self.alone.update(
            self.word(a)
            for a, b in runs
            if b - a == 1
            and not self._is(a - 1, self.title + self.org + self.place)
            and not self._is(b, self.title)
        )
        for a, b in runs:
            self._add_run(a, b)
        self.register = Register(self.people)
        self.places_of: dict[str, list[int]] = {}
        self.phrases: dict[str, list[Span]] = {}
        self._brackets()
        self._aliases()

    def _cls(self, i: int) -> str:
        return self.base.cls[i] if 0 <= i < len(self.base.cls) else ""

    def _is(self, i: int, classes: str) -> bool:
        """Unit i exists and is of one of ``classes``."""
        return 0 <= i < len(self.base.cls) and self.base.cls[i] in classes

    def word(self, i: int) -> str:
        """Text of base unit i."""
        return self.text[self.base.starts[i] : self.base.ends[i]]

    def units(self, span: Span) -> list[Unit]:
        """Base units within ``span``."""
        b = self.base
        i = bisect_left(b.starts, span.start)
        out = []
        while i < len(b.starts) and b.starts[i] < span.end:
            if b.ends[i] > b.starts[i]:
                out.append(Unit(b.cls[i], self.text[b.starts[i] : b.ends[i]], b.starts[i], b.ends[i]))
            i += 1
        return out

    def second(self, span: Span, classes: str) -> int | None:
        """Where the second unit of ``span`` begins, if the first is of one of ``classes``."""
        starts = self.base.starts
        i = bisect_left(starts, span.start)
        found = self._is(i, classes) and i + 1 < len(starts) and starts[i + 1] < span.end
        return starts[i + 1] if found else None

    def _runs(self) -> list[tuple[int, int]]:
        """Maximal runs of name units."""
        runs, at, end = [], 0, len(self.base.cls)
        skipped = self.base.title_case if len(self.base.title_case) < len(self.base.roles) else []
        for a, b in (*skipped, (end, end)):
            runs += [m.span() for m in self.lexicon.names.finditer(self.base.cls, at, a)]
            at = b
        return runs

    def cut(self, words: list[str], before: str) -> int:
        """Where in a run of names the person's own name begins. ``before``: class of the unit before the run.

        After the head of an organisation its first word is the organisation's. Right after a title the run is the
        name. Else it begins at the word that stands alone elsewhere (a given name), or before it when it is the last
        (a surname). A run of four names or more without such a sign is an affiliation and two names.
        """
        least = skip = 0
        if len(words) > 1 and before and before in self.org_head:
            # Without a sign of another kind the name has two words: "Universitas Kota Laut Sari Dewi"
            known = any(word in self.alone for word in words[1:])
            least, skip, before = 1, 1 if known else max(1, len(words) - 2), ""
        while skip < len(words) - 1 and words[skip] in self.places:
            skip += 1
        own = skip + self._own(words[skip:], before)
        while own > least and words[own - 1].casefold() in self.lexicon.forenames:
            own -= 1
        return own

    def _own(self, words: list[str], before: str) -> int:
        """The same for a run without organisations and places at its head."""
        last = len(words) - 1
        known = [k for k, word in enumerate(words) if word in self.alone and last - k < 3]
        if before and before in self.honor:
            return 0
        if before and before in self.title and last < 3:
            # "Kepala Bappenas Bambang Brodjonegoro": of two words that stand alone, the first is an organisation
            if len(known) < 2 or known[0] != 0:
                return 0
            return known[1] if known[1] == last - 1 else self._given(words, last)
        if not known:
            return last - 1 if last > 2 else 0
        if known[0] < last and known[-1] < last:
            return known[0]  # a given name
        if known[0] == 0 and last > 1:
            return self._given(words, last)  # both ends: a country or an organisation, and a surname
        return self._given(words, last) if last > 2 else 0

    def _given(self, words: list[str], surname: int) -> int:
        """Where the name with this surname begins: one word before it, initials skipped."""
        k = max(0, surname - 1)
        while k and len(words[k]) == 1:
            k -= 1
        return k

    def _add_run(self, a: int, b: int) -> None:
        role_start = self._role_start(a)
        words = [self.word(i) for i in range(a, b)]
        if role_start is None:
            if self._is(a - 1, self.org_head):
                return
            if len(words) > 1:
                self.people.append(Person(tuple(words), "", self.base.starts[a]))
            return
        if (
            b - a < 2 and self._is(role_start - 1, self.name) and self.word(role_start - 1) in self.alone
        ):  # "Budi Ketua RT": the title is that of the name before it
            first = role_start - 1
            while self._is(first - 1, self.name):
                first -= 1
            name = tuple(self.word(i) for i in range(first, role_start))
            role = self.text[self.base.starts[role_start] : self.base.ends[b - 1]]
            self.people.append(Person(name, role, self.base.starts[first]))
            return
        k = self.cut(words, self._cls(a - 1))
        role = self.text[self.base.starts[role_start] : self.base.ends[a + k - 1]].rstrip(" ,")
        self.people.append(Person(tuple(words[k:]), role, self.base.starts[a + k]))

    def _role_start(self, a: int) -> int | None:
        """The unit at which the title before the name at ``a`` begins, None where there is none."""
        found, i = None, a - 1
        while i >= 0 and a - i <= FAR:
            cls = self._cls(i)
            if cls in self.title:
                found = i
            elif cls in self.rparen:
                while i >= 0 and a - i <= LONG and self._cls(i) not in self.lparen:
                    i -= 1
            elif not (cls in self.comma and i == a - 1) and cls not in self.beside:
                break
            i -= 1
        # A title inside the name of an organisation is none: "Federasi Pemilik Kapal".
        return None if found is not None and self._is(found - 1, self.org_head) else found

    def _brackets(self) -> None:
        """ "Full Name (ABBR)" and "Full Name (Nickname)"."""
        noun = self.beside + self.lexicon.of("document")
        for m in self.lexicon.brackets.finditer(self.base.cls):
            i = m.start()
            word = self.word(i + 1)
            if word.isdigit() and self._is(i - 1, self.acronym + self.org_head):
                self.initials.add(self.word(i - 1))
            if not word[:1].isupper() or self._cls(i - 1) not in noun:
                continue
            run = i
            while self._is(run - 1, self.name):
                run -= 1
            first = self._expansion(word, i, noun)
            titled = run < i and self._role_start(run) is not None and not word.isupper()
            if titled and not self._spells(word, first, i):
                names = [self.word(k) for k in range(run, i)]
                self.short.setdefault(
                    word, (" ".join(names[self.cut(names, self._cls(run - 1)) :]), SpeakerKind.PERSON)
                )
                continue
            if first is not None:
                first -= self._is(first - 1, self.org_head)
                full = self.text[self.base.starts[first] : self.base.ends[i - 1]]
                self.short.setdefault(word, (full, SpeakerKind.ORGANISATION))

    def _spells(self, short: str, first: int | None, i: int) -> bool:
        """``short`` has the initials of the capitalised words from ``first`` to ``i``, at least three, in order."""
        words = [self.word(k) for k in range(first, i)] if first is not None else []
        initials = [word[0].casefold() for word in words if word[0].isupper()]
        letters = iter(short.casefold())
        return len(initials) > 2 and all(letter in letters for letter in initials)

    def _expansion(self, short: str, i: int, noun: str) -> int | None:
        """The unit left of ``i`` at which the long form of ``short`` begins: the nearest that starts with its letter,
        with at least as many words as make sense."""
        letter, best = short[0].casefold(), None
        j, steps = i - 1, 0
        while j >= 0 and self._cls(j) in noun and steps < FAR:
            word = self.word(j)
            if word[:1].casefold() == letter and word[:1].isupper():
                best = j
                if short.isupper() and steps + 1 >= len(short):
                    break
            j -= 1
            steps += 1
        return best if best is not None and best < i - 1 else None

    def _aliases(self) -> None:
        """ "X, yang akrab disapa Y", "X atau Pak Y", "Y, sapaan akrab X", "Y, begitu ia disapa": Y is short for X."""
        for m in self.lexicon.aliases.finditer(self.base.cls):
            i, cls = m.start(), m[0]
            if cls in self.alternative:
                if self._is(i - 1, self.name) and self._is(i + 1, self.title):
                    self._alias(self._name_after(i), self._name_before(i, 1))
            elif cls in self.alias_of:
                self._alias(self._name_before(i, 2), self._name_after(i))
            elif cls in self.alias:
                after = self._name_after(i)
                if after is None:
                    short = self._name_before(i, 6)
                    self._alias(short, self._person_before(short[0] if short else i))
                else:
                    self._alias(after, self._name_before(i, 5) or self._person_before(i))

    def _alias(self, short: tuple[int, int] | None, full: tuple[int, int] | None) -> None:
        """The name at units ``short`` is short for the one at ``full``; with and without the titles before it."""
        if short is None or full is None or short == full:
            return
        name = (self.text[self.base.starts[full[0]] : self.base.ends[full[1] - 1]], SpeakerKind.PERSON)
        first = short[0]
        while self._is(first, self.title) and first < short[1] - 1:
            first += 1
        for start in {short[0], first}:
            self.short[self.text[self.base.starts[start] : self.base.ends[short[1] - 1]]] = name

    def _name_after(self, i: int) -> tuple[int, int] | None:
        """Units of the name right after unit i, titles included."""
        j = i + 1
        while self._is(j, self.title):
            j += 1
        first = j
        while self._is(j, self.name):
            j += 1
        return (i + 1, j) if j > first else None

    def _name_before(self, i: int, within: int) -> tuple[int, int] | None:
        """Units of the nearest name that ends at most ``within`` units before unit i."""
        k = i - 1
        while k >= 0 and i - k <= within and not self._is(k, self.name):
            k -= 1
        if not self._is(k, self.name) or i - k > within:
            return None
        end = k + 1
        while self._is(k - 1, self.name):
            k -= 1
        return k, end

    def _person_before(self, i: int) -> tuple[int, int] | None:
        """Units of the last titled or full name before unit i."""
        person = self.register.last_before(
            self.base.starts[i] if i < len(self.base.starts) else len(self.text)
        )
        if person is None:
            return None
        start = bisect_left(self.base.starts, person.start)
        return start, start + len(person.words)

    def fullest(self, name: str) -> tuple[str, SpeakerKind | None]:
        """The fullest form of ``name`` that the article gives, and its kind where the short form tells it."""
        if name not in self._fullest:
            self._fullest[name] = self._find_fullest(name)
        return self._fullest[name]

    def _find_fullest(self, name: str) -> tuple[str, SpeakerKind | None]:
        name = self._without_ending(name)
        if name in self.short:
            return self.short[name]
        person = self.register.fuller(name)
        if person is not None:
            return " ".join(person.words), SpeakerKind.PERSON if person.role else None
        words = name.split()
        person = self.register.blend(words[0]) if len(words) == 1 else None
        return (" ".join(person.words), SpeakerKind.PERSON) if person else (" ".join(words), None)

    def _without_ending(self, name: str) -> str:
        """A name without the ending of its case, where the article has it so."""
        for ending in self.lexicon.name_endings:
            bare = name.removesuffix(ending)
            last = bare.rpartition(" ")[2]
            if bare != name and (last in self.alone or last.casefold() in self.register.by_word):
                return bare
        return name

    def earlier(self, head: str, before: int) -> Span | None:
        """The last longer noun phrase before ``before`` that begins with the word ``head`` and names something."""
        known = self._named_with(head.casefold())
        i = bisect_left(known, Span(before, 0))
        return known[i - 1] if i else None

    def initials_before(self, before: int) -> Span | None:
        """The last initials of a person before ``before`` ("RS" of "RS (34)")."""
        places = self._places_of()
        ends = [
            known[i - 1]
            for initials in self.initials
            if (known := places[initials.casefold()])
            and (i := bisect_left(known, before, key=self.base.starts.__getitem__))
        ]
        return Span(self.base.starts[max(ends)], self.base.ends[max(ends)]) if ends else None

    def pair_before(self, before: int) -> str:
        """The last two names that "and" joins before ``before``, as one; "" where there are none near."""
        i = bisect_left(self.base.starts, before) - 1
        for k in range(i, max(0, i - FAR_PAIR), -1):
            if self._is(k, self.joint) and self._is(k - 1, self.name):
                left, right = self._name_before(k, 1), self._name_after(k)
                if left and right and right[1] <= i + 1:
                    first = right[0]
                    while self._is(first, self.title):
                        first += 1
                    parts = [(left[0], left[1]), (k, k + 1), (first, right[1])]
                    return " ".join(self.text[self.base.starts[a] : self.base.ends[b - 1]] for a, b in parts)
        return ""

    def _named_with(self, head: str) -> list[Span]:
        """The longer noun phrases that begin with ``head`` and name something, in order."""
        if head not in self.phrases:
            found = []
            for i in self._places_of().get(head, ()):
                j = i + 1
                while j - i < LONG and self._is(j, self.beside):
                    j += 1
                if any(self._is(k, self.naming) for k in range(i + 1, j)):
                    found.append(Span(self.base.starts[i], self.base.ends[j - 1]))
            self.phrases[head] = found
        return self.phrases[head]

    def _places_of(self) -> dict[str, list[int]]:
        """Each word to the units that are it."""
        if not self.places_of:
            for i in range(len(self.base.starts)):
                self.places_of.setdefault(self.word(i).casefold(), []).append(i)
        return self.places_of
