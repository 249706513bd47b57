"""What happens to an order: taken or refused, filled, changed, taken back, or outlived by the day."""

from datetime import date, timedelta

import pytest

from kiwoomweb.broker.domain import Side, Venue
from kiwoomweb.simulator.costs import REAL
from kiwoomweb.simulator.exchange import Exchange, OrderRefused
from kiwoomweb.simulator.order_facts import Action, OrderState
from kiwoomweb.simulator.prices import SHARES
from tests.simulator.core.conftest import FRIDAY, at

SAMSUNG = "005930"


def refusal(act) -> str:
    with pytest.raises(OrderRefused) as no:
        act()
    return no.value.code


def later(exchange: Exchange, **step: int) -> None:
    exchange.jump(exchange.now() + timedelta(**step))


# --- taken -----------------------------------------------------------------------------------------------


def test_a_buy_at_the_offer_fills_a_moment_later(quiet):
    ask = quiet.quote(SAMSUNG).best_ask
    order = quiet.place(Side.BUY, SAMSUNG, 3, ask)
    assert order.state is OrderState.OPEN
    assert quiet.executions_on(FRIDAY) == ()
    later(quiet, seconds=1)
    assert quiet.order(FRIDAY, order.number).state is OrderState.FILLED
    (position,) = quiet.positions()
    assert (position.quantity, position.cost, position.sellable) == (3, 3 * ask, 3)


def test_the_events_of_a_fill_come_in_their_order(quiet):
    since = quiet.sequence
    quiet.place(Side.BUY, SAMSUNG, 3, quiet.quote(SAMSUNG).best_ask)
    later(quiet, seconds=1)
    events = quiet.events(since)
    assert [getattr(event, "status", "잔고") for event in events] == ["접수", "체결", "잔고"]
    assert [event.sequence for event in events] == [since + 1, since + 2, since + 3]
    assert quiet.events(quiet.sequence) == ()


def test_numbers_have_seven_digits_and_rise(quiet):
    price = quiet.quote(SAMSUNG).best_bid - 5_000
    first, second = (quiet.place(Side.BUY, SAMSUNG, 1, price).number for _ in range(2))
    assert len(first) == len(second) == 7
    assert int(second) > int(first)


def test_the_same_ticket_twice_is_two_orders(quiet):
    price = quiet.quote(SAMSUNG).best_bid - 5_000
    quiet.place(Side.BUY, SAMSUNG, 1, price)
    quiet.place(Side.BUY, SAMSUNG, 1, price)
    assert len(quiet.open_orders()) == 2


def test_a_waiting_buy_holds_money_back_and_gives_it_back(quiet):
    before = quiet.deposit().buying_power
    order = quiet.place(Side.BUY, SAMSUNG, 10, quiet.quote(SAMSUNG).lower_limit)
    assert before - quiet.deposit().buying_power >= 10 * order.price
    quiet.cancel(order.number, SAMSUNG, 0, venue=Venue.KRX)
    assert quiet.deposit().buying_power == before


def test_a_waiting_sell_holds_shares_back(quiet):
    quiet.place(Side.BUY, SAMSUNG, 10, kind="3")
    later(quiet, minutes=1)
    quiet.place(Side.SELL, SAMSUNG, 4, quiet.quote(SAMSUNG).upper_limit)
    assert quiet.positions()[0].sellable == 6
    assert refusal(lambda: quiet.place(Side.SELL, SAMSUNG, 7, kind="3")) == "800033"


def test_a_waiting_order_fills_when_the_market_comes_through_it(quiet):
    code = "247540"
    rest_of_day = Exchange.opened(trader=False, now=at("15:15:00")).minutes(code, 1, 280)
    price = SHARES.up(min(bar.low for bar in rest_of_day))
    assert price < quiet.quote(code).best_bid
    order = quiet.place(Side.BUY, code, 2, price)
    assert [waiting.number for waiting in quiet.open_orders()] == [order.number]
    quiet.jump(at("15:16:00"))
    (fill,) = quiet.executions_on(FRIDAY)
    assert (fill.price, fill.quantity) == (price, 2)
    assert quiet.quote(code).low < price


def test_an_order_the_market_never_reaches_is_never_filled(quiet):
    code = "247540"
    rest_of_day = Exchange.opened(trader=False, now=at("15:31:00")).minutes(code, 1, 300)
    order = quiet.place(Side.BUY, code, 2, SHARES.down(min(bar.low for bar in rest_of_day)))
    quiet.jump(at("15:31:00"))
    assert quiet.order(FRIDAY, order.number).filled == 0


@pytest.mark.behaviour(59)
def test_a_thin_book_fills_a_large_order_in_pieces(quiet):
    code = "00104K"
    ask = quiet.quote(code).best_ask
    level = quiet.depth(code).asks[0].size
    assert level * ask < 9_000_000
    order = quiet.place(Side.BUY, code, level + 3, quiet.depth(code).asks[4].price)
    later(quiet, seconds=1)
    done = quiet.order(FRIDAY, order.number)
    assert len(done.fills) > 1
    assert [fill.price for fill in done.fills] == sorted(fill.price for fill in done.fills)
    assert len({fill.number for fill in done.fills}) == len(done.fills)


@pytest.mark.behaviour(59)
def test_ioc_takes_what_is_there_and_lets_the_rest_go(quiet):
    code = "00104K"
    order = quiet.place(
        Side.BUY, code, quiet.depth(code).asks[0].size + 5, quiet.quote(code).best_ask, kind="10"
    )
    later(quiet, seconds=1)
    done = quiet.order(FRIDAY, order.number)
    assert 0 < done.filled < done.quantity
    assert (done.state, done.remaining) == (OrderState.CANCELLED, 0)


@pytest.mark.behaviour(59)
def test_fok_takes_all_or_nothing(quiet):
    code = "00104K"
    order = quiet.place(
        Side.BUY, code, quiet.depth(code).asks[0].size + 9, quiet.quote(code).best_ask, kind="20"
    )
    later(quiet, seconds=1)
    assert quiet.order(FRIDAY, order.number).filled == 0
    assert quiet.order(FRIDAY, order.number).state is OrderState.CANCELLED


def test_an_order_before_the_bell_meets_the_opening_price():
    early = Exchange.opened(trader=False, now=at("08:45:00"))
    order = early.place(Side.BUY, SAMSUNG, 1, early.quote(SAMSUNG).upper_limit)
    early.jump(at("09:00:02"))
    assert early.order(FRIDAY, order.number).average_price == early.bars(SAMSUNG, "day", 1)[0].open


def test_an_order_of_the_closing_auction_meets_the_close():
    closing = Exchange.opened(trader=False, now=at("15:25:00"))
    order = closing.place(Side.BUY, SAMSUNG, 1, kind="3")
    closing.jump(at("15:31:00"))
    assert closing.order(FRIDAY, order.number).average_price == closing.bars(SAMSUNG, "day", 1)[0].close


def test_a_day_order_dies_with_its_session_and_the_money_returns(quiet):
    power = quiet.deposit().buying_power
    order = quiet.place(Side.BUY, SAMSUNG, 1, quiet.quote(SAMSUNG).lower_limit)
    quiet.jump(at("15:30:01"))
    assert quiet.order(FRIDAY, order.number).state is OrderState.EXPIRED
    assert quiet.open_orders() == []
    assert quiet.deposit().buying_power == power


def test_in_the_evening_only_limit_orders_are_taken():
    evening = Exchange.opened(trader=False, now=at("17:00:00"))
    assert refusal(lambda: evening.place(Side.BUY, SAMSUNG, 1, kind="3")) == "521790"
    order = evening.place(Side.BUY, SAMSUNG, 1, evening.quote(SAMSUNG).best_ask)
    later(evening, seconds=1)
    assert evening.order(FRIDAY, order.number).filled == 1


# --- refused ---------------------------------------------------------------------------------------------


def test_more_than_the_money_is_refused_with_the_most_one_could_buy(quiet):
    price = quiet.quote(SAMSUNG).best_ask
    most = quiet.buyable(SAMSUNG, price)
    with pytest.raises(OrderRefused) as no:
        quiet.place(Side.BUY, SAMSUNG, most + 1, price)
    assert (no.value.code, no.value.text) == ("855056", f"매수증거금이 부족합니다. {most}주 매수가능")
    assert quiet.place(Side.BUY, SAMSUNG, most, price).quantity == most


@pytest.mark.parametrize(
    ("kind", "price", "code"),
    [
        ("0", 72_150, "571557"),
        ("0", 0, "308003"),
        ("0", 1_000, ""),
        ("0", 900_000, ""),
        ("99", 70_000, "407022"),
    ],
)
def test_a_wrong_price_or_kind_is_refused_in_the_brokers_words(quiet, kind, price, code):
    assert refusal(lambda: quiet.place(Side.BUY, SAMSUNG, 1, price, kind=kind)) == code


def test_a_share_nobody_lists_is_refused(quiet):
    assert refusal(lambda: quiet.place(Side.BUY, "999999", 1, 10_000)) == ""
    assert refusal(lambda: quiet.place(Side.SELL, "999999", 1, kind="3")) == ""
    assert quiet.orders_on(FRIDAY) == []


def test_a_refused_order_leaves_no_trace(quiet):
    since = quiet.sequence
    refusal(lambda: quiet.place(Side.SELL, SAMSUNG, 1, kind="3"))
    assert quiet.orders_on(FRIDAY) == []
    assert quiet.events(since) == ()
    assert quiet.deposit().reserved == 0


@pytest.mark.parametrize(
    ("when", "code"),
    [
        (at("08:45:00"), "RC4057"),
        (at("16:30:00"), "RC4058"),
        (at("11:00:00", date(2026, 11, 21)), "RC4010"),
    ],
)
def test_the_mock_host_keeps_its_hours(when, code):
    mock = Exchange.opened(trader=False, profile="mock", now=when)
    assert refusal(lambda: mock.place(Side.BUY, SAMSUNG, 1, 72_000)) == code


def test_the_mock_host_speaks_its_own_codes():
    mock = Exchange.opened(trader=False, profile="mock", now=at("10:30:00"))
    ask = mock.quote(SAMSUNG).best_ask
    assert refusal(lambda: mock.place(Side.BUY, SAMSUNG, 9_999, ask)) == "RC4025"
    assert refusal(lambda: mock.place(Side.BUY, SAMSUNG, 1, ask + 1)) == "RC4003"
    assert refusal(lambda: mock.place(Side.BUY, SAMSUNG, 1, kind="6")) == "RC4026"
    assert refusal(lambda: mock.place(Side.BUY, SAMSUNG, 1, ask, venue=Venue.NXT)) == "RC9000"
    assert refusal(lambda: mock.cancel("0000001", SAMSUNG, 0, venue=Venue.KRX)) == "RC4032"


# --- changed ---------------------------------------------------------------------------------------------


def test_a_chain_keeps_its_root_and_each_link_its_number(quiet):
    low = quiet.quote(SAMSUNG).lower_limit
    first = quiet.place(Side.BUY, SAMSUNG, 5, low)
    second = quiet.modify(first.number, SAMSUNG, 0, low + 100, venue=Venue.KRX)
    third = quiet.cancel(second.number, SAMSUNG, 0, venue=Venue.KRX)
    assert (second.action, second.original, second.root) == (Action.MODIFY, first.number, first.number)
    assert (third.action, third.original, third.root) == (Action.CANCEL, second.number, first.number)
    assert (second.confirmed, third.confirmed) == (5, 5)
    assert first.number < second.number < third.number
    assert quiet.open_orders() == []


def test_part_of_an_order_can_move_and_the_rest_stays(quiet):
    low = quiet.quote(SAMSUNG).lower_limit
    first = quiet.place(Side.BUY, SAMSUNG, 5, low)
    moved = quiet.modify(first.number, SAMSUNG, 2, low + 100, venue=Venue.KRX)
    assert [(order.number, order.remaining) for order in quiet.open_orders()] == [
        (first.number, 3),
        (moved.number, 2),
    ]
    quiet.cancel(first.number, SAMSUNG, 1, venue=Venue.KRX)
    assert quiet.order(FRIDAY, first.number).remaining == 2


def test_a_cancel_tells_acceptance_then_confirmation(quiet):
    order = quiet.place(Side.BUY, SAMSUNG, 5, quiet.quote(SAMSUNG).lower_limit)
    since = quiet.sequence
    quiet.cancel(order.number, SAMSUNG, 0, venue=Venue.KRX)
    accepted, confirmed = quiet.events(since)
    assert (accepted.status, accepted.order.remaining) == ("접수", 5)
    assert (confirmed.status, confirmed.order.remaining) == ("확인", 0)


def test_what_is_gone_cannot_be_changed(quiet):
    order = quiet.place(Side.BUY, SAMSUNG, 5, quiet.quote(SAMSUNG).lower_limit)
    cancel = quiet.cancel(order.number, SAMSUNG, 0, venue=Venue.KRX)
    assert refusal(lambda: quiet.cancel(order.number, SAMSUNG, 0, venue=Venue.KRX)) == "506550"
    assert refusal(lambda: quiet.cancel(cancel.number, SAMSUNG, 0, venue=Venue.KRX)) == "571435"
    assert refusal(lambda: quiet.modify("0000001", SAMSUNG, 0, order.price, venue=Venue.KRX)) == ""


def test_sor_cannot_take_back_a_krx_order(quiet):
    order = quiet.place(Side.BUY, SAMSUNG, 5, quiet.quote(SAMSUNG).lower_limit)
    assert refusal(lambda: quiet.cancel(order.number, SAMSUNG, 0, venue=Venue.SOR)) == "571412"


def test_an_sor_order_shows_its_children_while_it_waits(quiet):
    order = quiet.place(Side.BUY, SAMSUNG, 5, quiet.quote(SAMSUNG).lower_limit, venue=Venue.SOR)
    assert [child.number for child in quiet.split_orders(order.number)] == [order.number]
    assert quiet.split_orders("0000001") == []


# --- money -----------------------------------------------------------------------------------------------


def test_money_moves_two_trading_days_after_the_shares(quiet):
    start = quiet.deposit().cash
    quiet.place(Side.BUY, SAMSUNG, 10, kind="3")
    later(quiet, minutes=1)
    bought, money = quiet.positions()[0].cost, quiet.deposit()
    assert money.d2_bought == bought + REAL.commission(bought)
    assert (money.cash, money.d1, money.d2) == (start, start, start - money.d2_bought)
    quiet.jump(at("09:30:00", date(2026, 11, 23)))
    assert (quiet.deposit().cash, quiet.deposit().d1) == (start, money.d2)
    quiet.jump(at("09:30:00", date(2026, 11, 24)))
    assert quiet.deposit().cash == money.d2
    (row,) = quiet.cash_ledger(date(2026, 11, 24), date(2026, 11, 24))
    assert (row.traded, row.day, row.balance) == (FRIDAY, date(2026, 11, 24), money.d2)
    assert row.settled == row.amount + row.commission == start - money.d2


def test_yesterdays_orders_are_history_and_numbers_begin_anew(quiet):
    first = quiet.place(Side.BUY, SAMSUNG, 1, quiet.quote(SAMSUNG).lower_limit)
    quiet.jump(at("09:05:00", date(2026, 11, 23)))
    second = quiet.place(Side.BUY, SAMSUNG, 1, quiet.quote(SAMSUNG).lower_limit)
    assert int(second.number) < int(first.number)
    assert [order.number for order in quiet.orders_on(FRIDAY)] == [first.number]
    assert [order.number for order in quiet.orders_on(date(2026, 11, 23))] == [second.number]
