"""What won, what lost, what came out even; and a measure that says why it is missing."""

from dataclasses import replace
from decimal import Decimal

import pytest

from portfolio.analytics.measures import Measure, Unit, Why
from portfolio.analytics.outcomes import Result, as_gross, in_order, r_of, result_of
from tests.portfolio.analytics.trades import at, day, trade


def test_a_trade_within_its_own_costs_came_out_even() -> None:
    """Costs 230: +230 and -230 are even, +231 won, -231 lost."""
    assert [result_of(net, 230) for net in (230, -230, 231, -231)] == [
        Result.FLAT,
        Result.FLAT,
        Result.WIN,
        Result.LOSS,
    ]


def test_the_user_may_call_more_even() -> None:
    assert result_of(900, 230, even_within=1_000) is Result.FLAT
    assert result_of(0) is Result.FLAT


def test_a_trade_without_a_stop_has_no_r() -> None:
    assert r_of(trade(150_000, risk=100_000)) == Decimal("1.5")
    assert r_of(trade(150_000)) is None


def test_trades_come_in_the_order_they_were_closed() -> None:
    """A close without a time of day is last in its day, not first in history."""
    late, unknown, early = trade(1, 1, closed_at=at("14:00")), trade(1, 2, closed_at=None), trade(1, 3)
    before = trade(1, 4, day=day(1))
    assert [o.key for o in in_order([late, unknown, early, before])] == [4, 3, 1, 2]


def test_the_gross_view_has_no_costs() -> None:
    net = trade(700, costs=300, risk=5, tags=("뉴스",), facts={"gap": Decimal(1)})
    (gross,) = as_gross([net])
    assert (gross.net, gross.gross, gross.costs) == (1_000, 1_000, 0)
    assert replace(gross, net=700, costs=300) == net


def test_too_few_trades_grey_a_measure_but_keep_its_value() -> None:
    few = Measure("win_rate", Decimal("0.5"), 4, Unit.RATIO, needs=20)
    assert not few.enough
    assert few.value == Decimal("0.5")


def test_a_measure_without_a_value_must_say_why() -> None:
    with pytest.raises(ValueError, match="payoff"):
        Measure("payoff", None, 4, Unit.NUMBER)
    with pytest.raises(ValueError, match="payoff"):
        Measure("payoff", Decimal(1), 4, Unit.NUMBER, why_none=Why.NO_LOSSES)
