"""The chart: an article as a string of classes, each unit with its place in the text."""

from bisect import bisect_right

from kutip.flow.article_to_attributions.lexicon import CompiledLevel
from kutip.model import Role, Span
from kutip.text.quotes import OPENERS, Quotation


class Units:
    """Units as they are added, each with its class and place."""

    def __init__(self) -> None:
        self.classes: list[str] = []
        self.starts: list[int] = []
        self.ends: list[int] = []

    def add(self, cls: str, start: int, end: int) -> None:
        """Append one unit."""
        self.classes.append(cls)
        self.starts.append(start)
        self.ends.append(end)


class Chart:
    """Units of an article: ``cls[i]`` is the class of ``text[starts[i]:ends[i]]``."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.cls = ""
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.quotations: dict[int, Quotation] = {}  # by where they begin, in order
        self.quoted: list[Quotation] = []  # the same
        self.named: set[int] = set()  # where those begin that are names
        self.roles: list[Role] = []  # of the blocks, each of which ends with an edge
        self.limits: list[int] = []  # where the blocks end
        self.holes: list[Span] = []  # furniture within paragraphs
        self.title_case: list[tuple[int, int]] = []  # units of blocks whose capitals say nothing about names

    def take(self, units: Units) -> None:
        """Have these units."""
        self.cls, self.starts, self.ends = "".join(units.classes), units.starts, units.ends

    def rewritten(self, level: CompiledLevel) -> "Chart":
        """A chart in which each run that a chunk of ``level`` matches is one unit."""
        out = Chart(self.text)
        out.quotations, out.quoted, out.named = self.quotations, self.quoted, self.named
        out.roles, out.limits, out.holes = self.roles, self.limits, self.holes
        cls, chars, starts, ends = self.cls, level.chars, self.starts, self.ends
        made: list[str] = []
        add = made.append
        at = first = last = 0  # up to where the classes, the starts and the ends have been copied
        for m in level.regex.finditer(cls):
            a, b = m.span()
            if a == b:
                continue
            if at < a:
                add(cls[at:a])
            add(chars[m.lastgroup or ""])
            at = b
            if b > a + 1:  # of a longer run the first start and the last end stay
                out.starts += starts[first : a + 1]
                out.ends += ends[last:a]
                first, last = b, b - 1
        if not at:
            return self
        out.cls = "".join(made) + cls[at:]
        out.starts += starts[first:]
        out.ends += ends[last:]
        return out

    def add_quotation(self, q: Quotation) -> None:
        """Note a quotation; they come in order."""
        self.quotations[q.start] = q
        self.quoted.append(q)

    def is_quoted(self, unit: int) -> bool:
        """The unit is a quotation mark that opens and does not close."""
        return self.text[self.starts[unit]] in OPENERS

    def all_named(self, span: Span) -> bool:
        """All quotations that share a character with ``span`` are names."""
        i = bisect_right(self.quoted, span.start, key=lambda q: q.end)
        while i < len(self.quoted) and self.quoted[i].start < span.end:
            if self.quoted[i].start not in self.named:
                return False
            i += 1
        return True

    def quotation_at(self, span: Span) -> Quotation | None:
        """The first quotation that shares a character with ``span``."""
        i = bisect_right(self.quoted, span.start, key=lambda q: q.end)
        return self.quoted[i] if i < len(self.quoted) and self.quoted[i].start < span.end else None
