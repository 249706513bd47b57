"""O-20, O-24 and the reckoning of the worst case, for any number anybody can think of."""

from dataclasses import replace
from datetime import timedelta
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiwoomweb.broker.domain import OrderKind, Side
from orders.checking import check
from orders.costing import worst_case
from tests.orders.checking.scene import BUY, CALM, NOW, QUOTE, SELL, but

MANY = settings(max_examples=400)


def refused(ticket, scene) -> set[str]:
    return {one.code for one in check(ticket, scene).refusals}


@MANY
@given(age=st.integers(-60_000_000, 60_000_000))
def test_a_quote_older_than_five_seconds_or_from_the_future_is_none(age):
    """O-20, to the microsecond."""
    scene = but(quote__at=NOW - timedelta(microseconds=age))
    assert ("C12" in refused(BUY, scene)) is not (0 <= age <= 5_000_000)


NONSENSE = [None, 0, -1, -70_000, float("nan"), float("inf"), float("-inf"), 70_000.5, "70000", True]


@pytest.mark.parametrize("wrong", NONSENSE, ids=repr)
@pytest.mark.parametrize("field", ["price", "bid", "ask", "upper", "lower"])
@pytest.mark.parametrize("ticket", [BUY, SELL, replace(BUY, order_kind=OrderKind.MARKET, price=None)])
def test_a_price_that_is_none_lets_nothing_through(field, wrong, ticket):
    """O-24. A blank side of the book is a market at its limit, not nonsense: a limit order may still go."""
    said = refused(ticket, but(quote=replace(QUOTE, **{field: wrong})))
    one_sided = wrong is None and field in {"bid", "ask"} and ticket.price is not None
    assert bool(said) is not one_sided


@MANY
@given(
    quantity=st.integers(1, 10_000),
    price=st.integers(1, 500).map(lambda n: n * 1_000),
    rate=st.fractions(0, Fraction(1, 100)),
    side=st.sampled_from(Side),
)
def test_nothing_an_order_costs_is_more_than_its_worst_case(quantity, price, rate, side):
    ticket = replace(BUY, quantity=quantity, price=price, side=side)
    told = worst_case(ticket, replace(CALM, rate=rate))
    assert told.gross == quantity * price
    if side is Side.BUY:
        assert told.net <= told.worst <= told.net + 10
        assert told.cash_after == CALM.standing.power - told.net
    else:
        assert (told.worst, told.net) == (0, told.gross - told.fee - told.tax)
    assert told.fee % 10 == 0
