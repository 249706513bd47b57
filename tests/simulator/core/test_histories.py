"""Whatever a person orders, the books stay sound: no debt, no share from nowhere, every won explained."""

from datetime import date, timedelta
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from kiwoomweb.broker.domain import Side, Venue
from kiwoomweb.simulator.credit import Credit
from kiwoomweb.simulator.exchange import Exchange, OrderRefused
from kiwoomweb.simulator.holdings import Holding
from kiwoomweb.simulator.prices import SHARES
from tests.simulator.core.books import account_reconciles
from tests.simulator.core.conftest import at

CODES = ("005930", "247540", "00104K")
START = at("09:01:00", date(2026, 11, 16))

steps = st.lists(
    st.tuples(
        st.sampled_from(("buy", "sell", "borrow", "repay", "repay all", "modify", "cancel", "wait", "sleep")),
        st.sampled_from(CODES),
        st.integers(1, 60),
        st.sampled_from(("0", "3", "10", "20", "6", "7")),
        st.integers(-12, 12),
    ),
    min_size=4,
    max_size=30,
)


def play(exchange: Exchange, step: tuple[str, str, int, str, int]) -> None:
    """Try one step; a refusal is an answer too."""
    verb, code, size, kind, away = step
    if verb == "wait":
        exchange.jump(exchange.now() + timedelta(minutes=size))
    elif verb == "sleep":
        following = exchange.trading_day_after(exchange.now().date(), 1)
        exchange.jump(at("09:02:00", following))
    elif verb in ("buy", "sell"):
        price = shifted(exchange, code, away) if kind in ("0", "10", "20") else 0
        exchange.place(Side(verb), code, size, price, kind=kind)
    elif verb in ("borrow", "repay", "repay all"):
        on_credit(exchange, step)
    elif waiting := exchange.open_orders():
        order = waiting[size % len(waiting)]
        credit = Credit.LOAN if order.credit else Credit.CASH
        if verb == "modify":
            price = shifted(exchange, order.code, away)
            exchange.modify(order.number, order.code, size % 3, price, venue=Venue.KRX, credit=credit)
        else:
            exchange.cancel(order.number, order.code, size % 3, venue=Venue.KRX, credit=credit)


def on_credit(exchange: Exchange, step: tuple[str, str, int, str, int]) -> None:
    verb, code, size, kind, away = step
    price = shifted(exchange, code, away) if kind in ("0", "10", "20") else 0
    if verb == "borrow":
        exchange.place(Side.BUY, code, size, price, kind=kind, credit=Credit.LOAN)
    elif verb == "repay all":
        exchange.place(Side.SELL, code, size, price, kind=kind, credit=Credit.LOANS)
    elif loans := [one for one in exchange.positions() if one.code == code and one.loan and one.quantity]:
        one = loans[size % len(loans)]
        exchange.place(
            Side.SELL, code, min(size, one.quantity), price, kind=kind, credit=Credit.LOAN, loan=one.loan
        )


def shifted(exchange: Exchange, code: str, ticks: int) -> int:
    price = exchange.quote(code).price
    for _ in range(abs(ticks)):
        price = SHARES.up(price) if ticks > 0 else SHARES.down(price)
    return price


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


@settings(max_examples=40)
@given(steps)
def test_any_history_of_orders_leaves_sound_books(history):
    exchange = Exchange.opened(trader=False, now=START)
    for step in history:
        try:
            play(exchange, step)
        except OrderRefused as no:
            assert no.text
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
