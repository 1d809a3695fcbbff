from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from kutip.flow.articles_to_stories.linkage import Criterion, groups


def scores(*rows: tuple[str, float]) -> dict[tuple[str, str], float]:
    return {(pair[0], pair[1]): score for pair, score in rows}


def test_a_single_strong_link_does_not_chain_two_groups() -> None:
    rows = scores(("ab", 0.8), ("ac", 0.8), ("bc", 0.8), ("de", 0.8), ("df", 0.8), ("ef", 0.8), ("cd", 0.7))
    assert groups("abcdef", rows, Criterion(0.2, 0.5)) == [["a", "b", "c"], ["d", "e", "f"]]


def test_loyalty_keeps_apart_what_is_much_closer_among_itself() -> None:
    rows = scores(("ab", 0.8), ("ac", 0.3), ("bc", 0.3))
    assert groups("abc", rows, Criterion(0.2, 0.5)) == [["a", "b"], ["c"]]
    assert groups("abc", rows, Criterion(0.2, 0.3)) == [["a", "b", "c"]]


def test_the_mean_decides() -> None:
    rows = scores(("ab", 0.5), ("ac", 0.35), ("bc", 0.15))
    assert groups("abc", rows, Criterion(0.25, 0.0)) == [["a", "b", "c"]]
    assert groups("abc", rows, Criterion(0.26, 0.0)) == [["a", "b"], ["c"]]


def test_two_that_are_alone_need_more() -> None:
    rows = scores(("ab", 0.25), ("cd", 0.35), ("ce", 0.25), ("de", 0.25))
    assert groups("abcde", rows, Criterion(0.2, 0.5, 0.3)) == [["a"], ["b"], ["c", "d", "e"]]


@given(st.data())
def test_every_node_is_in_one_group_and_the_order_of_scores_tells_nothing(data: st.DataObject) -> None:
    nodes = "abcdefgh"
    pairs = data.draw(st.lists(st.sampled_from(list(combinations(nodes, 2))), unique=True))
    rows = {pair: data.draw(st.floats(0, 1)) for pair in pairs}
    found = groups(nodes, rows, Criterion(0.4, 0.5))
    assert sorted(n for group in found for n in group) == list(nodes)
    assert groups(nodes, dict(sorted(rows.items(), reverse=True)), Criterion(0.4, 0.5)) == found
