"""Sentences to groups, by a vote.

Which sentences one grouping puts together hangs on a hair: another measure of likeness, or a slightly higher
threshold, and a large group falls into two. So they are grouped in several ways, and two sentences belong together as
far as the ways agree that they do.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from itertools import combinations

from kutip.flow.articles_to_stories.linkage import Criterion, joined, levels
from kutip.flow.attributions_to_statements.bridging import bridged
from kutip.flow.attributions_to_statements.pairing import Pair, Rivals
from kutip.flow.attributions_to_statements.score import Compared

THRESHOLDS = (0.14, 0.18, 0.22)  # mean score between two groups from which they join


def voted(
    ready: Sequence[Compared], scored: Sequence[Mapping[Pair, float]], criterion: Criterion
) -> list[list[int]]:
    """The numbers of the sentences in groups. ``scored``: one for each way to measure. ``criterion``: for the share of
    votes.
    """
    votes: list[list[int]] = [[] for _ in ready]
    rivals = Rivals(ready)
    for scores in scored:
        beside = rivals.beside(scores)
        for groups in levels(range(len(ready)), beside, THRESHOLDS):
            for number, group in enumerate(bridged(ready, beside, groups)):
                for member in group:
                    votes[member].append(number)
    inseparable: dict[tuple[int, ...], list[int]] = defaultdict(list)
    for member, groups_of in enumerate(votes):
        inseparable[tuple(groups_of)].append(member)
    return joined(list(inseparable.values()), _agreement(list(inseparable)), criterion)


def _agreement(votes: Sequence[tuple[int, ...]]) -> dict[Pair, float]:
    """The share of the ways that put two in one group, where any does."""
    together: Counter[Pair] = Counter()
    for way in zip(*votes, strict=True):
        groups: dict[int, list[int]] = defaultdict(list)
        for part, group in enumerate(way):
            groups[group].append(part)
        for group_of in groups.values():
            together.update(combinations(group_of, 2))
    return {pair: count / len(votes[0]) for pair, count in together.items()}
