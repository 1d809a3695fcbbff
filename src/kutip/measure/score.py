"""Figures over compared articles."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable

import msgspec
from msgspec import UnsetType

from kutip.measure.attribution import Compared, Marked, Pair, fold, folded

NO_CUE = "(no cue)"


class Rates(msgspec.Struct, frozen=True):
    """Precision, recall and F1 from counts; 0 where there is nothing to divide by."""

    right: int
    gold: int
    predicted: int

    @property
    def p(self) -> float:
        """Precision: right of predicted."""
        return self.right / self.predicted if self.predicted else 0.0

    @property
    def r(self) -> float:
        """Recall: right of gold."""
        return self.right / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of both."""
        return 2 * self.p * self.r / (self.p + self.r) if self.right else 0.0

    def plain(self) -> dict[str, float]:
        """The three figures to four digits."""
        return {"p": round(self.p, 4), "r": round(self.r, 4), "f1": round(self.f1, 4)}


class Share(msgspec.Struct, frozen=True):
    """``right`` of ``total``."""

    right: int
    total: int

    @property
    def value(self) -> float | None:
        """The share, None of nothing."""
        return self.right / self.total if self.total else None

    def plain(self) -> float | None:
        """The share to four digits."""
        return None if self.value is None else round(self.value, 4)


class Score(msgspec.Struct, frozen=True):
    """All figures of one set.

    gold, predicted: how many attributions; named: how many of the gold say who speaks (a name or "unknown").
    exact, close, overlap, full: attributions. token: words of contents. via, to, said_on: over close pairs.
    speaker, speaker_full (equal names), kind, cue: share of close pairs.
    recall_by_kind, full_by_kind: share of the gold of a kind that was found close, found full.
    by_rule: per rule of the predictions, how many were close of how many.
    by_cue: per gold cue in lower case, how many were found close of how many.
    """

    gold: int
    predicted: int
    named: int
    exact: Rates
    close: Rates
    overlap: Rates
    full: Rates
    token: Rates
    speaker: Share
    speaker_full: Share
    kind: Share
    cue: Share
    via: Rates
    to: Rates
    said_on: Rates
    recall_by_kind: dict[str, Share]
    full_by_kind: dict[str, Share]
    by_rule: dict[str, Share]
    by_cue: dict[str, Share]

    def plain(self) -> dict[str, object]:
        """A JSON-ready form: rates as {"p", "r", "f1"}, shares as one number, to four digits.

        ``by_rule`` and ``by_cue`` keep their counts as [found, total].
        """
        out: dict[str, object] = {}
        for field in self.__struct_fields__:
            value = getattr(self, field)
            if isinstance(value, Rates | Share):
                out[field] = value.plain()
            elif field in ("by_rule", "by_cue"):
                out[field] = {name: [share.right, share.total] for name, share in value.items()}
            elif isinstance(value, dict):
                out[field] = {name: share.plain() for name, share in value.items()}
            else:
                out[field] = value
        return out


def score(articles: Iterable[Compared]) -> Score:
    """Sums the articles of a set up to its figures."""
    articles = tuple(articles)
    pairs = tuple(pair for article in articles for pair in article.pairs)
    close = tuple(pair for pair in pairs if pair.close)
    full = tuple(pair for pair in close if pair.speaker_right)
    gold = _marks(articles, lambda article: article.alone_gold, lambda pair: pair.gold)
    predicted = _marks(articles, lambda article: article.alone_predicted, lambda pair: pair.predicted)

    def rates(right: int) -> Rates:
        return Rates(right, len(gold), len(predicted))

    kinds = tuple(str(mark.kind) for _, mark in gold)
    return Score(
        gold=len(gold),
        predicted=len(predicted),
        named=sum(not isinstance(mark.speaker, UnsetType) for _, mark in gold),
        exact=rates(sum(pair.exact for pair in pairs)),
        close=rates(len(close)),
        overlap=rates(len(pairs)),
        full=rates(len(full)),
        token=Rates(
            sum(a.tokens_both for a in articles),
            sum(a.tokens_gold for a in articles),
            sum(a.tokens_predicted for a in articles),
        ),
        speaker=Share(len(full), len(close)),
        speaker_full=_share(close, lambda pair: pair.speaker_equal),
        kind=_share(close, lambda pair: pair.gold.kind == pair.predicted.kind),
        cue=_share((pair for pair in close if pair.gold.cue), lambda pair: pair.cue_right),
        via=_rates(close, lambda pair: pair.via_shared, lambda mark: len(folded(mark.via))),
        to=_rates(close, lambda pair: pair.to_right, lambda mark: bool(fold(mark.to))),
        said_on=_rates(close, lambda pair: pair.said_on_right, lambda mark: bool(mark.said_on)),
        recall_by_kind=_shares(kinds, (str(pair.gold.kind) for pair in close)),
        full_by_kind=_shares(kinds, (str(pair.gold.kind) for pair in full)),
        by_rule=_shares((m.rule for _, m in predicted), (pair.predicted.rule for pair in close)),
        by_cue=_shares(
            (_cue(a, m) for a, m in gold),
            (_cue(a, pair.gold) for a in articles for pair in a.pairs if pair.close),
        ),
    )


def _share(pairs: Iterable[Pair], right: Callable[[Pair], bool]) -> Share:
    judged = [right(pair) for pair in pairs]
    return Share(sum(judged), len(judged))


def _rates(pairs: Collection[Pair], right: Callable[[Pair], int], size: Callable[[Marked], int]) -> Rates:
    """Of the values that both sides of the pairs give for a field, how many are right."""
    return Rates(
        sum(right(pair) for pair in pairs),
        sum(size(pair.gold) for pair in pairs),
        sum(size(pair.predicted) for pair in pairs),
    )


def _cue(article: Compared, mark: Marked) -> str:
    return mark.cue.of(article.text).casefold() if mark.cue else NO_CUE


def _marks(
    articles: tuple[Compared, ...],
    alone: Callable[[Compared], tuple[Marked, ...]],
    paired: Callable[[Pair], Marked],
) -> list[tuple[Compared, Marked]]:
    """All attributions of one side, each with its article."""
    return [(a, mark) for a in articles for mark in (*alone(a), *(paired(pair) for pair in a.pairs))]


def _shares(total: Iterable[str], right: Iterable[str]) -> dict[str, Share]:
    """Counts by name, the most frequent first."""
    totals, rights = Counter(total), Counter(right)
    return {name: Share(rights[name], n) for name, n in sorted(totals.items(), key=lambda t: (-t[1], t[0]))}
