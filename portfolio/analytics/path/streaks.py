"""Runs of wins and losses, and the longest run chance alone would bring."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from math import log

from portfolio.analytics.definitions import Number, made
from portfolio.analytics.measures import Measure, Why
from portfolio.analytics.outcomes import Outcome, Result, in_order, result_of

__all__ = ["Runs", "expected_longest", "runs", "streak_measures"]


@dataclass(frozen=True, slots=True)
class Runs:
    """Longest runs with the places (from, up to) of the first such; ``current`` > 0 wins, < 0 losses."""

    wins: int
    losses: int
    current: int
    wins_at: tuple[int, int]
    losses_at: tuple[int, int]


def runs(results: Sequence[Result]) -> Runs:
    """An even result breaks a run."""
    longest = {Result.WIN: (0, 0), Result.LOSS: (0, 0), Result.FLAT: (0, 0)}
    start = 0
    for place, result in enumerate(results):
        if place and result is not results[place - 1]:
            start = place
        if place + 1 - start > longest[result][1] - longest[result][0]:
            longest[result] = (start, place + 1)
    side = {Result.WIN: 1, Result.LOSS: -1, Result.FLAT: 0}[results[-1]] if results else 0
    (won, won_end), (lost, lost_end) = longest[Result.WIN], longest[Result.LOSS]
    return Runs(won_end - won, lost_end - lost, side * (len(results) - start), (won, won_end), (lost, lost_end))


def expected_longest(n: int, hits: int) -> float | None:
    """log(n(1 - p)) / log(1/p) with p = hits / n: the longest run of hits to expect by chance."""
    if not 0 < hits < n:
        return None
    p = hits / n
    return max(0.0, log(n * (1 - p)) / log(1 / p))


def streak_measures(outcomes: Iterable[Outcome], even_within: int = 0) -> list[Measure]:
    """Runs by trade in the order they were closed, and by day; an even day (net 0) breaks a run of days."""
    ordered = in_order(outcomes)
    results = [result_of(each.net, each.costs, even_within) for each in ordered]
    keys, n = [each.key for each in ordered], len(ordered)
    found, by_day = runs(results), _days(ordered)
    day_runs = runs(by_day)
    wins, losses = results.count(Result.WIN), results.count(Result.LOSS)
    return [
        _made("longest_wins", found.wins, n, keys[slice(*found.wins_at)]),
        _made("longest_losses", found.losses, n, keys[slice(*found.losses_at)]),
        _made("current_streak", found.current, n, keys[n - abs(found.current) :]),
        _expected("expected_longest_wins", n, wins),
        _expected("expected_longest_losses", n, losses),
        _made("longest_winning_days", day_runs.wins, len(by_day), None),
        _made("longest_losing_days", day_runs.losses, len(by_day), None),
        _made("current_days", day_runs.current, len(by_day), None),
    ]


def _days(ordered: Sequence[Outcome]) -> list[Result]:
    days: dict[date, int] = {}
    for outcome in ordered:
        days[outcome.day] = days.get(outcome.day, 0) + outcome.net
    return [result_of(net) for net in days.values()]


def _made(key: str, value: Number, n: int, rows: list[int] | None) -> Measure:
    return made(key, value if n else Why.NO_TRADES, n, rows=rows)


def _expected(key: str, n: int, hits: int) -> Measure:
    expected = expected_longest(n, hits)
    why = Why.NO_TRADES if not n else Why.NO_WINS if key.endswith("wins") else Why.NO_LOSSES
    return made(key, (why if not hits else Why.NO_SPREAD) if expected is None else expected, n)
