"""A trade that lies within its own costs is even: in the list, in the sums, in the statistics alike."""

import pytest
from django.http import QueryDict

from portfolio.analytics.outcomes import Result, result_of
from portfolio.models import Rollup, Trade
from portfolio.models.deciding import EVEN, LOST, WON
from portfolio.selectors.filtering import TradeFilter, filtered
from tests.portfolio.stats.making import MONDAY, trades

WORDS = {"win": Result.WIN, "loss": Result.LOSS, "flat": Result.FLAT}


@pytest.fixture
def four(account):
    """10,000,000 won each way cost about 23,000: +100,000 won; +30,000 keeps less than it cost, 0 lost just its
    costs: both even; -100,000 lost. The fifth is still held."""
    trades(
        account,
        "0 09:05-09:35 005930 1000@10000-10100",
        "0 09:40-09:50 005930 1000@10000-10030",
        "0 10:05-10:35 005930 1000@10000-10000",
        "0 11:05-11:35 005930 1000@10000-9900",
        "0 13:05 000660 10@10000",
    )
    return account


def test_every_trade_is_what_the_formulas_say(four) -> None:
    said = {pk: result for result, is_so in zip(Result, (WON, LOST, EVEN), strict=True) for pk in _pks(is_so)}
    closed = Trade.objects.filter(state="closed")
    assert said == {one.pk: result_of(one.net, one.costs) for one in closed}
    assert sorted(said.values()) == sorted([Result.WIN, Result.FLAT, Result.FLAT, Result.LOSS])


def test_the_list_and_the_sums_count_the_same(four) -> None:
    listed = {
        word: filtered(four, TradeFilter.parse(QueryDict(f"result={word}"), MONDAY)).count() for word in WORDS
    }
    day = Rollup.objects.get(account=four, kind="all", span="day")
    assert (day.wins, day.losses, day.flats) == (1, 1, 2)
    assert listed == {"win": 1, "loss": 1, "flat": 2}


def _pks(is_so) -> list[int]:
    return list(Trade.objects.filter(is_so).values_list("pk", flat=True))
