"""How good the attributions are: predicted against annotated by hand, by one fixed definition."""

from kutip.measure.attribution import Compared, Marked, Options, Pair, compare
from kutip.measure.gold import GoldArticle, GoldError, read_gold, read_predicted
from kutip.measure.score import Rates, Score, Share, score

__all__ = [
    "Compared",
    "GoldArticle",
    "GoldError",
    "Marked",
    "Options",
    "Pair",
    "Rates",
    "Score",
    "Share",
    "compare",
    "read_gold",
    "read_predicted",
    "score",
]
