"""Where the price stood at the entry, by hand; unknown stays unknown."""

from datetime import date, datetime, timedelta
from decimal import Decimal

from kiwoomweb.broker.domain import SEOUL
from portfolio.analytics.inside.entering import Entered, entered
from portfolio.analytics.inside.shapes import Bar

DAY = date(2026, 11, 16)


def closes(*told: int, opened: int) -> list[Bar]:
    """One day bar a close, the last on ``DAY``, which opened at ``opened``."""
    first = DAY - timedelta(days=len(told) - 1)
    opens = [*told[:-1], opened]
    return [
        Bar(
            datetime.combine(first + timedelta(days=n), datetime.min.time(), tzinfo=SEOUL),
            *(Decimal(price) for price in (opens[n], max(opens[n], close), min(opens[n], close), close)),
            1,
        )
        for n, close in enumerate(told)
    ]


def test_gap_change_and_the_distance_from_the_average_of_five_closes():
    """Closes 100 110 120 130 140, next day opens at 147 and is bought at 150. Gap 147/140 − 1 = 5 %; change
    150/140 − 1 = 7.142… %; mean (100+110+120+130+140)/5 = 120, so 150 is 25 % above it."""
    found = entered(DAY, Decimal(150), closes(100, 110, 120, 130, 140, 999, opened=147))

    assert found.gap == 5
    assert found.change is not None
    assert round(found.change, 4) == Decimal("7.1429")
    assert found.over == {5: Decimal(25)}


def test_below_an_average_is_negative_and_a_longer_one_needs_its_days():
    """Twenty closes of 200 and an entry at 190: −5 % against both averages; sixty days there are not."""
    found = entered(DAY, Decimal(190), closes(*[200] * 20, 191, opened=200))

    assert found.over == {5: Decimal(-5), 20: Decimal(-5)}
    assert found.gap == 0


def test_prices_from_before_a_split_say_nothing():
    """1,000 became 200 overnight (1:5): only the two closes since then count, which make no average of five."""
    found = entered(DAY, Decimal(210), closes(1000, 1000, 1000, 1000, 200, 200, 205, opened=202))

    assert (found.gap, found.change, found.over) == (Decimal(1), Decimal(5), {})


def test_a_split_on_the_day_itself_leaves_everything_unknown():
    assert entered(DAY, Decimal(210), closes(1000, 1000, 205, opened=202)) == Entered()


def test_without_a_bar_of_the_day_or_a_day_before_nothing_is_known():
    bars = closes(100, 110, opened=105)

    assert entered(DAY + timedelta(days=1), Decimal(110), bars) == Entered()
    assert entered(DAY - timedelta(days=1), Decimal(110), bars) == Entered()


def test_without_a_price_of_the_entry_the_gap_is_still_known():
    assert entered(DAY, None, closes(100, 110, opened=105)) == Entered(gap=Decimal(5))
