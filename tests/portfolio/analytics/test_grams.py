"""Korean is found by pairs of letters, however it is spaced."""

import pytest

from portfolio.analytics.grams import excerpt, grams, holds, needles


def test_two_neighbours_make_a_word_and_the_last_letter_stands_alone():
    assert grams("손절매") == ("손절", "절매", "매")


def test_spaces_case_width_and_composition_make_no_difference():
    assert grams("종가 베팅") == grams("종가베팅")
    assert grams("ＮＸＴ 5") == grams("nxt5")
    assert grams("\u1109\u1169\u11ab") == grams("손")  # typed on a Mac: three parts of one syllable


def test_signs_are_no_words_of_the_index():
    assert grams("-5.2%!") == ("52", "2")
    assert needles("  %  손절! ") == ("손절!",)


@pytest.mark.parametrize("question", ["", "   ", "%%%", "…", "\u200b"])
def test_a_question_without_a_letter_asks_for_nothing(question):
    assert needles(question) == ()


def test_every_word_must_be_there():
    text = "종가 베팅은 손절이 늦다"
    assert holds(text, needles("종가베팅 손절"))
    assert not holds(text, needles("종가베팅 익절"))


def test_an_excerpt_marks_what_was_found_as_it_was_written():
    assert excerpt("오늘은 종가 베팅만 했다", needles("종가베팅")) == (
        ("오늘은 ", False),
        ("종가 베팅", True),
        ("만 했다", False),
    )


def test_an_excerpt_begins_shortly_before_the_find():
    parts = excerpt("가" * 500 + "손절" + "나" * 500, needles("손절"))

    assert parts[0] == ("…", False)
    assert parts[1] == ("가" * 30, False)
    assert parts[2] == ("손절", True)
    assert parts[-1] == ("…", False)


def test_markup_in_a_note_is_text_in_its_excerpt():
    assert (
        "".join(text for text, _marked in excerpt("<script>손절</script>", needles("손절")))
        == "<script>손절</script>"
    )
