"""The broker's words for orders, as a reader of English meets them."""

import re

import pytest
from django.utils.translation import override

from kiwoomweb.simulator.kinds import KINDS
from orders.presenting.words import told_kind, told_status

HANGUL = re.compile("[가-힣]")


@pytest.mark.parametrize("word", ["접수", "확인", "체결", "정정", "취소", "거부"])
def test_how_an_order_stands_is_told_in_the_readers_language(word: str) -> None:
    assert told_status(word) == word
    with override("en"):
        assert told_status(word) and not HANGUL.search(told_status(word))


@pytest.mark.parametrize("word", [*(kind.label for kind in KINDS.values()), "+매수", "-매도정정", "+매수신용"])
def test_how_it_trades_too(word: str) -> None:
    with override("en"):
        assert told_kind(word) and not HANGUL.search(told_kind(word))


def test_a_word_nobody_knows_is_left_as_it_is() -> None:
    with override("en"):
        assert (told_status("이관"), told_kind("특이주문"), told_kind("")) == ("이관", "특이주문", "")
