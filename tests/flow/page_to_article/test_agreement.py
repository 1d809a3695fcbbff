from kutip.flow.page_to_article.agreement import EDGE, agreement, without_edges


def test_agreement_is_of_words_in_any_order() -> None:
    assert agreement("satu dua", "dua, satu") == 1.0
    assert agreement("satu dua", "satu tiga") == 0.5
    assert agreement("", "") == 1.0


def test_what_one_way_alone_takes_at_an_edge_is_left_out() -> None:
    text = "Baca Juga\nGubernur datang.\nWarga menyambut.\nHujan turun.\nEditor: Rina"
    assert (
        without_edges(text, "Gubernur datang.\nHujan turun.")
        == "Gubernur datang.\nWarga menyambut.\nHujan turun."
    )


def test_lines_are_had_however_they_are_broken() -> None:
    text = "Iklan\nGubernur datang pagi.\nHujan\nturun."
    assert (
        without_edges(text, "Gubernur datang\npagi. Hujan turun.") == "Gubernur datang pagi.\nHujan\nturun."
    )


def test_part_of_a_word_is_not_the_word() -> None:
    assert without_edges("jalan\nrumah\nTeman", "rumah perjalanan") == "rumah"


def test_texts_without_a_common_line_are_left_whole() -> None:
    assert without_edges("satu\ndua", "tiga") == "satu\ndua"
    assert without_edges("", "tiga") == ""


def test_an_edge_has_its_bounds() -> None:
    beside = ["di samping"] * EDGE
    assert without_edges("\n".join([*beside, "rumah", *beside]), "rumah") == "rumah"
    long = "\n".join(["di samping", *beside, "rumah", *beside])
    assert without_edges(long, "rumah") == "\n".join(["di samping", *beside, "rumah"])
