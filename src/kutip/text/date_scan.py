"""The scanner behind text/dates.py: work is done only at anchors, a weekday, a phrase or a number."""

import re
from collections.abc import Iterable
from datetime import date
from functools import lru_cache

import msgspec

from kutip.languages.calendar import Calendar
from kutip.text.normalise import lowered

_LETTERS = re.compile(r"[^\W\d_]++")
_DIGITS = re.compile(r"\d++")
_ISO = re.compile(r"(?P<y>\d{4})-(?P<m>\d\d)-(?P<d>\d\d)(?!\d)")
_NUMERIC = re.compile(r"(?P<a>\d{1,2})(?P<s>[/.\-])(?P<b>\d{1,2})(?:(?P=s)(?P<y>\d{4}|\d\d))?(?!\d)")
_BRACKET = re.compile(
    r"\( ?(?P<a>\d{1,2})(?P<s>[/.\-])(?P<b>\d{1,2})(?:(?P=s)(?P<y>\d{4}|\d\d))?(?=[,) ;])[^()\n]{0,30}\)"
)
_OLD = 70  # two digits from here on are of the century before


class DateMention(msgspec.Struct, frozen=True):
    """A date as a text has it: ``text[start:end]`` is its evidence.

    value: ISO date, "2025-02-25" or "2025-02", where the words alone fix it, else None. precision: "day",
    "month", "vague" (a time that is no day) or "impossible" (a 31 February). month_day: month and day where
    the year is not told. weekday: 0 (Monday) to 6. offset: days from the day of publication ("yesterday" -1).
    direction: -1 for "last Monday", 1 for "next Monday", else 0. time: "08:16". zone: offset from UTC. part:
    part of the day.
    """

    start: int
    end: int
    value: str | None = None
    precision: str = "day"
    month_day: tuple[int, int] | None = None
    weekday: int | None = None
    offset: int | None = None
    direction: int = 0
    time: str | None = None
    zone: str | None = None
    part: str | None = None


def scan_dates(text: str, calendar: Calendar, start: int, end: int) -> list[DateMention]:
    """Dates in ``text[start:end]``, in order, not overlapping."""
    found = _Scan(text[start:end], _patterns(calendar)).run()
    if not start:
        return found
    return [msgspec.structs.replace(m, start=m.start + start, end=m.end + start) for m in found]


def scan_full_dates(text: str, calendar: Calendar) -> list[DateMention]:
    """The same for dates that tell their year: they have a number, so that no other place is looked at."""
    return [m for m in _Scan(text, _patterns(calendar)).run(words=False) if m.value]


def valid_day(year: int, month: int, day: int) -> date | None:
    """The day, or None where the calendar has no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _any(words: Iterable[str]) -> str:
    """An alternation, longest first; never matches where there are no words."""
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return "|".join(map(re.escape, ordered)) or r"(?!)"


@lru_cache(maxsize=32)
def _patterns(calendar: Calendar) -> "_Patterns":
    return _Patterns(calendar)


class _Patterns:
    """The patterns of one calendar."""

    def __init__(self, calendar: Calendar) -> None:
        c = self.calendar = calendar
        month, ordinal, of = _any(c.months), _any(c.ordinals), _any(c.of)
        day = rf"(?:(?:{_any(c.before_day)}) )?(?P<d>\d{{1,2}})(?:{ordinal})?(?!\w)"
        year = r"(?P<y>\d{4})(?!\d)"
        dmy = rf"{day}(?: (?:{of}))?[ \-/]?(?P<m>{month})\b\.?(?:,?[ \-/]{year})?"
        mdy = rf"(?P<m>{month})\b\.?[ \-]{day}(?:,? {year})?"
        self.named = [re.compile(dmy if order == "dmy" else mdy) for order in c.orders]
        self.month_year = re.compile(rf"(?P<m>{month})\b\.?,? {year}")
        self.month_after = re.compile(rf"(?:{ordinal})?(?: (?:{of}))?[ \-/]?(?:{month})\b")
        self.month_before = re.compile(rf"(?:^|[^\w])(?P<m>{month})\.?,?[ \-](?:(?:{_any(c.before_day)}) )?$")
        self.weekday_gap = re.compile(rf"(?: ?(?P<part>{_any(c.parts)})\b)?[,.]? ?[|/(–-]? ?")
        self.after = re.compile(rf" (?:(?P<past>{_any(c.past_after)})|(?P<future>{_any(c.future_after)}))\b")
        self.before = re.compile(
            rf"(?:^|\W)(?:(?P<past>{_any(c.past_before)})|(?P<future>{_any(c.future_before)})) $"
        )
        self.clock = re.compile(
            rf"[ ,/|•·–-]{{0,4}}(?:(?P<word>{_any(c.clock)}) )?"
            rf"(?P<h>\d{{1,2}})(?:(?P<s>[.:])(?P<n>\d\d)(?::\d\d)?)?"
            rf"(?: ?(?P<half>{_any(c.halves)}))?(?: ?(?P<zone>{_any(c.zones)})\b)?(?!\d)"
        )
        self.part = re.compile(rf"[ ,]{{1,2}}(?P<part>{_any(c.parts)})\b")
        self.ago = re.compile(
            rf"(?P<n>\d{{1,2}}|{_any(c.numbers)}) (?P<u>{_any(c.units)}) (?:{_any(c.ago)})\b"
        )
        self.phrases = {**dict.fromkeys(c.vague, None), **c.relative}
        self.anchors = self._anchors()

    def _anchors(self) -> dict[str, list[tuple[str, int]]]:
        """A word to look for, and the phrases that hold it with its place in them, the longest first.

        The word is the longest of the phrase, because the text holds fewer of those.
        """
        c = self.calendar
        phrases = {*c.weekdays, *self.phrases, *(f" {unit} {ago}" for unit in c.units for ago in c.ago)}
        by_word: dict[str, list[tuple[str, int]]] = {}
        for phrase in sorted(phrases, key=lambda p: (-len(p), p)):
            word = max(_LETTERS.findall(phrase), key=len)
            by_word.setdefault(word, []).append((phrase, phrase.index(word)))
        return by_word


class _Scan:
    """One pass over one text."""

    def __init__(self, text: str, patterns: _Patterns) -> None:
        self.text = text
        self.lower = lowered(text)
        self.patterns = patterns
        self.calendar = patterns.calendar
        self.done = 0
        self.found: list[DateMention] = []

    def run(self, words: bool = True) -> list[DateMention]:
        places = self._with_numbers(self._words() if words else {})
        for at, word in sorted(places.items()):
            mention = self._read(at, word) if at >= self.done else None
            if mention is not None:
                self._keep(mention)
        return self.found

    def _keep(self, mention: DateMention) -> None:
        last = self.found[-1] if self.found else None
        if last and self.text[last.end : mention.start] in (" ", ", "):
            if mention.offset is not None and last.offset is None:
                return  # "Monday (9/9/2019) yesterday": the date before says it better
            if last.offset is not None and mention.offset is None:
                self.found.pop()  # "today, Thursday (12/9)": so does the date after
        self.found.append(mention)
        self.done = mention.end

    def _words(self) -> dict[int, str]:
        """Where a date may stand that begins with a phrase of the calendar, with that phrase."""
        lower = self.lower
        places: dict[int, str] = {}
        for word in self.patterns.anchors.keys() & set(_LETTERS.findall(lower)):
            at = lower.find(word)
            while at >= 0:
                for phrase, inside in self.patterns.anchors[word]:
                    begin = at - inside
                    if begin >= 0 and lower.startswith(phrase, begin) and self._is_free(begin, phrase):
                        if len(phrase) > len(places.get(begin, "")):
                            places[begin] = phrase
                        break
                at = lower.find(word, at + len(word))
        return places

    def _with_numbers(self, places: dict[int, str]) -> dict[int, str]:
        """The same with those that begin with a number: ""."""
        for match in _DIGITS.finditer(self.lower):
            self._add_number(places, match.start(), match.end())
        return places

    def _is_free(self, at: int, phrase: str) -> bool:
        """Whether the phrase at ``at`` is no part of a longer word."""
        after = at + len(phrase)
        before = at > 0 and phrase[0] != " " and self.lower[at - 1].isalpha()
        return not (before or self.lower[after : after + 1].isalpha())

    def _add_number(self, places: dict[int, str], start: int, end: int) -> None:
        lower = self.lower
        if end - start > 4:
            return
        following = lower[end : end + 1]
        if following in "/.-" and following and (_NUMERIC.match(lower, start) or _ISO.match(lower, start)):
            if lower[start - 1 : start] not in ("/", ".", "-"):
                bracket = start > 0 and lower[start - 1] == "(" and _BRACKET.match(lower, start - 1)
                places.setdefault(start - 1 if bracket else start, "")
        elif end - start <= 2 and self.patterns.month_after.match(lower, end):
            places.setdefault(start, "")
        else:
            month = self.patterns.month_before.search(lower, max(0, start - 16), start)
            if month:
                places.setdefault(month.start("m"), month["m"])

    def _read(self, at: int, word: str) -> DateMention | None:
        c = self.calendar
        first = word.split(" ", 1)[0]
        if first in c.capitalised:
            upper = self.text[at].isupper()
            if word in self.patterns.phrases:
                word = first if upper and not self._opens(at) else word  # a week, but a Sunday in upper case
            elif not upper:
                return None
        if word in self.patterns.phrases:
            precision = "day" if word in c.relative else "vague"
            return DateMention(at, at + len(word), precision=precision, offset=self.patterns.phrases[word])
        if word[:1] == " ":
            return self._read_ago(at)
        if word in c.weekdays:
            return self._read_weekday(at, word)
        return self._with_tail(self._with_short_weekday(self._date(at)) or self._read_month(at))

    def _opens(self, at: int) -> bool:
        """Whether a sentence begins at ``at``, where a capital says nothing."""
        before = self.text[max(0, at - 3) : at].rstrip(" \"“”'(")
        return not before or before[-1] in ".!?:\n"

    def _read_weekday(self, at: int, word: str) -> DateMention:
        c, lower = self.calendar, self.lower
        stop = at + len(word)
        gap = self.patterns.weekday_gap.match(lower, stop)
        part = c.parts[gap["part"]] if gap and gap["part"] else None
        for begin in (lower.find("(", gap.start(), gap.end()), gap.end()) if gap else ():
            dated = self._date(begin) if begin >= 0 else None
            if dated:
                dated = msgspec.structs.replace(dated, start=at, weekday=c.weekdays[word], part=part)
                return self._with_tail(dated) or dated
        if gap and gap["part"]:
            stop = gap.end("part")
        mention = DateMention(at, stop, weekday=c.weekdays[word], part=part)
        return self._with_tail(self._directed(mention)) or mention

    def _directed(self, mention: DateMention) -> DateMention:
        """The mention with "last" or "next" beside it."""
        after = self.patterns.after.match(self.lower, mention.end)
        if after:
            return msgspec.structs.replace(mention, end=after.end(), direction=-1 if after["past"] else 1)
        before = self.patterns.before.search(self.lower, max(self.done, mention.start - 12), mention.start)
        if before:
            name = "past" if before["past"] else "future"
            direction = -1 if before["past"] else 1
            return msgspec.structs.replace(mention, start=before.start(name), direction=direction)
        return mention

    def _with_short_weekday(self, mention: DateMention | None) -> DateMention | None:
        """The mention with an abbreviated weekday before it."""
        if mention is None:
            return None
        before = self.lower[max(self.done, mention.start - 8) : mention.start].rstrip(" ,.(")
        word = before.rsplit(" ", 1)[-1]
        if word not in self.calendar.short_weekdays:
            return mention
        start = self.lower.rfind(word, 0, mention.start)
        return msgspec.structs.replace(mention, start=start, weekday=self.calendar.short_weekdays[word])

    def _read_month(self, at: int) -> DateMention | None:
        match = self.patterns.month_year.match(self.lower, at)
        if match is None:
            return None
        month = self.calendar.months[match["m"]]
        return DateMention(at, match.end(), f"{match['y']}-{month:02}", "month")

    def _read_ago(self, at: int) -> DateMention | None:
        begin = max(self.lower.rfind(" ", self.done, at) + 1, self.done)
        match = self.patterns.ago.match(self.lower, begin)
        if match is None:
            return None
        c = self.calendar
        count = int(match["n"]) if match["n"].isdigit() else c.numbers[match["n"]]
        return DateMention(begin, match.end(), offset=-count * c.units[match["u"]])

    def _date(self, at: int) -> DateMention | None:
        """The date that begins at ``at``, with or without its year."""
        c, lower = self.calendar, self.lower
        iso = _ISO.match(lower, at)
        if iso:
            return _dated(at, iso.end(), (int(iso["y"]), int(iso["m"]), int(iso["d"])))
        for pattern in self.patterns.named:
            match = pattern.match(lower, at)
            if match and (match["m"] not in c.capitalised or self.text[match.start("m")].isupper()):
                year = int(match["y"]) if match["y"] else None
                return _dated(at, match.end(), (year, c.months[match["m"]], int(match["d"])))
        match = _BRACKET.match(lower, at) or _NUMERIC.match(lower, at)
        if match is None or (not match["y"] and (match["s"] != "/" or lower[at] != "(")):
            return None
        a, b = int(match["a"]), int(match["b"])
        order = c.numeric or ("dmy" if a > 12 else "mdy" if b > 12 else "")
        if not order:
            return None
        month, day = (b, a) if order == "dmy" else (a, b)
        return _dated(at, match.end(), (_full_year(match["y"]), month, day))

    def _with_tail(self, mention: DateMention | None) -> DateMention | None:
        """The mention with the time or part of the day that follows it."""
        if mention is None:
            return None
        c, lower = self.calendar, self.lower
        clock = self.patterns.clock.match(lower, mention.end)
        if clock and _is_clock(clock):
            hour = int(clock["h"])
            if clock["half"]:
                hour = hour % 12 + c.halves[clock["half"]]
            if hour < 24 and int(clock["n"] or 0) < 60:
                time, zone = f"{hour:02}:{clock['n'] or '00'}", c.zones.get(clock["zone"] or "")
                return msgspec.structs.replace(mention, end=clock.end(), time=time, zone=zone)
        part = self.patterns.part.match(lower, mention.end)
        if part and mention.part is None:
            return msgspec.structs.replace(mention, end=part.end(), part=c.parts[part["part"]])
        return self._directed(mention) if mention.month_day and not mention.direction else mention


def _is_clock(match: re.Match[str]) -> bool:
    """Whether the numbers after a date are a time: by a word, a zone, a half of the day or a colon."""
    return bool(match["half"] or (match["n"] and (match["word"] or match["zone"] or match["s"] == ":")))


def _full_year(digits: str | None) -> int | None:
    """A year of four digits; two are of this century or, from 70 on, of the last."""
    if digits is None or len(digits) == 4:
        return int(digits) if digits else None
    return int(digits) + (1900 if int(digits) >= _OLD else 2000)


def _dated(start: int, end: int, ymd: tuple[int | None, int, int]) -> DateMention:
    year, month, day = ymd
    if valid_day(2000 if year is None else year, month, day) is None:  # 2000 has a 29 February
        return DateMention(start, end, precision="impossible")
    if year is None:
        return DateMention(start, end, month_day=(month, day))
    return DateMention(start, end, f"{year:04}-{month:02}-{day:02}")
