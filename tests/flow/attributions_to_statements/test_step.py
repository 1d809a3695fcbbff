"""Statements over two made-up stories: one saying in the manners of several outlets."""

import pytest

from kutip.flow.article_to_attributions.step import find_attributions
from kutip.flow.attributions_to_statements.step import make_statements
from kutip.flow.attributions_to_statements.units import StoryArticle
from kutip.flow.page_to_article.blocks import split_blocks
from kutip.languages import load
from kutip.model import Relation, Statement, Telling

PACK = load("id")


def article(name: str, text: str) -> StoryArticle:
    blocks = split_blocks(text, PACK)
    return StoryArticle(name, text, blocks, find_attributions(text, blocks, PACK, "2025-03-04"), "2025-03-04")


STORY = [
    article(
        "a",
        """Bendungan Way Lirung Jebol

Bendungan Way Lirung di Kabupaten Sumberjati jebol pada dini hari.

"Sebanyak 340 rumah warga terendam dan semua keluarga sudah kami pindahkan," kata Bupati Halimah Tanjungsari.

"Kami akan menggugat pengelola bendungan ke pengadilan," ujar Halimah.""",
    ),
    article(
        "b",
        """Warga Sumberjati Mengungsi

Air dari Bendungan Way Lirung masuk ke permukiman.

"Sebanyak 340 rumah warga terendam," kata Bupati Halimah Tanjungsari.

Halimah mengatakan, pemerintah kabupaten tidak akan menggugat pengelola bendungan ke pengadilan.""",
    ),
    article(
        "c",
        """Banjir di Sumberjati

Sebanyak 340 rumah warga terendam dan semua keluarga sudah dipindahkan.

"Jalan provinsi masih bisa dilewati kendaraan kecil," kata Kepala Dinas Perhubungan Sumberjati Rustam Pangaribuan.""",
    ),
]


def made() -> tuple[Statement, ...]:
    return make_statements(STORY, [PACK] * len(STORY))


def holding(words: str) -> Statement:
    """The statement with these words in its reference."""
    texts = {one.id: one.text for one in STORY}
    (found,) = [
        s
        for s in made()
        if any(words in span.of(texts[s.renditions[0].article]) for span in s.renditions[0].content)
    ]
    return found


def test_one_saying_is_one_statement_in_all_manners() -> None:
    statement = holding("340 rumah")
    assert statement.speaker == "Halimah Tanjungsari"
    assert [(r.article, r.kind) for r in statement.renditions] == [
        ("a", Telling.DIRECT),
        ("b", Telling.DIRECT),
        ("c", Telling.NARRATION),
    ]
    assert [edge.relation for edge in statement.edges] == [Relation.TRIMMED, Relation.UNATTRIBUTED]


def test_a_negation_put_in_is_a_change_and_told_as_such() -> None:
    statement = holding("menggugat")
    (edge,) = statement.edges
    assert edge.relation is Relation.CHANGED
    assert [change.kind for change in edge.changes] == ["negation"]


def test_another_speaker_has_a_statement_of_his_own() -> None:
    statement = holding("Jalan provinsi")
    assert statement.speaker == "Rustam Pangaribuan"
    assert len(statement.renditions) == 1


def test_every_attribution_is_in_a_statement_and_narration_is_in_one_only_with_it() -> None:
    found = {(r.article, r.attribution) for s in made() for r in s.renditions if r.attribution is not None}
    assert found == {(one.id, n) for one in STORY for n in range(len(one.attributions))}
    assert all(any(r.kind is not Telling.NARRATION for r in s.renditions) for s in made())


def test_edges_carry_their_evidence() -> None:
    for statement in made():
        assert {edge.target for edge in statement.edges} == {r.id for r in statement.renditions[1:]}
        for edge in statement.edges:
            assert edge.source == statement.renditions[0].id
            assert 0 <= edge.score <= 1
            assert {"words", "letters", "speaker", "polarity", "numbers"} <= edge.features.keys()


HEADED = [
    # the agency in most renditions, the person in one: the person who speaks for it
    (["BPBD Sumberjati", "BPBD Sumberjati", "Kepala BPBD Sumberjati, Danu Wirabraja,"], "Danu Wirabraja"),
    (["BPBD", "BPBD", "Kepala Badan Penanggulangan Bencana Daerah Danu Wirabraja"], "Danu Wirabraja"),
    # nobody names a person
    (["BPBD Sumberjati", "BPBD Sumberjati"], "BPBD Sumberjati"),
    # the fullest name, without initials
    (["Danu W.", "Kepala BPBD Danu Wirabraja", "Danu Wirabraja"], "Danu Wirabraja"),
]


@pytest.mark.parametrize(("speakers", "heading"), HEADED)
def test_a_statement_is_headed_by_the_person(speakers: list[str], heading: str) -> None:
    said = "sebanyak 340 rumah terendam dan semua keluarga sudah dipindahkan"
    story = [article(str(n), f"{one} mengatakan bahwa {said}.") for n, one in enumerate(speakers)]
    (found,) = make_statements(story, [PACK] * len(story))
    assert len(found.renditions) == len(speakers)
    assert found.speaker == heading
