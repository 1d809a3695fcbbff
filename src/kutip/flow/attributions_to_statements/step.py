"""The articles of a story to its statements."""

from collections.abc import Sequence

import msgspec

from kutip.flow.articles_to_stories.linkage import Criterion
from kutip.flow.attributions_to_statements.cutting import compared, whole_again
from kutip.flow.attributions_to_statements.meaning import Encoder, meanings
from kutip.flow.attributions_to_statements.pairing import Looking, scores
from kutip.flow.attributions_to_statements.renditions import statement, told
from kutip.flow.attributions_to_statements.score import Compared, evidence
from kutip.flow.attributions_to_statements.units import StoryArticle
from kutip.flow.attributions_to_statements.voting import voted
from kutip.languages import Pack
from kutip.model import Statement, Telling


class Linking(msgspec.Struct, frozen=True):
    """criterion: what share of the ways to group holds a statement together. looking: how partners are looked for.
    encoder: proposes partners in another language.
    """

    criterion: Criterion = Criterion(threshold=0.4)
    looking: Looking = Looking()
    encoder: Encoder | None = None


def make_statements(
    articles: Sequence[StoryArticle], packs: Sequence[Pack], options: Linking | None = None
) -> tuple[Statement, ...]:
    """The statements of a story, in order of their first rendition.

    ``packs``: the language pack of each article. Every attribution is in some statement; a sentence without
    attribution is in one only where it says what an attribution of another article says.
    """
    if not any(article.attributions for article in articles):
        return ()
    options = options or Linking()
    ready = compared(articles, packs, options.looking)
    meant = meanings(ready, articles, options.encoder)
    found = voted(ready, scores(ready, options.looking, meant), options.criterion)
    out = []
    for group in whole_again(ready, found):
        members = _worth_telling([ready[n] for n in group])
        if members:
            out.append(statement(told(members, articles, packs), lambda a, b: evidence(a, b, meant.of(a, b))))
    return tuple(out)


def _worth_telling(group: Sequence[Compared]) -> list[Compared]:
    """Its sentences in each article that has them, less narration that tells nothing: nobody says it, or only its own
    article, or one with the same text, says who does.
    """
    said = [one for one in group if one.unit.telling is not Telling.NARRATION]
    once = len({one.unit.article for one in said}) == 1
    alone = {unit.article for one in said for unit in one.everywhere} if once else set()
    return [
        msgspec.structs.replace(one, unit=unit, again=())
        for one in (group if said else ())
        for unit in one.everywhere
        if unit.telling is not Telling.NARRATION or unit.article not in alone
    ]
