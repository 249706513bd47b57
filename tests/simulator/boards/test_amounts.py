"""The guide's words for an amount are the filter."""

import pytest

from kiwoomweb.broker import catalogue
from kiwoomweb.simulator.boards.amounts import Band, amount, band
from kiwoomweb.simulator.replies.boards import REPLIES

BANDED = ("trde_qty", "trde_prica", "pric", "trde_gold")


@pytest.mark.parametrize(
    ("words", "number"),
    [("만", 10_000), ("3천만", 30_000_000), ("백만", 1_000_000), ("100억", 10**10), ("5백", 500)],
)
def test_a_number_in_words(words: str, number: int) -> None:
    assert amount(words) == number


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("전체조회", Band()),
        ("5만주이상", Band(50_000)),
        ("3천주", Band(3_000)),
        ("장시작전(0주이상)", Band(0)),
        ("1천원미만", Band(0, 1_000)),
        ("2천원~5천원", Band(2_000, 5_000)),
        ("5백만원이상", Band(5_000_000)),
    ],
)
def test_a_band_in_words(words: str, wanted: Band) -> None:
    assert band(words) == wanted


def test_every_amount_of_the_guide_is_understood_and_rises_with_its_code() -> None:
    """A slip of the guide (500 meant as 500만) would fall out of order."""
    for tr in REPLIES:
        for field in catalogue.find(tr).request:
            if not field.name.startswith(BANDED) or "사용" in "".join(field.choices.values()):
                continue
            told = {code: band(words) for code, words in field.choices.items() if int(code)}
            assert all(one != Band() for one in told.values()), (tr, field.name)
            if not field.name.startswith(("pric", "trde_gold")):
                least = [told[code].least for code in sorted(told, key=int)]
                assert least == sorted(least), (tr, field.name)
