"""Whatever a person orders, the books stay sound: no debt, no share from nowhere, every won explained."""

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from kiwoomweb.broker.domain import Side
from kiwoomweb.simulator.exchange import Exchange
from kiwoomweb.simulator.holdings import Holding
from tests.simulator.core.books import account_reconciles
from tests.simulator.core.conftest import at
from tests.simulator.core.playing import CODES, begun, histories, play


def soundness(exchange: Exchange) -> None:
    """What must hold at every instant."""
    money = exchange.deposit()
    assert money.cash >= 0
    assert money.d1 >= 0
    assert money.d2 >= money.reserved
    assert 0 <= money.withdrawable <= money.cash
    for position in exchange.positions():
        assert 0 <= position.sellable <= position.quantity
        assert position.cost >= position.owed >= 0
    for code in CODES:
        lots = [one for one in exchange.positions() if one.code == code]
        for on_loan in (False, True):
            waiting = [
                o
                for o in exchange.open_orders()
                if o.side is Side.SELL and o.code == code and bool(o.credit) is on_loan
            ]
            mine = [one for one in lots if bool(one.loan) is on_loan]
            promised = sum(order.remaining for order in waiting)
            assert sum(one.sellable for one in mine) == sum(one.quantity for one in mine) - promised
    for order in exchange.orders_on(exchange.now().date()):
        assert 0 <= order.filled + order.remaining <= order.quantity


@settings(max_examples=30)
@given(histories)
def test_any_history_of_orders_leaves_sound_books(history):
    exchange = begun()
    for step in history:
        play(exchange, step)
        soundness(exchange)
    exchange.jump(at("09:00:00", exchange.trading_day_after(exchange.now().date(), 3)))
    account_reconciles(exchange)
    assert exchange.deposit().cash == exchange.deposit().d2
    assert exchange.deposit().reserved == 0


@settings(max_examples=15)
@given(st.lists(st.tuples(st.booleans(), st.integers(1, 40), st.integers(1_000, 99_000)), max_size=40))
def test_average_cost_is_a_moving_average_without_fees(trades):
    holding, cost, held = Holding("005930"), Fraction(0), 0
    for buys, quantity, price in trades:
        if buys:
            holding.buy(quantity, price)
            cost, held = cost + quantity * price, held + quantity
        elif quantity <= held:
            gone = holding.sell(quantity)
            assert gone == cost / held * quantity
            cost, held = cost - gone, held - quantity
    assert (holding.quantity, holding.cost) == (held, cost)
