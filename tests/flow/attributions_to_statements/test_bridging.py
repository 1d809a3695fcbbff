"""Headlines and the quotations that bear them out."""

from kutip.flow.attributions_to_statements.bridging import bridged
from kutip.flow.attributions_to_statements.features import marks
from kutip.flow.attributions_to_statements.score import Compared
from kutip.flow.attributions_to_statements.units import Unit
from kutip.flow.attributions_to_statements.weights import Weights
from kutip.languages import load
from kutip.model import Span, Telling

PACK = load("id")
SAID = marks("kami tambah dua kapal", PACK)


def unit(
    article: int, place: int, telling: Telling, head: bool = False, speaker: str = "Ana Lestari"
) -> Compared:
    span = Span(place * 10, place * 10 + 5)
    which = None if telling is Telling.NARRATION else place
    one = Unit(article, place, span, span, telling, which, speaker, True, "", head)
    return Compared(one, SAID, Weights([SAID]).of(SAID))


def articles(count: int, speaker: str = "Ana Lestari") -> list[Compared]:
    """Each with a headline, a sentence of narration and a quotation."""
    return [
        one
        for n in range(count)
        for one in (
            unit(n, 0, Telling.INDIRECT, head=True),
            unit(n, 1, Telling.NARRATION),
            unit(n, 2, Telling.DIRECT, speaker=speaker),
        )
    ]


HEADLINES_AND_QUOTATIONS = [[0, 3], [1], [2, 5], [4]]
LIKE = {(0, 2): 0.15, (0, 5): 0.15, (2, 3): 0.15, (3, 5): 0.15}


def test_articles_that_agree_join_a_headline_and_its_quotation() -> None:
    assert bridged(articles(2), LIKE, HEADLINES_AND_QUOTATIONS) == [[0, 2, 3, 5], [1], [4]]


def test_one_article_is_not_enough() -> None:
    assert bridged(articles(1), {(0, 2): 0.15}, [[0], [1], [2]]) == [[0], [1], [2]]


def test_words_must_be_somewhat_alike() -> None:
    assert bridged(articles(2), {}, HEADLINES_AND_QUOTATIONS) == HEADLINES_AND_QUOTATIONS


def test_another_speaker_is_another_statement() -> None:
    found = bridged(articles(2, speaker="Budi Santoso"), LIKE, HEADLINES_AND_QUOTATIONS)
    assert found == HEADLINES_AND_QUOTATIONS
