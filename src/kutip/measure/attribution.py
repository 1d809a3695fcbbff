"""Pairs predicted attributions with gold ones, article by article.

A content is the set of word tokens (runs of letters and digits) that its spans touch, so that quotation
marks and edge punctuation never count. Within an article gold and predicted contents are paired one to one,
best Jaccard first. A pair is *exact* when the token sets are equal, *close* from a Jaccard of 0.8, *full*
when it is close and the speaker is right. Spans are half-open code-point ranges into the gold text.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import Any

import msgspec
from msgspec import UNSET, UnsetType

from kutip.model import Span

CLOSE = 0.8
_WORD = re.compile(r"[^\W_]+")
_BRACKETED = re.compile(r"\(.*?\)")


class Marked(msgspec.Struct, frozen=True):
    """What the scorer looks at in an attribution, gold or predicted.

    speaker: a name, None (known to be unknowable), or UNSET where the corpus marks only the source span.
    """

    content: tuple[Span, ...]
    kind: str | None = None
    cue: Span | None = None
    source: Span | None = None
    speaker: str | UnsetType | None = UNSET
    via: tuple[str, ...] = ()
    to: str | None = None
    said_on: str | None = None
    rule: str = ""

    @property
    def name(self) -> str | None:
        """The speaker's name, None where there is none or the corpus does not say."""
        return None if isinstance(self.speaker, UnsetType) else self.speaker

    @classmethod
    def of(cls, attribution: Any) -> "Marked":
        """From a ``model.Attribution`` or any object or mapping with its fields."""
        return msgspec.convert(attribution, cls, from_attributes=True)


class Options(msgspec.Struct, frozen=True):
    """kinds: keep only attributions of these (empty: all). pieces: every content span counts by itself."""

    kinds: frozenset[str] = frozenset()
    pieces: bool = False

    def keep(self, marks: Sequence[Marked]) -> list[Marked]:
        """The attributions of ``marks`` that these options score, in order."""
        kept = [mark for mark in marks if not self.kinds or mark.kind in self.kinds]
        if self.pieces:
            return [msgspec.structs.replace(mark, content=(span,)) for mark in kept for span in mark.content]
        return kept


class Pair(msgspec.Struct, frozen=True):
    """A gold attribution and the predicted one whose content overlaps it most."""

    gold: Marked
    predicted: Marked
    jaccard: float

    @property
    def exact(self) -> bool:
        """The same words."""
        return self.jaccard == 1.0

    @property
    def close(self) -> bool:
        """Jaccard of at least 0.8 over words."""
        return self.jaccard >= CLOSE

    @property
    def speaker_right(self) -> bool:
        """One name's words are all among the other's; for corpora without names, the sources overlap."""
        if isinstance(self.gold.speaker, UnsetType):
            return touching(self.gold.source, self.predicted.source)
        gold, predicted = name_words(self.gold.speaker), name_words(self.predicted.name)
        return gold == predicted or bool(gold and predicted and (gold <= predicted or predicted <= gold))

    @property
    def speaker_equal(self) -> bool:
        """The very same words in both names."""
        return name_words(self.gold.name) == name_words(self.predicted.name)

    @property
    def cue_right(self) -> bool:
        """The predicted cue overlaps the gold one."""
        return self.gold.cue is not None and touching(self.gold.cue, self.predicted.cue)

    @property
    def via_shared(self) -> int:
        """How many channels both name, case folded."""
        return len(folded(self.gold.via) & folded(self.predicted.via))

    @property
    def to_right(self) -> bool:
        """Both name an addressee and one's wording contains the other's, case folded."""
        gold, predicted = (fold(mark.to) for mark in (self.gold, self.predicted))
        return bool(gold and predicted) and (gold in predicted or predicted in gold)

    @property
    def said_on_right(self) -> bool:
        """The same day."""
        return bool(self.gold.said_on) and self.gold.said_on == (self.predicted.said_on or "")[:10]

    def wrong(self) -> tuple[str, ...]:
        """Names of the fields in which a close pair differs."""
        right = {
            "speaker": self.speaker_right,
            "kind": self.gold.kind == self.predicted.kind,
            "cue": self.gold.cue is None or self.cue_right,
            "via": folded(self.gold.via) == folded(self.predicted.via),
            "to": self.to_right or not (self.gold.to or self.predicted.to),
            "said_on": self.said_on_right or not (self.gold.said_on or self.predicted.said_on),
        }
        if isinstance(self.gold.speaker, UnsetType):  # such corpora mark none of these
            right |= {"via": True, "to": True, "said_on": True}
        return tuple(field for field, is_right in right.items() if not is_right)


class Compared(msgspec.Struct, frozen=True):
    """One article scored: its pairs (any overlap) and what stayed alone.

    tokens_*: how many words of the text lie in any content of both sides, of the gold, of the predicted.
    """

    id: str
    text: str
    pairs: tuple[Pair, ...]
    alone_gold: tuple[Marked, ...]
    alone_predicted: tuple[Marked, ...]
    tokens_both: int
    tokens_gold: int
    tokens_predicted: int


def fold(words: str | None) -> str:
    """Case-folded words without edge whitespace; None is the empty string."""
    return (words or "").casefold().strip()


def folded(names: Sequence[str]) -> frozenset[str]:
    """The set of case-folded names."""
    return frozenset(name.casefold() for name in names)


def name_words(name: str | None) -> frozenset[str]:
    """The words of a name, case folded, without what stands in brackets."""
    return frozenset(word.casefold() for word in _WORD.findall(_BRACKETED.sub(" ", name or "")))


def touching(gold: Span | None, predicted: Span | None) -> bool:
    """Whether two spans overlap; two absent ones agree."""
    if gold is None or predicted is None:
        return gold is None and predicted is None
    return gold.start < predicted.end and predicted.start < gold.end


def compare(id_: str, text: str, gold: Sequence[Marked], predicted: Sequence[Marked]) -> Compared:
    """Pairs the predicted attributions of one article with its gold ones."""
    words = [match.span() for match in _WORD.finditer(text)]
    starts, ends = [start for start, _ in words], [end for _, end in words]
    gold_sets = [_words_of(mark, starts, ends) for mark in gold]
    predicted_sets = [_words_of(mark, starts, ends) for mark in predicted]
    pairs = _best_first(gold_sets, predicted_sets)
    with_gold, with_predicted = {i for i, _, _ in pairs}, {j for _, j, _ in pairs}
    all_gold, all_predicted = frozenset().union(*gold_sets), frozenset().union(*predicted_sets)
    return Compared(
        id=id_,
        text=text,
        pairs=tuple(Pair(gold[i], predicted[j], jaccard) for i, j, jaccard in sorted(pairs)),
        alone_gold=tuple(mark for i, mark in enumerate(gold) if i not in with_gold),
        alone_predicted=tuple(mark for j, mark in enumerate(predicted) if j not in with_predicted),
        tokens_both=len(all_gold & all_predicted),
        tokens_gold=len(all_gold),
        tokens_predicted=len(all_predicted),
    )


def _words_of(mark: Marked, starts: list[int], ends: list[int]) -> frozenset[int]:
    """Numbers of the words that the content touches."""
    touched: set[int] = set()
    for span in mark.content:
        # The first word that ends after the span starts, up to the first that starts at its end or later.
        touched.update(range(bisect_left(ends, span.start + 1), bisect_left(starts, span.end)))
    return frozenset(touched)


def _best_first(gold: list[frozenset[int]], predicted: list[frozenset[int]]) -> list[tuple[int, int, float]]:
    """One-to-one pairs of overlapping sets, best Jaccard first, then nearest in order, then latest."""
    candidates = sorted(
        (
            (len(g & p) / len(g | p), -abs(i - j), i, j)
            for i, g in enumerate(gold)
            for j, p in enumerate(predicted)
            if g & p
        ),
        reverse=True,
    )
    taken_gold: set[int] = set()
    taken_predicted: set[int] = set()
    pairs = []
    for jaccard, _, i, j in candidates:
        if i not in taken_gold and j not in taken_predicted:
            taken_gold.add(i)
            taken_predicted.add(j)
            pairs.append((i, j, jaccard))
    return pairs
