"""The articles of a story to its statements."""

from collections import defaultdict
from collections.abc import Sequence

import msgspec

from kutip.flow.articles_to_stories.linkage import groups
from kutip.flow.attributions_to_statements.features import marks, weigh
from kutip.flow.attributions_to_statements.renditions import statement, told
from kutip.flow.attributions_to_statements.score import Compared, evidence
from kutip.flow.attributions_to_statements.units import StoryArticle, Unit, units
from kutip.languages import Pack
from kutip.model import Statement, Telling


class Linking(msgspec.Struct, frozen=True):
    """threshold: the mean score that holds a statement together. postings: entries of the index looked
    through for one sentence. candidates: how many sentences, those that share most, one is compared
    with. keep: the lowest score remembered.
    """

    threshold: float = 0.2
    postings: int = 1000
    candidates: int = 60
    keep: float = 0.02


def make_statements(
    articles: Sequence[StoryArticle], packs: Sequence[Pack], options: Linking | None = None
) -> tuple[Statement, ...]:
    """The statements of a story, in order of their first rendition.

    ``packs``: the language pack of each article. Every attribution is in some statement; sentences without
    attribution are in one only where they say what an attribution says.
    """
    options = options or Linking()
    compared = _compared(articles, packs)
    found = groups(range(len(compared)), _scores(compared, options), options.threshold, 0.0)
    out = []
    for group in found:
        members = [compared[n] for n in group]
        if any(one.unit.telling is not Telling.NARRATION for one in members):
            out.append(statement(told(members, articles, packs), evidence))
    return tuple(out)


def _compared(articles: Sequence[StoryArticle], packs: Sequence[Pack]) -> list[Compared]:
    found: list[tuple[Unit, Pack]] = []
    for number, (article, pack) in enumerate(zip(articles, packs, strict=True)):
        found += [(unit, pack) for unit in units(article, number, pack)]
    all_marks = [marks(unit.span.of(articles[unit.article].text), pack) for unit, pack in found]
    weighted = weigh(all_marks)
    return [Compared(unit, m, w) for (unit, _), m, w in zip(found, all_marks, weighted, strict=True)]


def _scores(compared: Sequence[Compared], options: Linking) -> dict[tuple[int, int], float]:
    scores = {}
    for a, b in _pairs(compared, options):
        score = evidence(compared[a], compared[b]).score
        if score >= options.keep:
            scores[a, b] = score
    return scores


def _pairs(compared: Sequence[Compared], options: Linking) -> list[tuple[int, int]]:
    """Pairs that share rare words, and neighbours; each sentence looks through so many others at most."""
    postings: dict[str, list[int]] = defaultdict(list)
    pairs = set()
    for number, one in enumerate(compared):
        shared: dict[int, float] = defaultdict(float)
        left = options.postings
        for word, weight in sorted(one.weighted.words.items(), key=lambda item: (-item[1], item[0])):
            left -= len(postings[word])
            if left < 0:
                break
            for other in postings[word]:
                shared[other] += weight
        best = sorted(shared, key=lambda n: (-shared[n], n))[: options.candidates]
        pairs |= {(other, number) for other in best}
        if number and compared[number - 1].unit.article == one.unit.article:
            pairs.add((number - 1, number))
        for word in one.weighted.words:
            postings[word].append(number)
    return sorted(pairs)
