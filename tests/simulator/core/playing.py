"""Histories of a person who orders anything at any time, on credit and off, for property tests."""

from datetime import date, timedelta

from hypothesis import strategies as st

from kiwoomweb.broker.domain import Side, Venue
from kiwoomweb.simulator.credit import Credit
from kiwoomweb.simulator.exchange import Exchange, OrderRefused
from kiwoomweb.simulator.kinds import KINDS
from kiwoomweb.simulator.prices import SHARES
from tests.simulator.core.conftest import at

__all__ = ["CODES", "START", "begun", "histories", "play"]

CODES = ("005930", "247540", "00104K")
START = at("09:01:00", date(2026, 11, 16))

#: Every kind of the ordinary day, the plain ones oftener.
RARE_KINDS = ("10", "20", "6", "7", "5", "28", "29", "30", "31", "16", "13", "23", "26")
DAY_KINDS = (*("0", "3") * 4, *RARE_KINDS)
VERBS = ("buy", "sell", "sell", "borrow", "repay", "repay", "repay all", "modify", "cancel", "wait", "sleep")

Step = tuple[str, str, int, str, int, int]

histories = st.lists(
    st.tuples(
        st.sampled_from(VERBS),
        st.sampled_from(CODES),
        st.integers(1, 40),
        st.sampled_from(DAY_KINDS),
        st.integers(-12, 12),
        st.sampled_from((0, 1, 1, 5)),
    ),
    min_size=8,
    max_size=30,
)


def begun() -> Exchange:
    """An account that already holds something of everything: its own, and on two days' loans."""
    exchange = Exchange.opened(trader=False, now=START)
    for _ in range(2):
        for code, size in zip(CODES, (12, 4, 6), strict=True):
            exchange.place(Side.BUY, code, size, kind="3")
            exchange.place(Side.BUY, code, size, kind="3", credit=Credit.LOAN)
        exchange.jump(at("09:02:00", exchange.trading_day_after(exchange.now().date(), 1)))
    return exchange


def play(exchange: Exchange, step: Step) -> None:
    """Try one step and let some minutes pass; a refusal is an answer too."""
    try:
        _play(exchange, step)
    except OrderRefused as no:
        assert no.text
    exchange.jump(exchange.now() + timedelta(minutes=step[-1]))


def _play(exchange: Exchange, step: Step) -> None:
    verb, code, size, kind, away, _ = step
    if verb == "wait":
        exchange.jump(exchange.now() + timedelta(minutes=size))
    elif verb == "sleep":
        following = exchange.trading_day_after(exchange.now().date(), 1)
        exchange.jump(at("09:02:00", following))
    elif verb in ("buy", "sell"):
        price = _shifted(exchange, code, away) if KINDS[kind].priced else 0
        exchange.place(Side(verb), code, size, price, kind=kind, stop_price=price)
    elif verb in ("borrow", "repay", "repay all"):
        _on_credit(exchange, step)
    elif waiting := exchange.open_orders():
        order = waiting[size % len(waiting)]
        credit = Credit.LOAN if order.credit else Credit.CASH
        if verb == "modify":
            price = _shifted(exchange, order.code, away)
            exchange.modify(order.number, order.code, size % 3, price, venue=Venue.KRX, credit=credit)
        else:
            exchange.cancel(order.number, order.code, size % 3, venue=Venue.KRX, credit=credit)


def _on_credit(exchange: Exchange, step: Step) -> None:
    verb, code, size, kind, away, _ = step
    price = _shifted(exchange, code, away) if KINDS[kind].priced else 0
    if verb == "borrow":
        exchange.place(Side.BUY, code, size, price, kind=kind, stop_price=price, credit=Credit.LOAN)
    elif verb == "repay all":
        exchange.place(Side.SELL, code, size, price, kind=kind, stop_price=price, credit=Credit.LOANS)
    elif loans := [one for one in exchange.positions() if one.code == code and one.loan and one.quantity]:
        one = loans[size % len(loans)]
        exchange.place(
            Side.SELL, code, min(size, one.quantity), price, kind=kind, credit=Credit.LOAN, loan=one.loan
        )


def _shifted(exchange: Exchange, code: str, ticks: int) -> int:
    price = exchange.quote(code).price
    for _ in range(abs(ticks)):
        price = SHARES.up(price) if ticks > 0 else SHARES.down(price)
    return price
