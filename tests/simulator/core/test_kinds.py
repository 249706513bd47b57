"""Every 매매구분 does what its name says, in the sessions that take it (PROTOCOL 7.2, 7.7)."""

from datetime import date, datetime, timedelta

import pytest

from kiwoomweb.broker.domain import Side, Venue
from kiwoomweb.simulator.exchange import Exchange, OrderRefused
from kiwoomweb.simulator.kinds import KINDS
from kiwoomweb.simulator.order_facts import OrderState
from kiwoomweb.simulator.prices import SHARES
from tests.simulator.core.conftest import FRIDAY, at

SAMSUNG, ECOPRO, RISING = "005930", "247540", "000660"
#: The last day of 시간외단일가 was the Friday before 2026-09-14.
LAST_SINGLE = date(2026, 9, 11)


def refusal(act) -> str:
    with pytest.raises(OrderRefused) as no:
        act()
    return no.value.code


def opened(clock: str, day: date = FRIDAY, profile: str = "real") -> Exchange:
    return Exchange.opened(trader=False, profile=profile, now=at(clock, day))


def rest_of_day(code: str, since: datetime) -> list:
    """The minutes to come, seen from the day's end."""
    bars = opened("15:31:00").minutes(code, 1, 400)
    return [bar for bar in bars if bar.at.date() == FRIDAY and since < bar.at < at("15:20:00")]


def price_for(exchange: Exchange, kind: str) -> int:
    """A limit far below the market where the kind wants one."""
    return exchange.quote(SAMSUNG).lower_limit if KINDS[kind].priced else 0


# --- 스톱지정가 -------------------------------------------------------------------------------------------


def test_a_stop_buy_sleeps_until_the_market_reaches_its_price(quiet):
    later = rest_of_day(RISING, quiet.now() - timedelta(minutes=1))
    stop = max(bar.high for bar in later)
    assert stop > quiet.quote(RISING).price
    limit = SHARES.up(SHARES.up(stop))
    order = quiet.place(Side.BUY, RISING, 2, limit, kind="28", stop_price=stop)
    reached = min(bar.at for bar in later if bar.high >= stop)
    quiet.jump(reached - timedelta(seconds=1))
    assert quiet.order(FRIDAY, order.number).filled == 0
    quiet.jump(at("15:30:01"))
    done = quiet.order(FRIDAY, order.number)
    assert done.filled == 2
    assert all(fill.at >= reached and fill.price <= limit for fill in done.fills)


def test_a_stop_sell_waits_for_the_price_to_fall(quiet):
    quiet.place(Side.BUY, ECOPRO, 2, kind="3")
    quiet.jump(at("10:31:00"))
    stop = min(bar.low for bar in rest_of_day(ECOPRO, quiet.now() + timedelta(minutes=1)))
    assert stop < quiet.quote(ECOPRO).price
    order = quiet.place(Side.SELL, ECOPRO, 2, SHARES.down(stop), kind="28", stop_price=stop)
    assert quiet.positions()[0].sellable == 0
    quiet.jump(at("15:30:01"))
    assert quiet.order(FRIDAY, order.number).filled == 2


def test_a_stop_that_is_already_reached_is_a_limit_order_at_once(quiet):
    quote = quiet.quote(SAMSUNG)
    order = quiet.place(Side.BUY, SAMSUNG, 1, quote.best_ask, kind="28", stop_price=quote.lower_limit)
    quiet.jump(at("10:30:01"))
    assert quiet.order(FRIDAY, order.number).filled == 1


def test_a_stop_never_reached_dies_with_the_day(quiet):
    quote = quiet.quote(SAMSUNG)
    order = quiet.place(Side.BUY, SAMSUNG, 1, quote.upper_limit, kind="28", stop_price=quote.upper_limit)
    quiet.jump(at("15:30:01"))
    assert quiet.order(FRIDAY, order.number).state is OrderState.EXPIRED


def test_a_stop_wants_a_stop_price_that_exists(quiet):
    ask, beyond = quiet.quote(SAMSUNG).best_ask, quiet.quote(SAMSUNG).upper_limit + 5_000
    for stop, code in ((0, ""), (ask + 1, "571557"), (beyond, "")):
        assert refusal(lambda s=stop: quiet.place(Side.BUY, SAMSUNG, 1, ask, kind="28", stop_price=s)) == code
    assert refusal(lambda: quiet.place(Side.BUY, SAMSUNG, 1, 0, kind="28", stop_price=ask)) == "308003"


def test_a_sleeping_stop_can_be_given_another_stop_price(quiet):
    quote = quiet.quote(SAMSUNG)
    order = quiet.place(Side.BUY, SAMSUNG, 1, quote.best_ask, kind="28", stop_price=quote.upper_limit)
    kept = quiet.modify(order.number, SAMSUNG, 0, quote.best_ask, venue=Venue.KRX)
    assert kept.stop_price == quote.upper_limit
    moved = quiet.modify(kept.number, SAMSUNG, 0, quote.best_ask, venue=Venue.KRX, stop_price=quote.lower_limit)
    assert (moved.kind, moved.stop_price) == ("28", quote.lower_limit)
    quiet.jump(at("10:30:02"))
    assert quiet.order(FRIDAY, moved.number).filled == 1


def test_a_stop_that_has_woken_is_changed_like_a_limit_order(quiet):
    quote = quiet.quote(SAMSUNG)
    order = quiet.place(Side.BUY, SAMSUNG, 1, quote.lower_limit, kind="28", stop_price=quote.lower_limit)
    quiet.jump(at("10:30:02"))
    moved = quiet.modify(order.number, SAMSUNG, 0, quiet.quote(SAMSUNG).best_ask, venue=Venue.KRX)
    assert moved.stop_price == 0
    quiet.jump(at("10:30:04"))
    assert quiet.order(FRIDAY, moved.number).filled == 1


# --- 조건부지정가 -----------------------------------------------------------------------------------------


def test_what_a_conditional_order_does_not_get_by_day_it_takes_at_the_close(quiet):
    power = quiet.deposit().buying_power
    order = quiet.place(Side.BUY, SAMSUNG, 3, quiet.quote(SAMSUNG).lower_limit, kind="5")
    assert power - quiet.deposit().buying_power >= 3 * quiet.quote(SAMSUNG).upper_limit
    quiet.jump(at("15:29:59"))
    assert quiet.order(FRIDAY, order.number).filled == 0
    quiet.jump(at("15:30:01"))
    done = quiet.order(FRIDAY, order.number)
    assert (done.filled, done.price) == (3, order.price)
    assert done.average_price == quiet.bars(SAMSUNG, "day", 1)[0].close


def test_a_conditional_order_at_the_market_fills_by_day(quiet):
    order = quiet.place(Side.BUY, SAMSUNG, 1, quiet.quote(SAMSUNG).best_ask, kind="5")
    quiet.jump(at("10:30:01"))
    assert quiet.order(FRIDAY, order.number).filled == 1


def test_a_conditional_order_given_up_before_the_close_stays_unfilled(quiet):
    order = quiet.place(Side.BUY, SAMSUNG, 3, quiet.quote(SAMSUNG).lower_limit, kind="5")
    quiet.jump(at("15:25:00"))
    quiet.cancel(order.number, SAMSUNG, 1, venue=Venue.KRX)
    quiet.jump(at("15:31:00"))
    assert quiet.order(FRIDAY, order.number).filled == 2


def test_there_is_no_conditional_order_where_there_is_no_closing_auction(quiet):
    low = quiet.quote(SAMSUNG).lower_limit
    assert refusal(lambda: quiet.place(Side.BUY, SAMSUNG, 1, low, kind="5", venue=Venue.NXT)) == "407022"
    closing = opened("15:22:00")
    assert refusal(lambda: closing.place(Side.BUY, SAMSUNG, 1, low, kind="5")) == "521790"


# --- 중간가 -----------------------------------------------------------------------------------------------


def test_the_middle_of_the_book_is_between_its_sides(quiet):
    order = quiet.place(Side.BUY, SAMSUNG, 5, kind="29")
    quiet.jump(at("10:40:00"))
    done = quiet.order(FRIDAY, order.number)
    assert (done.filled, done.price) == (5, 0)
    low, high = quiet.quote(SAMSUNG).low, quiet.quote(SAMSUNG).high
    for fill in done.fills:
        assert low < fill.price < high
        assert not SHARES.fits(fill.price)


def test_a_middle_price_order_ends_with_the_continuous_session():
    late = opened("15:19:59")
    order = late.place(Side.BUY, SAMSUNG, 100, kind="29")
    late.jump(at("15:20:01"))
    done = late.order(FRIDAY, order.number)
    assert not done.is_open
    assert (done.state is OrderState.FILLED) or (done.state is OrderState.EXPIRED)


@pytest.mark.behaviour(59)
def test_at_once_in_the_middle_takes_what_hides_there_or_nothing():
    seen = set()
    exchange = opened("10:00:00")
    for minute in range(12):
        exchange.jump(at(f"10:{minute:02d}:05"))
        some = exchange.place(Side.BUY, SAMSUNG, 2, kind="30")
        none = exchange.place(Side.BUY, SAMSUNG, 2, kind="31")
        exchange.jump(exchange.now() + timedelta(seconds=1))
        ioc, fok = (exchange.order(FRIDAY, one.number) for one in (some, none))
        assert not ioc.is_open
        assert fok.filled in (0, 2)
        seen.add("some" if ioc.filled else "none")
        exchange.jump(exchange.now() + timedelta(seconds=1))
    assert seen == {"some", "none"}


def test_a_middle_price_order_has_no_price_to_move(quiet):
    order = quiet.place(Side.BUY, ECOPRO, 20, kind="29")
    price = quiet.quote(ECOPRO).best_ask
    assert refusal(lambda: quiet.modify(order.number, ECOPRO, 0, price, venue=Venue.KRX)) == "407022"


@pytest.mark.parametrize("kind", ["28", "29", "30", "31"])
@pytest.mark.parametrize("clock", ["08:45:00", "15:25:00", "15:45:00", "16:30:00"])
def test_kinds_of_the_continuous_session_are_refused_outside_it(kind, clock):
    exchange = opened(clock)
    stop = exchange.quote(SAMSUNG).upper_limit
    price = price_for(exchange, kind)
    assert refusal(lambda: exchange.place(Side.BUY, SAMSUNG, 1, price, kind=kind, stop_price=stop)) == "521790"


# --- 시간외 -----------------------------------------------------------------------------------------------


def test_before_the_open_shares_trade_at_yesterdays_close():
    early = opened("08:31:00")
    order = early.place(Side.BUY, SAMSUNG, 2, kind="61")
    assert order.price == early.quote(SAMSUNG).base_price
    early.jump(at("08:40:01"))
    done = early.order(FRIDAY, order.number)
    assert not done.is_open
    assert {fill.price for fill in done.fills} <= {order.price}
    assert done.filled == 2 or done.state is OrderState.EXPIRED


def test_after_the_close_shares_trade_at_todays_close():
    late = opened("15:45:00")
    order = late.place(Side.BUY, SAMSUNG, 2, kind="81")
    assert order.price == late.bars(SAMSUNG, "day", 1)[0].close
    late.jump(at("16:00:01"))
    done = late.order(FRIDAY, order.number)
    assert done.filled == 2
    assert {fill.price for fill in done.fills} == {order.price}


@pytest.mark.behaviour(55)
@pytest.mark.parametrize(("kind", "clock"), [("61", "08:31:00"), ("81", "15:45:00")])
def test_a_session_at_the_close_takes_no_price(kind, clock):
    exchange = opened(clock)
    price = exchange.quote(SAMSUNG).best_bid or exchange.quote(SAMSUNG).price
    assert refusal(lambda: exchange.place(Side.BUY, SAMSUNG, 1, price, kind=kind)) == "571357"
    assert refusal(lambda: exchange.place(Side.BUY, SAMSUNG, 1, kind=kind, venue=Venue.NXT)) == "407022"


@pytest.mark.parametrize(
    ("kind", "clock"),
    [("61", "08:20:00"), ("61", "08:41:00"), ("61", "10:00:00"), ("81", "15:35:00"), ("81", "16:01:00")],
)
def test_a_session_at_the_close_has_its_hours(kind, clock):
    exchange = opened(clock)
    assert refusal(lambda: exchange.place(Side.BUY, SAMSUNG, 1, kind=kind)) == "521790"


@pytest.mark.behaviour(57)
def test_single_price_trading_was_held_every_ten_minutes_until_it_was_given_up():
    evening = opened("16:05:00", LAST_SINGLE)
    price = SHARES.up(SHARES.up(evening.bars(SAMSUNG, "day", 1)[0].close))
    order = evening.place(Side.BUY, SAMSUNG, 2, price, kind="62")
    evening.jump(at("18:00:01", LAST_SINGLE))
    done = evening.order(LAST_SINGLE, order.number)
    assert not done.is_open
    assert done.fills
    assert all(fill.at.minute % 10 == 0 and fill.at.second == 0 for fill in done.fills)
    assert refusal(lambda: opened("16:05:00").place(Side.BUY, SAMSUNG, 2, price, kind="62")) == "521790"


def test_single_price_trading_stays_within_ten_percent_of_the_close():
    evening = opened("16:05:00", LAST_SINGLE)
    close = evening.bars(SAMSUNG, "day", 1)[0].close
    far = SHARES.up(close * 111 // 100)
    assert far < evening.quote(SAMSUNG).upper_limit
    with pytest.raises(OrderRefused, match="상한가보다 높습니다"):
        evening.place(Side.BUY, SAMSUNG, 1, far, kind="62")


@pytest.mark.parametrize(
    ("kind", "clock", "code"), [("61", "08:31:00", "RC4057"), ("81", "15:45:00", "RC4058")]
)
def test_the_mock_host_has_no_sessions_around_the_day(kind, clock, code):
    exchange = opened(clock, profile="mock")
    assert refusal(lambda: exchange.place(Side.BUY, SAMSUNG, 1, kind=kind)) == code


# --- all of them ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_kind_leaves_sound_books_whatever_becomes_of_it(kind):
    clock = {"61": "08:31:00", "81": "15:45:00", "62": "16:05:00"}.get(kind, "10:30:00")
    day = LAST_SINGLE if kind == "62" else FRIDAY
    exchange = opened(clock, day)
    price = exchange.quote(SAMSUNG).price if KINDS[kind].priced else 0
    order = exchange.place(Side.BUY, SAMSUNG, 7, price, kind=kind, stop_price=price)
    exchange.jump(at("20:00:01", day))
    done, money = exchange.order(day, order.number), exchange.deposit()
    assert not done.is_open
    assert money.reserved == 0
    assert 10_000_000 - money.d2 == done.amount + done.commission
    assert sum(one.quantity for one in exchange.positions()) == done.filled
