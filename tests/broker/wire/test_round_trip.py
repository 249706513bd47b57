"""Whatever is written as the broker writes it is read back as it was."""

from datetime import UTC, date, datetime, time
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from kiwoomweb.broker.domain import SEOUL, Side
from kiwoomweb.broker.wire import names, numbers, times, writing

amounts = st.integers(-(10**14), 10**14)
prices = st.integers(0, 10**7)
codes = st.from_regex(r"[0-9A-Z]{6}", fullmatch=True)
days = st.dates(date(1956, 3, 3), date(2199, 12, 31))
clocks = st.times().map(lambda at: at.replace(microsecond=0))


def cents(places: int) -> st.SearchStrategy[Decimal]:
    return st.integers(-(10**9), 10**9).map(lambda n: Decimal(n).scaleb(-places))


@given(amounts)
def test_plain_and_signed_amounts(amount):
    assert numbers.won(writing.plain(amount)) == amount
    assert numbers.won(writing.plus(amount)) == amount


@given(amounts, st.sampled_from([10, 12, 15]))
def test_padded_amounts_keep_their_width(amount, width):
    text = writing.padded(amount, width)
    assert numbers.won(text) == amount
    assert len(text) == max(width, len(str(amount)))
    assert text.startswith("-") == (amount < 0)


@given(prices, st.none() | prices)
def test_a_price_comes_back_and_its_direction_shows(price, base):
    text = writing.directed(price, base)
    assert numbers.price(text) == price
    if price and base is not None:
        assert numbers.won(text) == (price if price >= base else -price)


@given(st.sampled_from([2, 4, 7]).flatmap(lambda n: st.tuples(st.just(n), cents(n))))
def test_rates_of_any_number_of_decimals(told):
    places, value = told
    assert numbers.rate(writing.fixed(value, places)) == value
    assert numbers.rate(writing.fixed(value, places, width=12)) == value
    assert numbers.rate(writing.plus(value)) == value


@given(cents(2))
def test_numbers_without_their_decimal_point(value):
    assert numbers.scaled(writing.scaled(value)) == value


@given(
    st.integers(1, 10**9).filter(lambda n: n not in {2147483647, 4294967295}), st.sampled_from([None, *Side])
)
def test_traded_sizes_and_who_came(size, side):
    assert numbers.aggressor(writing.sided(size, side)) == (side, size)


@given(st.integers(0, 10**6))
def test_units(many):
    assert numbers.millions(writing.millions(many * 1_000_000)) == many * 1_000_000
    assert numbers.eoks(writing.eoks(many * 100_000_000)) == many * 100_000_000


@given(codes, st.sampled_from("AJQ"), st.sampled_from(["", "_NX", "_AL"]))
def test_symbols(code, letter, suffix):
    assert names.symbol(writing.prefixed(code, letter)) == code
    assert names.item(writing.prefixed(code, letter) + suffix) == code + suffix


@given(st.sampled_from(list(Side)), st.sampled_from(["", "정정", "취소", "신용"]))
def test_sides(side, suffix):
    assert names.side(writing.side_label(side, suffix)) is side


@given(days, clocks)
def test_days_and_times(day, clock):
    assert times.day(writing.day(day)) == day
    assert times.clock(writing.clock(clock)) == clock
    assert times.clock(writing.colon_clock(clock)) == clock
    moment = datetime.combine(day, clock, tzinfo=SEOUL)
    assert times.moment(writing.moment(moment)) == moment


def test_none_is_written_blank():
    blank = [
        writing.plain(None),
        writing.padded(None, 15),
        writing.plus(None),
        writing.fixed(None),
        writing.directed(None, 1),
        writing.sided(None, Side.BUY),
        writing.scaled(None),
        writing.millions(None),
        writing.eoks(None),
        writing.prefixed(""),
        writing.day(None),
        writing.clock(None),
        writing.colon_clock(None),
        writing.moment(None),
    ]
    assert set(blank) == {""}
    assert writing.day(None, empty="00000000") == "00000000"


def test_a_moment_is_told_in_korean_time_wherever_we_are():
    assert writing.clock(datetime(2026, 9, 14, 0, 30, tzinfo=UTC)) == "093000"
    assert writing.colon_clock(time(9, 30)) == "09:30:00"


@given(st.text(max_size=12))
def test_any_text_is_a_value_none_or_an_honest_error(text):
    for read in (numbers.won, numbers.rate, numbers.count, names.symbol, names.side, times.day, times.clock):
        try:
            value = read(text)
        except ValueError:
            continue
        assert value is not None or not text.strip().strip("0") or read is numbers.count
