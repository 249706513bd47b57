"""Every odd way in which the broker writes a number."""

from decimal import Decimal

import pytest

from kiwoomweb.broker.domain import Side
from kiwoomweb.broker.wire.numbers import (
    aggressor,
    count,
    decimal,
    eoks,
    millions,
    nearest_won,
    price,
    rate,
    scaled,
    won,
)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("000000017598258", 17598258),
        ("-00000000000084", -84),
        ("000000000000000", 0),
        ("-0", 0),
        ("+120", 120),
        ("--335", -335),
        ("+-335", -335),
        ("++335", 335),
        ("56,900", 56900),
        ("1,234,567", 1234567),
        ("500.00", 500),
        (" 84 ", 84),
    ],
)
def test_an_amount_keeps_its_sign_and_loses_its_padding(text, value):
    assert won(text) == value


@pytest.mark.parametrize(("text", "value"), [("+60100", 60100), ("-59900", 59900), ("60000", 60000), ("0", 0)])
def test_the_sign_of_a_price_is_only_its_direction(text, value):
    assert price(text) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("000000002.98", "2.98"),
        ("-0.91", "-0.91"),
        ("+1.52", "1.52"),
        ("20%", "20"),
        ("-0.00", "0.00"),
        ("-43.8977", "-43.8977"),
        (".5", "0.5"),
    ],
)
def test_a_rate_is_percent_with_every_decimal_it_came_with(text, value):
    assert rate(text) == Decimal(value)


def test_nothing_is_less_than_zero_by_being_minus_zero():
    assert str(rate("-0.00")) == "0.00"


@pytest.mark.parametrize("text", ["4294967295", "2147483647", "-2147483", "-2147483648"])
def test_a_counter_that_ran_over_is_no_count(text):
    assert count(text) is None
    assert millions(text) is None


def test_an_amount_may_well_be_as_large_as_an_overflow_mark():
    assert won("4294967295") == 4294967295


def test_a_fraction_of_a_won_goes_to_the_nearest_won():
    assert nearest_won("59813.04") == 59813
    assert nearest_won("-59813.96") == -59814


def test_average_prices_keep_their_seven_decimals():
    assert decimal("97602.9573459") == Decimal("97602.9573459")


def test_units_are_turned_into_won():
    assert millions("632640") == 632_640_000_000
    assert eoks("24352") == 2_435_200_000_000


def test_a_number_without_its_decimal_point_gets_it_back():
    assert scaled("+38") == Decimal("0.38")
    assert scaled("265012") == Decimal("2650.12")
    assert scaled("-00000130", 1000) == Decimal("-0.13")


@pytest.mark.parametrize(
    ("text", "told"), [("+82", (Side.BUY, 82)), ("-82", (Side.SELL, 82)), ("82", (None, 82)), ("", None)]
)
def test_the_sign_of_a_traded_size_tells_who_came_to_the_other(text, told):
    assert aggressor(text) == told


READERS = [won, price, count, decimal, rate, scaled, millions, eoks, nearest_won, aggressor]


@pytest.mark.parametrize("read", READERS)
@pytest.mark.parametrize("text", ["", "   "])
def test_blank_is_unknown_and_not_zero(read, text):
    assert read(text) is None


@pytest.mark.parametrize("read", READERS)
@pytest.mark.parametrize(
    "text", ["abc", "12x", "1,23", "1_000", "---5", "1e3", "NaN", "-", "1.2.3", "１２", "매수"]
)
def test_what_no_broker_writes_is_an_error_and_not_zero(read, text):
    with pytest.raises(ValueError, match="number"):
        read(text)


@pytest.mark.parametrize("read", [won, price, count, millions])
def test_half_a_won_is_no_whole_amount(read):
    with pytest.raises(ValueError, match="whole"):
        read("10.5")
