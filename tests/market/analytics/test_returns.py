"""Returns after a hit: hand-computed, and nothing where nothing was told."""

from datetime import date, datetime, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as some

from kiwoomweb.broker.domain import SEOUL, Candle, Won
from kiwoomweb.broker.environment import Environment
from market.analytics.returns import Costs, costs_of, gross, last_print, net, price_after

NINE = datetime(2026, 11, 25, 9, 0, tzinfo=SEOUL)
LIVE = Costs(Decimal("0.00015"), Decimal("0.0020"))


def bar(at: datetime, close: int) -> Candle:
    return Candle(at, Won(close), Won(close), Won(close), Won(close), 1, None)


MINUTES = [bar(NINE + timedelta(minutes=n), 10_000 + n) for n in range(5)]


def test_a_gain_before_and_after_costs_by_hand() -> None:
    """10,000 to 10,300: bought at 10,005 (half a tick of 10), sold at 10,295."""
    assert gross(Decimal(10_000), Decimal(10_300)) == Decimal("3.0000")
    by_hand = Decimal(10_295) * Decimal("0.99785") / (Decimal(10_005) * Decimal("1.00015")) - 1
    assert net(Decimal(10_000), Decimal(10_300), LIVE) == (by_hand * 100).quantize(Decimal("0.0001"))
    assert net(Decimal(10_000), Decimal(10_300), LIVE) == Decimal("2.6619")


@given(some.integers(100, 2_000_000), some.integers(100, 2_000_000))
def test_costs_never_help(entry: int, leaving: int) -> None:
    assert net(Decimal(entry), Decimal(leaving), LIVE) <= gross(Decimal(entry), Decimal(leaving))


def test_the_tax_is_that_of_the_day_and_funds_pay_none() -> None:
    assert costs_of(Environment.LIVE, "", date(2025, 6, 2)).tax == Decimal("0.0015")
    assert costs_of(Environment.LIVE, "", date(2026, 1, 2)).tax == Decimal("0.0020")
    assert costs_of(Environment.LIVE, "ETF", date(2026, 1, 2)).tax == 0
    assert costs_of(Environment.PAPER, "", date(2026, 1, 2)).commission == Decimal("0.0035")


def test_the_price_of_a_hit_is_the_last_print_before_it() -> None:
    prints = [bar(NINE + timedelta(seconds=n), 100 + n) for n in (1, 3, 3, 8)]

    assert last_print(prints, NINE + timedelta(seconds=3)) == 103
    assert last_print(prints, NINE + timedelta(seconds=7)) == 103
    assert last_print(prints, NINE) is None
    assert last_print([], NINE) is None


def test_after_a_while_counts_only_minutes_that_are_over() -> None:
    assert price_after(MINUTES, NINE + timedelta(minutes=2, seconds=30)) == 10_001
    assert price_after(MINUTES, NINE + timedelta(minutes=1)) == 10_000
    assert price_after(MINUTES, NINE + timedelta(seconds=59)) is None
    assert price_after(MINUTES, NINE + timedelta(hours=1)) == 10_004
