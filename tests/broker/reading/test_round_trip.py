"""Whatever is written as the broker writes it, every kind of field reads back as it was."""

from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiwoomweb.broker.catalogue import TR, Field, all_trs
from kiwoomweb.broker.domain import SEOUL, Side
from kiwoomweb.broker.reading.cells import cell
from kiwoomweb.broker.reading.meanings import Meaning, meaning
from kiwoomweb.broker.reading.shapes import Cell, Kind
from kiwoomweb.broker.wire import writing

FIGURES = {Kind.WON, Kind.COUNT, Kind.RATE, Kind.NUMBER}
UNSIGNED = {Kind.PRICE, Kind.POINTS}


def leaves(tr: TR, fields: tuple[Field, ...]) -> list[tuple[TR, Field]]:
    """Every field of a reply that holds a value."""
    below = [found for field in fields if field.kind == "list" for found in leaves(tr, field.fields)]
    return [(tr, field) for field in fields if field.kind != "list"] + below


#: One meaning for each way a field may be read: kind, unit and factor.
MEANINGS: list[Meaning] = sorted(
    {meaning(field, tr) for every in all_trs() for tr, field in leaves(every, every.response)},
    key=lambda means: (means.kind, means.unit, means.factor, means.symbol),
)
OF_FIGURES = [means for means in MEANINGS if means.kind in FIGURES]
OF_PRICES = [means for means in MEANINGS if means.kind in UNSIGNED]


def figures(means: Meaning) -> st.SearchStrategy[Decimal]:
    """What the wire can say in this unit: whole numbers, or two decimals where it has them."""
    places = 2 if means.kind in {Kind.RATE, Kind.NUMBER} and means.factor == 1 else 0
    return st.integers(-(10**9), 10**9).map(lambda n: Decimal(n).scaleb(-places))


def test_every_kind_is_written_somewhere() -> None:
    assert {means.kind for means in MEANINGS} == set(Kind)


@pytest.mark.parametrize("means", OF_FIGURES, ids=str)
@given(data=st.data())
def test_a_signed_figure_in_every_unit(means: Meaning, data: st.DataObject) -> None:
    told = data.draw(figures(means))
    if means.kind is not Kind.RATE and abs(told) in {2147483647, 2147483648, 2147483, 4294967295}:
        return  # an overflow mark of the broker's counters is no figure
    for text in (writing.plain(told), writing.plus(told), writing.padded(told, 15)):
        read = cell(text, means)
        assert read.value == told * means.factor
        assert not read.problem


@pytest.mark.parametrize("means", OF_PRICES, ids=str)
@given(price=st.integers(1, 10**7), base=st.integers(1, 10**7))
def test_a_price_comes_back_and_its_sign_is_the_way_it_went(means: Meaning, price: int, base: int) -> None:
    read = cell(writing.directed(price, base), means)
    assert read.value == price * means.factor
    assert read.direction == (1 if price > base else -1 if price < base else None)


@given(size=st.integers(1, 10**6), side=st.sampled_from([*Side, None]))
def test_a_traded_size_and_who_came(size: int, side: Side | None) -> None:
    read = cell(writing.sided(size, side), Meaning(Kind.TRADED, "주"))
    assert (read.value, read.direction) == (size, {Side.BUY: 1, Side.SELL: -1, None: None}[side])


@given(st.dates(date(1956, 3, 3), date(2199, 12, 31)), st.times())
def test_days_times_and_moments(day: date, clock: time) -> None:
    clock = clock.replace(microsecond=0)
    moment = datetime.combine(day, clock, tzinfo=SEOUL)
    assert cell(writing.day(day), Meaning(Kind.DAY)).value == day
    assert cell(writing.clock(clock), Meaning(Kind.CLOCK)).value == clock
    assert cell(writing.colon_clock(clock), Meaning(Kind.CLOCK)).value == clock
    assert cell(writing.moment(moment), Meaning(Kind.MOMENT)).value == moment


@given(st.from_regex(r"[0-9A-Z]{6}", fullmatch=True), st.sampled_from("AJQ"))
def test_symbols_with_the_letter_of_their_class(code: str, letter: str) -> None:
    assert cell(writing.prefixed(code, letter), Meaning(Kind.CODE, symbol=True)).value == code


@pytest.mark.parametrize("means", MEANINGS, ids=str)
@given(sent=st.text(max_size=20) | st.none() | st.booleans() | st.floats() | st.lists(st.text()))
def test_anything_at_all_is_a_value_none_or_told(means: Meaning, sent: Any) -> None:
    read = cell(sent, means)
    assert isinstance(read, Cell)
    read.raw.encode()
    assert read.value is None or not read.problem
    if read.value == 0 and not isinstance(read.value, str):
        assert "0" in read.raw


@pytest.mark.parametrize("means", MEANINGS, ids=str)
def test_none_is_written_blank_and_read_as_none(means: Meaning) -> None:
    for blank in ("", " ", None):
        assert cell(blank, means) == Cell(blank or "", None)
