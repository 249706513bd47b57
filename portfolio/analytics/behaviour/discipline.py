"""Discipline: rules kept and broken, what each mistake cost, and the curve without it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from portfolio.analytics.behaviour.finding import Finding, found
from portfolio.analytics.behaviour.thresholds import DEFAULTS, Thresholds
from portfolio.analytics.definitions import made
from portfolio.analytics.equity import EquityPoint, equity
from portfolio.analytics.measures import Measure, Why
from portfolio.analytics.outcomes import Outcome

__all__ = ["Adherence", "MistakeCost", "adherence", "mistake_costs", "without"]


@dataclass(frozen=True, slots=True)
class Adherence:
    """The finding (its rows are the trades that broke a rule), and the expectancy of either side."""

    finding: Finding
    followed: Measure
    broken: Measure


@dataclass(frozen=True, slots=True)
class MistakeCost:
    """One mistake: sum of net of its trades (below 0 = it cost), and the equity by day without them."""

    mistake: str
    measure: Measure
    without: tuple[EquityPoint, ...]


def adherence(outcomes: Iterable[Outcome], by: Thresholds = DEFAULTS) -> Adherence:
    """Rules met / rules checked; expectancy of the trades that met all against those that broke one."""
    checked = [o for o in outcomes if o.rules]
    broken = [o for o in checked if o.rules_met < o.rules]
    followed = [o for o in checked if o.rules_met >= o.rules]
    rules = sum(o.rules for o in checked)
    share = Fraction(sum(o.rules_met for o in checked), rules) if rules else Why.NO_RULES
    measure = made("adherence", share, len(checked), rows=(o.key for o in checked))
    shown = not isinstance(share, Why) and share < by.adherence
    return Adherence(
        found(measure, shown, broken),
        _expectancy("expectancy_followed", followed),
        _expectancy("expectancy_broken", broken),
    )


def mistake_costs(outcomes: Sequence[Outcome]) -> list[MistakeCost]:
    """Every mistake with its cost, the dearest first. A trade with two mistakes counts in both."""
    made_by: dict[str, list[Outcome]] = {}
    for outcome in outcomes:
        for mistake in outcome.mistakes:
            made_by.setdefault(mistake, []).append(outcome)
    costs = [
        MistakeCost(mistake, _cost(trades), without(outcomes, {trade.key for trade in trades}))
        for mistake, trades in made_by.items()
    ]
    return sorted(costs, key=lambda each: (each.measure.value or 0, each.mistake))


def without(outcomes: Iterable[Outcome], left_out: set[int]) -> tuple[EquityPoint, ...]:
    """The counter-factual equity by day without these trades; days that only had such stand still."""
    days: dict[date, int] = {}
    for outcome in outcomes:
        days[outcome.day] = days.get(outcome.day, 0) + (0 if outcome.key in left_out else outcome.net)
    return equity(days.items())


def _cost(trades: Sequence[Outcome]) -> Measure:
    return made("mistake_cost", sum(o.net for o in trades), len(trades), rows=(o.key for o in trades))


def _expectancy(key: str, trades: Sequence[Outcome]) -> Measure:
    mean = Fraction(sum(o.net for o in trades), len(trades)) if trades else Why.NO_RULES
    return made(key, mean, len(trades), rows=(o.key for o in trades))
