"""Groups joined by what headlines bear out.

A headline tells the news, and the first sentence and the first quotation under it bear it out. Where several
articles agree that two groups stand so to each other, they are renderings of one statement, though their
words differ.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from kutip.flow.attributions_to_statements.pairing import Pair, listed
from kutip.flow.attributions_to_statements.score import Compared, speakers_agree
from kutip.model import Telling

ARTICLES = 2  # that must agree
LIKE = 0.09  # mean score between the two groups
SPEAKERS = 0.8  # mean agreement on who speaks


def bridged(
    ready: Sequence[Compared], scored: Mapping[Pair, float], groups: Sequence[Sequence[int]]
) -> list[list[int]]:
    """The groups, those joined on which articles agree; first the ones on which most do."""
    where = {number: group for group, members in enumerate(groups) for number in members}
    votes: dict[Pair, set[int]] = defaultdict(set)
    for headline, other in _borne_out(ready):
        a, b = sorted((where[headline], where[other]))
        if a != b:
            votes[a, b].add(ready[headline].unit.article)
    out = [list(group) for group in groups]
    joined: dict[int, int] = {}
    for (a, b), articles in sorted(votes.items(), key=lambda vote: (-len(vote[1]), vote[0])):
        a, b = _now(a, joined), _now(b, joined)
        if a != b and len(articles) >= ARTICLES and _fit(ready, scored, out[a], out[b]):
            out[a] += out[b]
            out[b] = []
            joined[b] = a
    return [sorted(group) for group in out if group]


def _borne_out(ready: Sequence[Compared]) -> Iterator[Pair]:
    """Headlines with the first sentence and the first quotation of their articles."""
    for members in listed(ready):
        heads: list[int] = []
        body: list[int] = []
        for number in members:
            (heads if ready[number].unit.head else body).append(number)
        quoted = [number for number in body if ready[number].unit.telling is Telling.DIRECT]
        for headline in heads:
            for others in (body, quoted):
                if others:
                    yield headline, others[0]


def _now(group: int, joined: Mapping[int, int]) -> int:
    while group in joined:
        group = joined[group]
    return group


def _fit(
    ready: Sequence[Compared], scored: Mapping[Pair, float], one: Sequence[int], other: Sequence[int]
) -> bool:
    pairs = [(min(a, b), max(a, b)) for a in one for b in other]
    like = sum(scored.get(pair, 0.0) for pair in pairs)
    agree = sum(speakers_agree(ready[a].unit, ready[b].unit) for a, b in pairs)
    return like >= LIKE * len(pairs) and agree >= SPEAKERS * len(pairs)
