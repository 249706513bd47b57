"""What the simulator writes our client reads back, for any value: padding, signs, rates, times, codes."""

from datetime import date, datetime
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from kiwoomweb.broker.domain import SEOUL
from kiwoomweb.broker.wire import names, numbers, times, writing
from kiwoomweb.simulator.profile import MOCK, REAL
from kiwoomweb.simulator.replies import text

WON = st.integers(-(10**12), 10**12)
PRICE = st.integers(1, 10**8)
RATE = st.decimals("-99.99", "9999.99", places=2)
MOMENT = st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1)).map(lambda at: at.replace(microsecond=0))  # noqa: DTZ001


@given(WON, st.sampled_from([10, 12, 15]))
def test_amounts(amount: int, width: int) -> None:
    assert numbers.won(writing.padded(amount, width)) == amount


@given(PRICE, PRICE)
def test_prices_with_their_direction(price: int, base: int) -> None:
    assert numbers.price(writing.directed(price, base)) == price


@given(WON)
def test_changes(amount: int) -> None:
    assert numbers.won(writing.plus(amount)) == amount


@given(RATE)
def test_rates_of_both_hosts(rate: Decimal) -> None:
    assert numbers.rate(writing.plus(rate)) == rate
    assert numbers.rate(text.percent(rate, REAL)) == rate
    assert numbers.rate(text.percent(rate, MOCK)) == rate


@given(st.decimals(-(10**9), 10**9, places=7))
def test_fractions_of_a_won(amount: Decimal) -> None:
    assert numbers.decimal(text.decimals(amount, 7)) == amount
    assert abs(numbers.decimal(writing.fixed(amount, cut=True)) - amount) < Decimal("0.01")


@given(st.integers(0, 10**15))
def test_turnover_to_the_million(amount: int) -> None:
    assert numbers.millions(writing.millions(amount)) == amount // 1_000_000 * 1_000_000


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_days(day: date) -> None:
    assert times.day(writing.day(day)) == day


@given(MOMENT)
def test_times_with_and_without_colons(moment: datetime) -> None:
    at = moment.replace(tzinfo=SEOUL)
    assert times.clock(writing.clock(at)) == times.clock(writing.colon_clock(at)) == moment.time()


@given(st.from_regex(r"[0-9][0-9A-Z]{5}", fullmatch=True))
def test_codes_with_their_letter(code: str) -> None:
    assert names.symbol(writing.prefixed(code)) == code
