"""Buying on the broker's money: what it lends, what it asks back, and what it will not do."""

from datetime import date, timedelta

import pytest

from kiwoomweb.broker.domain import Side, Venue
from kiwoomweb.simulator.credit import Credit, interest_of
from kiwoomweb.simulator.exchange import Exchange, OrderRefused
from kiwoomweb.simulator.flows.classes import class_of
from tests.simulator.core.books import account_reconciles
from tests.simulator.core.conftest import FRIDAY, at

SAMSUNG, HYNIX = "005930", "000660"
MONDAY = date(2026, 11, 23)


def refusal(act) -> str:
    with pytest.raises(OrderRefused) as no:
        act()
    return no.value.text


def borrow(exchange: Exchange, quantity: int, code: str = SAMSUNG):
    order = exchange.place(Side.BUY, code, quantity, kind="3", credit=Credit.LOAN)
    exchange.jump(exchange.now() + timedelta(minutes=1))
    return exchange.order(exchange.now().date(), order.number)


def repay(exchange: Exchange, quantity: int, loan: date | None = None):
    credit = Credit.LOAN if loan else Credit.LOANS
    order = exchange.place(Side.SELL, SAMSUNG, quantity, kind="3", credit=credit, loan=loan)
    exchange.jump(exchange.now() + timedelta(minutes=1))
    return exchange.order(exchange.now().date(), order.number)


def test_the_broker_lends_what_the_cover_leaves_open(quiet):
    start, cover = quiet.deposit().d2, class_of(quiet.instrument(SAMSUNG)).cover
    bought = borrow(quiet, 20)
    (lot,) = quiet.positions()
    money = quiet.deposit()
    assert (lot.quantity, lot.loan, lot.expires) == (20, FRIDAY, FRIDAY + timedelta(days=90))
    assert lot.owed == money.owed == bought.amount * (100 - cover) // 100
    assert start - money.d2 == bought.amount - lot.owed + bought.commission
    account_reconciles(quiet)


def test_more_can_be_bought_than_with_ones_own_money(quiet):
    price = quiet.quote(SAMSUNG).best_ask
    own, lent = quiet.buyable(SAMSUNG, price), quiet.buyable(SAMSUNG, price, Credit.LOAN)
    assert lent > own * 1.9
    assert "매수가능" in refusal(lambda: quiet.place(Side.BUY, SAMSUNG, own + 1, price))
    one_more = {"kind": "0", "credit": Credit.LOAN}
    assert refusal(lambda: quiet.place(Side.BUY, SAMSUNG, lent + 1, price, **one_more)) == (
        f"매수증거금이 부족합니다. {lent}주 매수가능"
    )
    assert quiet.place(Side.BUY, SAMSUNG, lent, price, credit=Credit.LOAN).quantity == lent


def test_a_waiting_credit_buy_holds_only_its_cover_back(quiet):
    power, cover = quiet.deposit().buying_power, class_of(quiet.instrument(SAMSUNG)).cover
    low = quiet.quote(SAMSUNG).lower_limit
    order = quiet.place(Side.BUY, SAMSUNG, 10, low, credit=Credit.LOAN)
    held = power - quiet.deposit().buying_power
    assert 0 <= held - 10 * low * cover / 100 < 100
    assert quiet.deposit().credit_deposit == held
    moved = quiet.modify(order.number, SAMSUNG, 4, low + 100, venue=Venue.KRX, credit=Credit.LOAN)
    quiet.cancel(order.number, SAMSUNG, 0, venue=Venue.KRX, credit=Credit.LOAN)
    quiet.cancel(moved.number, SAMSUNG, 0, venue=Venue.KRX, credit=Credit.LOAN)
    assert quiet.deposit().buying_power == power


def test_own_shares_and_two_loans_are_three_lots_and_one_when_added_up(quiet):
    quiet.place(Side.BUY, SAMSUNG, 3, kind="3")
    borrow(quiet, 5)
    quiet.jump(at("10:00:00", MONDAY))
    borrow(quiet, 2)
    lots = quiet.positions()
    assert [(lot.loan, lot.quantity) for lot in lots] == [(None, 3), (FRIDAY, 5), (MONDAY, 2)]
    (one,) = quiet.positions(merged=True)
    assert (one.quantity, one.cost, one.owed) == (10, sum(x.cost for x in lots), sum(x.owed for x in lots))
    assert one.profit == sum(lot.profit for lot in lots)
    assert one.loan is None


def test_a_sale_of_a_loan_pays_it_back_with_interest(quiet):
    borrow(quiet, 20)
    (lot,) = quiet.positions()
    later = date(2026, 12, 11)
    quiet.jump(at("10:00:00", later))
    (waiting,) = quiet.positions()
    days = (quiet.trading_day_after(later, 2) - quiet.trading_day_after(FRIDAY, 2)).days
    assert waiting.interest == interest_of(lot.owed, days) > 0
    before = quiet.deposit()
    sold = repay(quiet, 20, FRIDAY)
    after = quiet.deposit()
    gain = sold.amount - sold.commission - sold.tax - lot.owed - waiting.interest
    assert after.d2 - before.d2 == gain
    assert (after.owed, after.interest) == (0, 0)
    quiet.jump(at("10:00:00", quiet.trading_day_after(later, 2)))
    row = quiet.cash_ledger(FRIDAY, quiet.now().date())[-1]
    assert (row.kind, row.loan, row.principal) == ("융자상환매도", FRIDAY, lot.owed)
    assert (row.interest, row.settled) == (waiting.interest, gain)
    account_reconciles(quiet)


def test_a_loan_of_a_day_costs_no_interest(quiet):
    borrow(quiet, 20)
    repay(quiet, 20, FRIDAY)
    assert quiet.deposit().owed == 0
    quiet.jump(at("10:00:00", date(2026, 11, 25)))
    assert [row.interest for row in quiet.cash_ledger(FRIDAY, quiet.now().date())] == [0, 0, 0]


def test_a_sale_of_all_loans_takes_the_oldest_first(quiet):
    borrow(quiet, 5)
    quiet.jump(at("10:00:00", MONDAY))
    borrow(quiet, 5)
    sold = repay(quiet, 7)
    assert [(fill.loan, fill.quantity) for fill in sold.fills] == [(FRIDAY, 5), (MONDAY, 2)]
    assert len({fill.number for fill in sold.fills}) == 2
    open_lots = [(lot.loan, lot.quantity) for lot in quiet.positions() if lot.quantity]
    assert open_lots == [(MONDAY, 3)]
    account_reconciles(quiet)


def test_what_is_promised_of_one_loan_cannot_be_sold_as_another(quiet):
    borrow(quiet, 5)
    quiet.jump(at("10:00:00", MONDAY))
    borrow(quiet, 4)
    high = quiet.quote(SAMSUNG).upper_limit
    quiet.place(Side.SELL, SAMSUNG, 6, high, credit=Credit.LOANS)
    assert [lot.sellable for lot in quiet.positions()] == [0, 3]
    too_much = {"kind": "3", "credit": Credit.LOAN, "loan": MONDAY}
    assert "3주 매도가능" in refusal(lambda: quiet.place(Side.SELL, SAMSUNG, 4, **too_much))
    assert "3주 매도가능" in refusal(lambda: quiet.place(Side.SELL, SAMSUNG, 4, kind="3", credit=Credit.LOANS))
    assert "0주 매도가능" in refusal(lambda: quiet.place(Side.SELL, SAMSUNG, 1, kind="3"))


def test_nonsense_on_credit_is_refused_and_leaves_no_trace(quiet):
    without = next(one.code for one in quiet.instruments() if not class_of(one).on_credit)
    price = quiet.quote(without).best_ask
    power, since = quiet.deposit().buying_power, quiet.sequence
    assert refusal(lambda: quiet.place(Side.BUY, without, 1, price, credit=Credit.LOAN)) == (
        "신용융자 불가종목입니다"
    )
    day = {"kind": "3", "credit": Credit.LOAN, "loan": FRIDAY}
    assert refusal(lambda: quiet.place(Side.SELL, SAMSUNG, 1, **day)) == "해당 대출일의 융자잔고가 없습니다"
    assert "0주" in refusal(lambda: quiet.place(Side.SELL, SAMSUNG, 1, kind="3", credit=Credit.LOANS))
    assert (quiet.orders_on(FRIDAY), quiet.events(since), quiet.deposit().buying_power) == ([], (), power)


def test_an_order_on_credit_is_changed_as_one(quiet):
    low = quiet.quote(SAMSUNG).lower_limit
    lent = quiet.place(Side.BUY, SAMSUNG, 1, low, credit=Credit.LOAN)
    own = quiet.place(Side.BUY, SAMSUNG, 1, low)
    assert "신용주문입니다" in refusal(lambda: quiet.cancel(lent.number, SAMSUNG, 0, venue=Venue.KRX))
    assert "신용주문이 아닙니다" in refusal(
        lambda: quiet.modify(own.number, SAMSUNG, 0, low + 100, venue=Venue.KRX, credit=Credit.LOAN)
    )
    assert len(quiet.open_orders()) == 2


def test_the_broker_lends_an_account_no_more_than_its_limit(quiet, monkeypatch):
    monkeypatch.setattr("kiwoomweb.simulator.desk.CREDIT_LIMIT", 1_000_000)
    cover, price = class_of(quiet.instrument(SAMSUNG)).cover, quiet.quote(SAMSUNG).lower_limit
    most = 1_000_000 * 100 // (price * (100 - cover))
    assert quiet.loan_room() == 1_000_000
    assert quiet.buyable(SAMSUNG, price, Credit.LOAN) == most
    assert "한도" in refusal(lambda: quiet.place(Side.BUY, SAMSUNG, most + 1, price, credit=Credit.LOAN))
    waiting = quiet.place(Side.BUY, SAMSUNG, most, price, credit=Credit.LOAN)
    room = quiet.loan_room()
    assert refusal(lambda: quiet.place(Side.BUY, SAMSUNG, 1, price, credit=Credit.LOAN)) == (
        f"신용융자 한도가 부족합니다. {room}원 융자가능"
    )
    dearer = {"venue": Venue.KRX, "credit": Credit.LOAN}
    high = quiet.quote(SAMSUNG).upper_limit
    assert "한도" in refusal(lambda: quiet.modify(waiting.number, SAMSUNG, 0, high, **dearer))


@pytest.mark.parametrize(("days", "percent"), [(0, 0), (7, 5.4), (15, 7.9), (90, 9.4)])
def test_interest_grows_by_the_day_at_the_rate_of_its_stretch(days, percent):
    million = 1_000_000
    assert interest_of(million, days) <= million * days * percent / 365 / 100 + 1
    assert interest_of(million, days + 1) > interest_of(million, days)


def test_a_restart_tells_the_same_loans(tmp_path):
    before = Exchange.opened(tmp_path, trader=False, now=at("10:30:00"))
    borrow(before, 5)
    waiting = before.place(Side.BUY, SAMSUNG, 1, before.quote(SAMSUNG).lower_limit, credit=Credit.LOAN)
    before.cancel(waiting.number, SAMSUNG, 0, venue=Venue.KRX, credit=Credit.LOAN)
    repay(before, 2, FRIDAY)
    repay(before, 1)
    after = Exchange.opened(tmp_path, trader=False, now=at("10:30:00"))
    assert after.orders_on(FRIDAY) == before.orders_on(FRIDAY)
    assert (after.positions(), after.deposit()) == (before.positions(), before.deposit())


def test_a_quiet_evening_of_loans_is_remembered(quiet):
    borrow(quiet, 5)
    quiet.jump(at("10:00:00", MONDAY))
    snapshot = quiet.day_snapshot(FRIDAY)
    assert snapshot.owed == quiet.deposit().owed > 0
    assert [(one.loan, one.quantity) for one in snapshot.holdings] == [(FRIDAY, 5)]
    worth = snapshot.d2 + snapshot.value - snapshot.owed
    assert 0 < worth - snapshot.estimated_assets < snapshot.value // 100
