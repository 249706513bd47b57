"""Slippage and the quality of orders."""

from datetime import timedelta
from decimal import Decimal

import pytest

from portfolio.analytics.inside.orders import Sent, chased, order_quality, slippage, slippage_to_limit
from portfolio.analytics.measures import Why
from tests.portfolio.analytics.trades import at

NOON = at("12:00")


def sent(key: int, side: int, ordered: int, filled: int, **more: object) -> Sent:
    prices = {name: Decimal(str(more[name])) for name in ("average", "bid", "ask") if name in more}
    limits = tuple(Decimal(limit) for limit in more.get("limits", ()))
    wait = more.get("after")
    filled_at = None if wait is None else NOON + timedelta(seconds=wait)
    quotes = prices.get("bid"), prices.get("ask"), limits, bool(more.get("cancelled"))
    return Sent(key, side, ordered, filled, prices.get("average"), NOON, filled_at, *quotes)


BUY = sent(1, 1, 10, 10, average=1_010, bid=990, ask=1_000, limits=(1_000, 1_005, 1_010), after=4)
SELL = sent(2, -1, 20, 15, average=1_985, bid=1_990, ask=2_000, limits=(1_990,), after=10, cancelled=True)
MARKET = sent(3, 1, 5, 5, average=500, after=1)
NEVER = sent(4, 1, 15, 0, limits=(900, 890), cancelled=True)


@pytest.mark.golden("slippage", "slippage_limit")
def test_slippage_is_what_was_paid_beyond_the_middle() -> None:
    """Buy: (1,010 - 995) * 10 = 150. Sell: -(1,985 - 1,995) * 15 = 150. To the first limit: (1,010 - 1,000) *
    10 = 100 and -(1,985 - 1,990) * 15 = 75."""
    assert (slippage(BUY), slippage(SELL)) == (150, 150)
    assert (slippage_to_limit(BUY), slippage_to_limit(SELL)) == (100, 75)
    assert slippage(MARKET) is None
    assert slippage_to_limit(MARKET) is None
    whole = order_quality([BUY, SELL, MARKET, NEVER])
    assert (whole["slippage"].value, whole["slippage"].n, whole["slippage"].rows) == (300, 2, (1, 2))
    assert whole["slippage_limit"].value == 175


@pytest.mark.golden("fill_share", "seconds_to_fill", "cancels_per_fill", "chase_steps")
def test_the_quality_of_four_orders() -> None:
    """Filled 10 + 15 + 5 of 10 + 20 + 5 + 15: 30/50. Seconds 4, 10, 1: median 4. Two cancels over three filled
    orders. Chased: the buy twice, the sell never, the third limit order moved away: 2 over 3 limit orders."""
    whole = order_quality([BUY, SELL, MARKET, NEVER])
    assert whole["fill_share"].value == Decimal("0.6")
    assert whole["seconds_to_fill"].value == 4
    assert whole["cancels_per_fill"].value == Decimal(2) / 3
    assert whole["chase_steps"].value == Decimal(2) / 3
    assert [chased(order) for order in (BUY, SELL, MARKET, NEVER)] == [2, 0, 0, 0]


def test_no_orders_no_figures() -> None:
    assert {measure.why_none for measure in order_quality([]).values()} == {Why.NO_TRADES, Why.NO_QUOTES}
