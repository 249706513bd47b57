"""Round trips out of fills: every case worked out by hand in its docstring."""

import random
from collections import Counter
from datetime import date, datetime, time, timedelta
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from kiwoomweb.broker.domain import SEOUL
from portfolio.analytics.trades.changes import Change, Kind
from portfolio.analytics.trades.deriving import derive, in_order
from portfolio.analytics.trades.facts import Execution

MONDAY = date(2026, 11, 16)


def fill(text: str, order: int, book: int | None = None, credit: str = "", symbol: str = "005930") -> Execution:
    """``fill("0 09:30 buy 10@1000", 1)``: day (0 is Monday), time, side, shares, price."""
    days, clock, side, what = text.split()
    quantity, price = (int(part) for part in what.split("@"))
    day = MONDAY + timedelta(days=int(days))
    at = datetime.combine(day, time.fromisoformat(clock), tzinfo=SEOUL)
    minute = int(days) * 720 + (at.hour - 8) * 60 + at.minute
    return Execution(
        day, at, side == "buy", quantity, quantity * price, str(order), symbol, credit, book, minute
    )


def trips_of(*fills: str, changes: tuple[Change, ...] = ()):
    return derive([fill(text, number) for number, text in enumerate(fills, 1)], changes)


def test_in_and_out_is_one_trade_with_what_lies_between() -> None:
    """10 × 1,000 = 10,000 bought, 10 × 1,100 = 11,000 sold: cost 10,000, half an hour held."""
    (trip,) = trips_of("0 09:30 buy 10@1000", "0 10:00 sell 10@1100")
    assert (trip.bought, trip.sold, trip.held, trip.held_minutes) == (10_000, 11_000, 0, 30)
    assert [(s.day, s.sold, s.cost, s.cost_fifo, s.is_closing) for s in trip.slices] == [
        (MONDAY, 11_000, 10_000, 10_000, True)
    ]
    assert trip.closed_day == MONDAY


def test_a_partial_sale_realises_inside_the_open_trade_at_the_moving_average() -> None:
    """10 at 1,000 and 10 at 1,200 average 1,100. Selling 5 costs 5,500 by average, 5,000 first in, first out;
    selling the other 15 next day costs 16,500 (average) or 17,000 (FIFO). Both add up to 22,000."""
    (trip,) = trips_of(
        "0 09:30 buy 10@1000", "0 09:40 buy 10@1200", "0 10:00 sell 5@1300", "1 10:00 sell 15@1300"
    )
    assert [(s.cost, s.cost_fifo, s.is_closing) for s in trip.slices] == [
        (5_500, 5_000, False),
        (16_500, 17_000, True),
    ]
    assert (trip.entries, trip.exits, trip.adds_below, trip.adds_above) == (2, 2, 0, 1)
    assert trip.max_quantity == 20


def test_adding_below_the_average_is_told_from_adding_above() -> None:
    """물타기: 900 against an average of 1,000; 불타기: 1,000 against (10,000 + 9,000) / 20 = 950."""
    (trip,) = trips_of(
        "0 09:30 buy 10@1000", "0 09:31 buy 10@900", "0 09:32 buy 1@1000", "0 09:33 sell 21@1000"
    )
    assert (trip.adds_below, trip.adds_above) == (1, 1)


def test_flat_again_is_the_end_and_the_next_buy_another_trade() -> None:
    first, second = trips_of(
        "0 09:30 buy 1@1000", "0 09:40 sell 1@1000", "0 09:50 buy 1@1000", "2 09:40 sell 1@900"
    )
    assert (first.closed_day, second.opened_day, second.closed_day) == (
        MONDAY,
        MONDAY,
        MONDAY + timedelta(days=2),
    )


def test_shares_still_held_leave_the_trade_open() -> None:
    (trip,) = trips_of("0 09:30 buy 10@1000", "0 09:40 sell 4@1000")
    assert (trip.closed_day, trip.held, trip.held_cost) == (None, 6, 6_000)


def test_cash_and_credit_and_books_never_mix() -> None:
    rows = [
        fill("0 09:30 buy 10@1000", 1),
        fill("0 09:31 buy 10@2000", 2, credit="신용"),
        fill("0 09:32 buy 10@3000", 3, book=7),
        fill("0 10:00 sell 10@2500", 4, credit="신용"),
    ]
    trips = {(trip.credit, trip.book): trip for trip in derive(rows)}
    assert trips["신용", None].slices[0].cost == 20_000
    assert (trips["", None].held, trips["", 7].held) == (10, 10)


def test_a_sale_without_a_buy_is_unknown_and_not_zero() -> None:
    (trip,) = trips_of("0 09:30 sell 10@1000")
    assert trip.adopted == 10
    assert trip.slices[0].cost is None
    assert trip.held_minutes is None
    assert trip.closed_day == MONDAY


def test_selling_more_than_was_seen_bought_makes_the_whole_trade_unknown() -> None:
    """10 bought, 30 sold: 20 came from before the journal, so nobody knows what the 30 had cost."""
    (trip,) = trips_of("0 09:30 buy 10@1000", "1 09:30 sell 30@1100")
    assert (trip.adopted, trip.sold_quantity, trip.held) == (20, 30, 0)
    assert trip.slices[0].cost is None


def test_an_order_placed_before_the_buy_it_sold_waits_for_it() -> None:
    """An aggregate carries the time of its order: placed 09:00, filled after the buy of 09:30."""
    (trip,) = trips_of("0 09:00 sell 10@1100", "0 09:30 buy 10@1000")
    assert (trip.adopted, trip.slices[0].cost) == (0, 10_000)


def test_the_rest_of_the_rounded_cost_stays_with_the_shares() -> None:
    """3 shares cost 100 won. One sale costs 33 (33.33), the next 33 or 34, all three 100."""
    (trip,) = trips_of(
        "0 09:30 buy 1@50", "0 09:31 buy 2@25", "1 09:30 sell 1@60", "2 09:30 sell 1@60", "3 09:30 sell 1@60"
    )
    costs = [piece.cost for piece in trip.slices]
    assert costs == [33, 34, 33]
    assert sum(costs) == 100


def change(kind: Kind, day: int, **more) -> Change:
    return Change(MONDAY + timedelta(days=day), kind, "005930", **more)


def test_a_split_overnight_shows_no_false_loss() -> None:
    """10 at 50,000; 5:1 overnight; 50 at 11,000 sold: 550,000 − 500,000 = +50,000, not −390,000."""
    (trip,) = trips_of(
        "0 09:30 buy 10@50000",
        "1 09:30 sell 50@11000",
        changes=(change(Kind.SPLIT, 1, ratio=Fraction(5)),),
    )
    assert (trip.adopted, trip.sold, trip.slices[0].cost) == (0, 550_000, 500_000)


def test_a_reverse_split_pays_out_fractions_of_a_share() -> None:
    """25 shares 10:1 are 2; the cost stays."""
    (trip,) = trips_of("0 09:30 buy 25@1000", changes=(change(Kind.SPLIT, 1, ratio=Fraction(1, 10)),))
    assert (trip.held, trip.held_cost) == (2, 25_000)


def test_bonus_shares_come_free_and_rights_at_their_price() -> None:
    """10 at 1,000, one bonus share for ten, five rights at 800: 16 shares for 14,000."""
    (trip,) = trips_of(
        "0 09:30 buy 10@1000",
        changes=(
            change(Kind.BONUS, 1, ratio=Fraction(11, 10)),
            change(Kind.RIGHTS, 2, quantity=5, amount=4_000),
        ),
    )
    assert (trip.held, trip.held_cost) == (16, 14_000)


def test_a_new_code_is_the_same_trade_under_another_name() -> None:
    rows = [fill("0 09:30 buy 10@1000", 1), fill("2 09:30 sell 10@1100", 2, symbol="000001")]
    (trip,) = derive(rows, (change(Kind.RENAME, 1, new_symbol="000001"),))
    assert (trip.symbol, trip.slices[0].cost, trip.opening_order) == ("000001", 10_000, "1")


def test_a_spin_off_takes_its_part_of_the_cost_along() -> None:
    """10 for 10,000; 30 % of the cost goes with one new share for two old: 5 for 3,000, 10 for 7,000."""
    trips = derive(
        [fill("0 09:30 buy 10@1000", 1)],
        (change(Kind.SPIN_OFF, 1, new_symbol="000009", ratio=Fraction(1, 2), cost_share=Fraction(3, 10)),),
    )
    assert {trip.symbol: (trip.held, trip.held_cost) for trip in trips} == {
        "005930": (10, 7_000),
        "000009": (5, 3_000),
    }


def test_a_delisting_ends_the_trade_with_what_was_paid_out() -> None:
    (trip,) = trips_of("0 09:30 buy 10@1000", changes=(change(Kind.DELISTING, 1, amount=1_200),))
    assert (trip.closed_day, trip.sold, trip.slices[0].cost) == (MONDAY + timedelta(days=1), 1_200, 10_000)


def test_shares_brought_in_are_held_at_the_cost_told_and_shares_taken_out_win_nothing() -> None:
    """20 for 30,000 brought in, 5 taken out at 1,500 each, 15 sold at 2,000: 30,000 − 22,500."""
    (trip,) = trips_of(
        "2 09:30 sell 15@2000",
        changes=(
            change(Kind.BROUGHT_IN, 0, quantity=20, amount=30_000),
            change(Kind.TAKEN_OUT, 1, quantity=5),
        ),
    )
    assert [(piece.sold, piece.cost) for piece in trip.slices] == [(7_500, 7_500), (30_000, 22_500)]


SIDES = st.tuples(
    st.integers(0, 5), st.integers(9, 14), st.booleans(), st.integers(1, 20), st.integers(100, 9_999)
)


@settings(max_examples=200, deadline=None)
@given(st.lists(SIDES, max_size=40), st.randoms(use_true_random=False))
def test_whatever_comes_in_whatever_order_every_share_is_in_one_trade(rows, luck: random.Random) -> None:
    fills = [
        fill(f"{day} {hour:02}:00 {'buy' if buys else 'sell'} {quantity}@{price}", number)
        for number, (day, hour, buys, quantity, price) in enumerate(rows)
    ]
    trips = derive(in_order(fills))
    assert sum(t.bought for t in trips) == sum(f.amount for f in fills if f.is_buy)
    assert sum(t.sold for t in trips) == sum(f.amount for f in fills if not f.is_buy)
    assert sum(t.fills for t in trips) == len(fills)
    for trip in trips:
        assert trip.held == trip.bought_quantity + trip.adopted - trip.sold_quantity
        assert (trip.held == 0) == (trip.closed_day is not None)
        known = [piece.cost for piece in trip.slices]
        if None not in known:
            assert sum(known) + trip.held_cost == trip.bought
        if trip.closed_day and None not in known:
            assert sum(piece.cost_fifo for piece in trip.slices) == trip.bought
    shuffled = list(fills)
    luck.shuffle(shuffled)
    again = derive(in_order(shuffled))
    facts = Counter((t.opened_day, t.opening_order, t.bought, t.sold, t.held) for t in trips)
    assert Counter((t.opened_day, t.opening_order, t.bought, t.sold, t.held) for t in again) == facts
