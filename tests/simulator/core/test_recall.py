"""The broker calls its money in: on the day after the last, and where the cover grows thin."""

from datetime import date, timedelta

import pytest

from kiwoomweb.broker.domain import Side
from kiwoomweb.simulator.credit import Credit, expires
from kiwoomweb.simulator.exchange import Exchange
from kiwoomweb.simulator.market_facts import percent
from tests.simulator.core.books import account_reconciles
from tests.simulator.core.conftest import FRIDAY, at

SAMSUNG, HYNIX = "005930", "000660"
MONDAY, TUESDAY, WEDNESDAY = (FRIDAY + timedelta(days=n) for n in (3, 4, 5))


def borrow(exchange: Exchange, quantity: int, code: str = SAMSUNG) -> None:
    exchange.place(Side.BUY, code, quantity, kind="3", credit=Credit.LOAN)
    exchange.jump(exchange.now() + timedelta(minutes=1))


def test_a_loan_not_paid_back_in_time_is_sold_the_day_after():
    exchange = Exchange.opened(trader=False, now=at("10:30:00", date(2026, 6, 1)))
    exchange.place(Side.BUY, SAMSUNG, 2, kind="3")
    borrow(exchange, 5)
    last = expires(date(2026, 6, 1))
    assert last == date(2026, 8, 30)
    exchange.jump(at("15:00:00", date(2026, 8, 28)))
    waiting = exchange.place(Side.SELL, SAMSUNG, 5, exchange.quote(SAMSUNG).upper_limit, credit=Credit.LOANS)
    exchange.jump(at("08:59:00", date(2026, 8, 31)))
    assert exchange.deposit().owed > 0
    assert exchange.order(date(2026, 8, 28), waiting.number).filled == 0
    exchange.jump(at("09:01:00", date(2026, 8, 31)))
    (sale,) = exchange.orders_on(date(2026, 8, 31))
    assert (sale.channel, sale.filled, sale.loan) == ("반대매매", 5, date(2026, 6, 1))
    assert exchange.deposit().owed == 0
    assert [(one.loan, one.quantity) for one in exchange.positions() if one.quantity] == [(None, 2)]
    exchange.jump(at("09:01:00", date(2026, 9, 3)))
    assert exchange.cash_ledger(date(2026, 6, 1), date(2026, 9, 3))[-1].interest > 0
    account_reconciles(exchange)


def test_what_the_owner_has_on_offer_is_taken_back_first(quiet):
    borrow(quiet, 5)
    last = expires(FRIDAY)
    day = last + timedelta(days=1)
    assert quiet.is_trading_day(day)
    quiet.jump(at("09:00:01", day))
    high = quiet.quote(SAMSUNG).upper_limit
    mine = quiet.place(Side.SELL, SAMSUNG, 5, high, credit=Credit.LOAN, loan=FRIDAY)
    quiet.jump(at("09:01:00", day))
    assert not quiet.order(day, mine.number).is_open
    assert quiet.order(day, mine.number).filled == 0
    assert quiet.deposit().owed == 0


def test_cover_that_stays_thin_for_two_evenings_is_made_up(quiet, monkeypatch):
    borrow(quiet, 60)
    quiet.jump(at("10:00:00", MONDAY))
    borrow(quiet, 20, HYNIX)
    rate = quiet.deposit().collateral_rate
    monkeypatch.setattr("kiwoomweb.simulator.recall.KEPT", int(rate) + 20)
    quiet.jump(at("08:59:00", WEDNESDAY))
    assert all(one.quantity for one in quiet.positions())
    quiet.jump(at("09:02:00", WEDNESDAY))
    held = [(one.code, one.loan) for one in quiet.positions() if one.quantity]
    assert held == [(HYNIX, MONDAY)]
    assert quiet.deposit().collateral_rate > rate


def test_enough_cover_is_left_alone(quiet):
    borrow(quiet, 20)
    worth = quiet.deposit().d2 + sum(one.value for one in quiet.positions())
    assert quiet.deposit().collateral_rate == percent(worth, quiet.deposit().owed)
    quiet.jump(at("10:00:00", FRIDAY + timedelta(days=14)))
    assert [one.quantity for one in quiet.positions()] == [20]


@pytest.mark.parametrize("looks", [1, 9])
def test_a_restart_recalls_the_same(tmp_path, looks):
    before = Exchange.opened(tmp_path, trader=False, now=at("10:30:00"))
    borrow(before, 5)
    end = at("10:00:00", expires(FRIDAY) + timedelta(days=3))
    for n in range(1, looks + 1):
        before.jump(before.now() + (end - before.now()) / (looks + 1 - n))
    after = Exchange.opened(tmp_path, trader=False, now=at("10:30:00"))
    assert (after.now(), after.deposit()) == (before.now(), before.deposit())
    assert before.deposit().owed == 0
