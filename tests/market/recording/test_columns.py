"""What is packed is read back to the last digit."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from market.analytics.columns import pack, unpack
from market.analytics.recorded import (
    BookRow,
    TickRow,
    books_of,
    minutes_of,
    pack_books,
    pack_ticks,
    ticks_of,
    wide_books,
    wide_ticks,
)

NUMBERS = st.lists(st.integers(-(2**61), 2**61), min_size=1, max_size=50)


@given(st.lists(NUMBERS, min_size=1, max_size=4))
def test_columns_come_back_as_they_were(columns: list[list[int]]) -> None:
    length = min(map(len, columns))
    cut = [column[:length] for column in columns]
    assert unpack(pack(cut)) == cut


@pytest.mark.parametrize("damaged", [b"", b"x", pack([[1, 2, 3]])[:-3], b"\x00" * 40])
def test_damage_is_an_error_and_never_other_numbers(damaged: bytes) -> None:
    with pytest.raises(ValueError, match=r"columns|packed"):
        unpack(damaged)


LEVEL = st.tuples(st.integers(1, 2_000_000), st.integers(0, 10**9))
BOOKS = st.builds(
    BookRow,
    at=st.integers(0, 2**33),
    heard=st.integers(0, 2**43),
    asks=st.lists(LEVEL, max_size=10).map(tuple),
    bids=st.lists(LEVEL, max_size=10).map(tuple),
    total_asks=st.integers(0, 10**10),
    total_bids=st.integers(0, 10**10),
    expected_price=st.integers(0, 10**6),
    expected_size=st.integers(0, 10**9),
)


@given(st.lists(BOOKS, min_size=1, max_size=20))
def test_books_come_back_level_by_level(books: list[BookRow]) -> None:
    assert books_of(pack_books(books)) == books


TICKS = [
    TickRow(60, 60_100, 100, 5, 1, 5),
    TickRow(60, 60_900, 104, 2, 1, 7),
    TickRow(60, 60_950, 99, 1, -1, 8),
    TickRow(119, 119_000, 101, 4, 0, 12),
    TickRow(120, 120_000, 102, 3, 1, 15),
]


def test_ticks_come_back() -> None:
    assert ticks_of(pack_ticks(TICKS)) == TICKS


def test_thinned_ticks_lose_no_share_and_keep_the_last_price() -> None:
    wide = wide_ticks(TICKS, 1)
    assert sum(row.size for row in wide) == sum(row.size for row in TICKS)
    assert [row.price for row in wide if row.at == 60] == [104, 99]
    assert wide[-1] == TICKS[-1]


def test_of_a_minute_the_last_book_is_kept() -> None:
    books = [BookRow(at, at, ((100, at),), (), at, 0, 0, 0) for at in (0, 30, 59, 60)]
    assert [book.at for book in wide_books(books, 60)] == [59, 60]


def test_minute_bars_of_ticks() -> None:
    bars = minutes_of(TICKS)
    assert [(bar.at, bar.open, bar.high, bar.low, bar.close, bar.volume) for bar in bars] == [
        (60, 10_000, 10_400, 9_900, 10_100, 12),
        (120, 10_200, 10_200, 10_200, 10_200, 3),
    ]
