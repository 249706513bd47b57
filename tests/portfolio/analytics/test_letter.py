"""The weekly letter names a strength or a leak only where chance does not do as much."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from random import Random

from kiwoomweb.broker.domain import SEOUL
from portfolio.analytics.behaviour.overall import findings
from portfolio.analytics.letter import NEEDS, leaks, spots, strength
from portfolio.analytics.outcomes import Outcome

MONDAY = datetime(2026, 11, 16, 9, 5, tzinfo=SEOUL)


def trades(count: int, mean: float, hour: int = 0, spread: float = 0.02, seed: int = 1) -> list[Outcome]:
    luck = Random(seed + hour)
    found = []
    for number in range(count):
        at = MONDAY + timedelta(hours=hour, days=number % 5)
        net = round(1_000_000 * luck.gauss(mean, spread))
        found.append(
            Outcome(number + 1_000 * hour, "005930", at, at + timedelta(minutes=20), at.date(), net, net, 0,
                    1_000_000, minutes=20, opened_day=at.date(), bought=1_000_000, entry_venue="KRX")
        )  # fmt: skip
    return found


def test_few_trades_are_not_looked_at_however_well_they_went() -> None:
    assert spots(trades(NEEDS - 1, 0.05)) == []
    assert strength(spots(trades(NEEDS - 1, 0.05))) is None


def test_luck_is_called_a_strength_or_a_leak_no_more_often_than_is_promised() -> None:
    letters = [spots(trades(300, 0.0, seed=seed)) for seed in range(40)]

    assert sum(strength(found) is not None or bool(leaks({}, found)) for found in letters) <= 4


def test_an_hour_that_earns_and_an_hour_that_loses_are_told_with_their_intervals() -> None:
    found = spots(trades(200, 0.02) + trades(200, -0.02, hour=4))
    best, worst = strength(found), leaks({}, found)[0]

    assert best
    assert worst.spot
    assert best.low > 0 > worst.spot.high
    assert best.low <= best.mean <= best.high
    lost = {one.key: one.net for one in trades(200, -0.02, hour=4)}
    assert worst.cost == -worst.spot.net == -sum(lost[key] for key in worst.rows)


def test_more_groups_looked_at_widen_every_interval() -> None:
    morning = trades(100, 0.01)
    alone = {(spot.dimension, spot.key): spot for spot in spots(morning)}
    setups = [replace(one, setup=str(one.key % 3)) for one in morning]
    for spot in spots(setups):
        before = alone.get((spot.dimension, spot.key))
        assert before is None or spot.high - spot.low > before.high - before.low


def test_a_habit_without_enough_samples_is_no_leak() -> None:
    few = trades(8, -0.03)

    assert leaks(findings(few), spots(few)) == []
    assert all(one.day >= date(2026, 11, 16) for one in few)
