from kutip.flow.attributions_to_statements.again import known_by, same_words

WHOLE = "Jalur air itu kami buka lagi dalam tiga puluh hari, tanpa satu kapal pengawal pun"


def test_the_same_words_less_some() -> None:
    assert same_words(WHOLE, WHOLE.upper())
    assert same_words(WHOLE, "kami buka lagi dalam tiga puluh hari")
    assert same_words("Kami buka lagi dalam tiga puluh hari.", WHOLE)


def test_other_words_for_the_same_are_another_act_of_saying() -> None:
    assert not same_words(WHOLE, "Kapal pengawal tidak boleh masuk saat jalur dibuka bulan depan")
    assert not same_words(WHOLE, "tiga puluh hari lagi kami buka jalur air itu")


def test_what_anybody_says_is_not_told_again() -> None:
    assert not same_words("Kami akan datang", "Kami akan datang")
    assert known_by("Kami akan datang") == ()
    assert known_by("") == ()


def test_known_by_three_of_its_longest_words() -> None:
    found = known_by(WHOLE)
    assert ("pengawal", "jalur", "dalam") in found
    assert len(found) == 10
    assert known_by("a a a a a a") == (("a",),)
