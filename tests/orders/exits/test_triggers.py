"""Triggers of exits: which prices count, and that one that counts fires once and on the careful side."""

from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from kiwoomweb.broker.domain import SEOUL
from orders.exits.triggers import Fired, Plan, Seen, Silence, hear, trail_price

NOW = datetime(2026, 11, 20, 10, 30, tzinfo=SEOUL)


def at(price: int, **told: object) -> Seen:
    return replace(Seen(price, NOW), **told)  # type: ignore[arg-type]


def fired(plan: Plan, *prices: int) -> Fired | None:
    """What a run of prices meets, the first of them deciding."""
    for price in prices:
        heard = hear(plan, at(price), NOW)
        plan = heard.plan
        if heard.fired:
            return heard.fired
    return None


def test_a_stop_is_met_at_its_price_and_below() -> None:
    assert fired(Plan(stop=70_000), 70_100) is None
    assert fired(Plan(stop=70_000), 70_100, 70_000) is Fired.STOP


def test_a_market_that_opens_far_below_the_stop_has_met_it() -> None:
    assert fired(Plan(stop=70_000), 52_300) is Fired.STOP


def test_a_target_is_met_at_its_price_and_above() -> None:
    assert fired(Plan(target=75_000), 74_900) is None
    assert fired(Plan(target=75_000), 80_000) is Fired.TARGET


def test_where_a_stop_stands_above_the_target_the_careful_one_wins() -> None:
    assert fired(Plan(stop=80_000, target=70_000), 75_000) is Fired.STOP


def test_a_trailing_stop_follows_the_peak_upwards_only() -> None:
    plan = Plan(trail_won=1_000)
    assert fired(plan, 70_000, 72_000, 71_500, 71_001) is None
    assert fired(plan, 70_000, 72_000, 71_500, 71_000) is Fired.TRAIL
    assert fired(plan, 70_000, 69_001) is None


def test_a_percentage_is_taken_from_the_peak_and_rounded_to_the_careful_side() -> None:
    assert trail_price(Plan(trail_rate=Decimal("3"), peak=71_234)) == 69_097  # 69,096.98
    assert trail_price(Plan(trail_rate=Decimal("0.01"), peak=50)) == 49


def test_nothing_is_met_without_a_price() -> None:
    assert hear(Plan(stop=70_000), None, NOW).silence is Silence.NONE


def test_a_price_older_than_five_seconds_neither_fires_nor_moves_the_peak() -> None:
    plan = Plan(stop=70_000, trail_won=500, peak=71_000)
    old = hear(plan, at(60_000, at=NOW - timedelta(seconds=5, milliseconds=1)), NOW)
    high = hear(plan, at(90_000, at=NOW - timedelta(seconds=6)), NOW)
    assert (old.fired, old.silence, high.plan) == (None, Silence.STALE, plan)


def test_a_price_from_the_future_is_a_broken_clock_and_no_price() -> None:
    assert hear(Plan(stop=70_000), at(60_000, at=NOW + timedelta(seconds=3)), NOW).silence is Silence.STALE


def test_a_halted_share_and_a_closed_market_fire_nothing() -> None:
    plan = Plan(stop=70_000)
    assert hear(plan, at(60_000, is_halted=True), NOW).silence is Silence.HALTED
    assert hear(plan, at(60_000, is_open=False), NOW).silence is Silence.CLOSED


def test_a_price_no_order_could_have_is_not_listened_to() -> None:
    plan = Plan(stop=70_000, target=90_000)
    for price in (0, -1, 49_000, 93_100):
        assert hear(plan, at(price, low=50_000, high=93_000), NOW).silence is Silence.IMPOSSIBLE


def test_after_a_restart_the_kept_peak_still_counts_and_only_a_fresh_price_fires() -> None:
    plan = Plan(trail_won=1_000, peak=72_000)
    assert hear(plan, at(70_500, at=NOW - timedelta(minutes=3)), NOW).fired is None
    assert hear(plan, at(70_500), NOW).fired is Fired.TRAIL


prices = st.integers(1_000, 100_000)


@given(st.lists(prices, min_size=1, max_size=30), st.integers(1, 5_000))
def test_a_trailing_stop_fires_exactly_when_the_price_has_fallen_that_far(run: list[int], trail: int) -> None:
    fell = [price for n, price in enumerate(run) if max(run[: n + 1]) - price >= trail and n]
    assert (fired(Plan(trail_won=trail), *run) is Fired.TRAIL) == bool(fell)


@given(prices, st.integers(1, 99).map(Decimal), st.lists(prices, max_size=20))
def test_a_peak_never_falls(peak: int, rate: Decimal, run: list[int]) -> None:
    plan = Plan(trail_rate=rate, peak=peak)
    for price in run:
        before, plan = plan, hear(plan, at(price), NOW).plan
        assert (plan.peak or 0) >= (before.peak or 0)
