"""Terms: an English reader meets no Korean in the broker's labels, and a Korean reader nothing else."""

import re
from collections.abc import Iterator

import pytest

from kiwoomweb.broker.catalogue import Field, find
from market.boards.shelves import SHELVES
from market.terms import english, term

HANGUL = re.compile("[가-힣]")


def labels(fields: tuple[Field, ...]) -> Iterator[str]:
    for field in fields:
        yield field.label.removesuffix("n")
        yield from field.choices.values()
        yield from labels(field.fields)


def test_every_label_and_choice_of_the_boards_has_english_words() -> None:
    trs = {board.tr for shelf in SHELVES for board in shelf.boards()}
    told = {label for tr in trs for side in (find(tr).request, find(tr).response) for label in labels(side)}

    assert len(told) > 1000
    assert sorted(label for label in told if HANGUL.search(english(label))) == []
    assert [label for label in told if label.strip() and not english(label)] == []


@pytest.mark.parametrize(
    ("label", "words"),
    [
        ("순매수수량", "Net buy qty"),
        ("5만주이상", "≥ 50,000 sh"),
        ("1천원~2천원", "₩1,000 ~ ₩2,000"),
        ("매도10호가잔량", "Sell level 10 rest"),
        ("체결강도20일", "Strength 20 days"),
        ("없는말", "없는말"),
    ],
)
def test_words_are_put_together(label: str, words: str) -> None:
    assert english(label) == words


def test_korean_readers_read_the_brokers_words() -> None:
    assert term("순매수수량") == "순매수수량"
