"""Symbols, sides, venues and order numbers as the broker writes them."""

import pytest

from kiwoomweb.broker.domain import Side, Venue
from kiwoomweb.broker.wire.names import flag, item, order_no, routed, side, symbol, venue


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("005930", "005930"),
        ("A005930", "005930"),
        ("J52G123", "52G123"),
        ("Q500001", "500001"),
        ("0156T0", "0156T0"),
        ("A0156T0", "0156T0"),
        ("005930_AL", "005930"),
        ("A005930_NX", "005930"),
        ("M04020000", "M04020000"),
    ],
)
def test_a_symbol_is_bare_however_it_is_dressed(text, value):
    assert symbol(text) == value


def test_an_item_keeps_the_venue_it_was_registered_for():
    assert item("005930_NX") == "005930_NX"
    assert item("A005930_AL") == "005930_AL"


@pytest.mark.parametrize("text", ["5930", "B005930", "005930_XX", "삼성전자", "00593"])
def test_what_is_no_symbol_is_an_error(text):
    with pytest.raises(ValueError, match="symbol"):
        symbol(text)


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("+매수", Side.BUY),
        ("-매도", Side.SELL),
        ("-매수", Side.BUY),
        ("+매수정정", Side.BUY),
        ("현금매도", Side.SELL),
        ("매수취소", Side.BUY),
    ],
)
def test_the_side_is_the_word_and_not_the_colour(text, who):
    assert side(text) is who


@pytest.mark.parametrize("text", ["취소", "매수매도", "BUY"])
def test_a_label_without_one_side_is_an_error(text):
    with pytest.raises(ValueError, match="매수"):
        side(text)


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("통합", Venue.ALL),
        ("KRX", Venue.KRX),
        ("S-KRX", Venue.KRX),
        ("NXT", Venue.NXT),
        ("SOR", Venue.SOR),
        ("1", Venue.KRX),
        ("%", Venue.ALL),
        ("", None),
    ],
)
def test_venues_by_word_and_by_number(text, where):
    assert venue(text) is where


def test_an_unknown_venue_is_an_error():
    with pytest.raises(ValueError, match="venue"):
        venue("NYSE")


def test_the_router_is_named_in_two_ways():
    assert routed("SOR")
    assert routed("S-NXT")
    assert not routed("NXT")


@pytest.mark.parametrize(
    ("text", "value"), [("0060327", "0060327"), ("8", "0000008"), ("0000000", None), ("", None)]
)
def test_an_order_number_has_seven_digits_or_there_is_none(text, value):
    assert order_no(text) == value


def test_an_order_number_is_digits():
    with pytest.raises(ValueError, match="order number"):
        order_no("00A0001")


def test_yes_and_no():
    assert (flag("Y"), flag("N"), flag("")) == (True, False, None)
    with pytest.raises(ValueError, match="Y nor N"):
        flag("1")
