"""Groups by a vote of several ways to group."""

from kutip.flow.articles_to_stories.linkage import Criterion, joined, levels
from kutip.flow.attributions_to_statements.features import marks
from kutip.flow.attributions_to_statements.score import Compared
from kutip.flow.attributions_to_statements.units import Unit
from kutip.flow.attributions_to_statements.voting import voted
from kutip.flow.attributions_to_statements.weights import Weights
from kutip.languages import load
from kutip.model import Span, Telling

SAID = marks("kami tambah dua kapal", load("id"))
WEIGHTED = Weights([SAID]).of(SAID)
SPAN = Span(0, 5)
MOST = Criterion(threshold=0.4)


def quotations(count: int) -> list[Compared]:
    """One of each of so many articles."""
    return [
        Compared(Unit(n, 0, SPAN, SPAN, Telling.DIRECT, 0, "Ana Lestari", True, "", False), SAID, WEIGHTED)
        for n in range(count)
    ]


def test_two_belong_together_where_most_ways_agree() -> None:
    near, far = {(0, 1): 0.5}, {(1, 2): 0.5}
    assert voted(quotations(3), [near, near, near, far], MOST) == [[0, 1], [2]]


def test_a_score_counts_by_the_thresholds_that_it_reaches() -> None:
    assert voted(quotations(2), [{(0, 1): 0.19}], MOST) == [[0, 1]]
    assert voted(quotations(2), [{(0, 1): 0.15}], MOST) == [[0], [1]]


def test_nothing_scored_leaves_each_alone() -> None:
    assert voted(quotations(2), [{}, {}], MOST) == [[0], [1]]
    assert voted([], [{}], MOST) == []


def test_levels_are_the_groups_of_each_threshold() -> None:
    scores = {("a", "b"): 0.9, ("b", "c"): 0.6, ("a", "c"): 0.4}
    assert levels("abc", scores, (0.45, 0.8, 0.95)) == [
        [["a"], ["b"], ["c"]],
        [["a", "b"], ["c"]],
        [["a", "b", "c"]],
    ]


def test_parts_join_by_the_mean_between_their_members() -> None:
    assert joined([[0, 2], [1], [3]], {(0, 1): 0.6, (1, 2): 0.5}, Criterion(threshold=0.3)) == [
        [0, 1, 2],
        [3],
    ]
    assert joined([[0, 2], [1], [3]], {(0, 1): 0.6, (1, 2): 0.5}, Criterion(threshold=0.1)) == [[0, 1, 2, 3]]
