"""What changed in a text is told word by word, and nothing of either text is missing."""

from hypothesis import given
from hypothesis import strategies as st

from portfolio.analytics.word_diff import Change, word_diff

WRITING = st.text(alphabet="가나 \n다라", max_size=40)


def test_a_changed_word_is_gone_and_added():
    assert word_diff("너무 일찍 팔았다", "너무 늦게 팔았다") == (
        Change("same", "너무 "),
        Change("gone", "일찍"),
        Change("added", "늦게"),
        Change("same", " 팔았다"),
    )


def test_the_first_text_is_all_new():
    assert word_diff("", "하나 둘") == (Change("added", "하나 둘"),)


@given(WRITING, WRITING)
def test_both_texts_can_be_read_from_the_changes(old, new):
    changes = word_diff(old, new)

    assert "".join(each.text for each in changes if each.kind != "gone") == new
    assert "".join(each.text for each in changes if each.kind != "added") == old


def test_texts_as_long_as_may_be_are_compared_at_once():
    old = " ".join(str(number % 97) for number in range(6_000))
    new = " ".join(str(number % 89) for number in range(6_000))

    assert "".join(each.text for each in word_diff(old, new) if each.kind != "gone") == new
