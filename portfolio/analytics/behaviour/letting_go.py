"""Letting go: winners cut early, losers held on to, gains realised sooner than losses."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from statistics import median

from portfolio.analytics.behaviour.finding import Finding, found
from portfolio.analytics.behaviour.thresholds import DEFAULTS, Thresholds
from portfolio.analytics.definitions import made
from portfolio.analytics.measures import Measure, Why
from portfolio.analytics.outcomes import Outcome, Result, result_of

__all__ = ["SaleDay", "disposition", "early_cutting", "loss_riding"]


def early_cutting(outcomes: Sequence[Outcome], by: Thresholds = DEFAULTS) -> Finding:
    """Median capture of winners below 40 % while the price went on rising after the exit (mean > 0).

    Offending are winners below it that would have earned more; their cost is what they missed (``after``).
    """
    won = [o for o in outcomes if o.mfe and o.after is not None and _result(o, by) is Result.WIN]
    if not won:
        return found(made("early_cutting", Why.NO_BARS, 0, rows=()), False, ())
    captures = {o.key: Decimal(o.net) / (o.mfe or 1) for o in won}
    middle = median(captures.values())
    measure = made("early_cutting", middle, len(won), rows=(o.key for o in won))
    shown = middle < by.capture and sum(o.after or 0 for o in won) > 0
    offending = [o for o in won if captures[o.key] < by.capture and (o.after or 0) > 0]
    missed = sum(o.after or 0 for o in offending)
    return Finding(measure, shown, tuple(o.key for o in offending), missed)


def loss_riding(outcomes: Sequence[Outcome], by: Thresholds = DEFAULTS) -> Finding:
    """Mean holding time of losers / of winners above 1.5; offending are losers held longer than that."""
    timed = [(o, _result(o, by)) for o in outcomes if o.minutes is not None]
    winners, losers = ([o for o, result in timed if result is side] for side in (Result.WIN, Result.LOSS))
    n, rows = len(winners) + len(losers), [o.key for o in winners + losers]
    usual = _mean_minutes(winners)
    if not losers or not usual:
        why = Why.NO_LOSSES if winners and not losers else Why.NO_WINS
        return found(made("loss_riding", why, n, rows=rows), False, ())
    ratio = _mean_minutes(losers) / usual
    offending = [
        o for o in losers if (o.minutes or 0) > by.riding * Decimal(usual.numerator) / usual.denominator
    ]
    shown = ratio > by.riding
    return found(made("loss_riding", ratio, n, rows=rows), shown, offending if shown else ())


@dataclass(frozen=True, slots=True)
class SaleDay:
    """A day with at least one sale (Odean): how many positions were sold at a gain and at a loss, and how many
    were held on at a paper gain and at a paper loss, priced that day. ``rows`` are the losers held on to."""

    day: date
    gains: int
    losses: int
    paper_gains: int
    paper_losses: int


def disposition(days: Sequence[SaleDay], by: Thresholds = DEFAULTS) -> tuple[Measure, Measure, Measure, bool]:
    """PGR - PLR with both its parts, and whether gains are realised more readily. *n* counts sales."""
    realised_gains, realised_losses = sum(each.gains for each in days), sum(each.losses for each in days)
    pgr = _share(realised_gains, sum(each.paper_gains for each in days))
    plr = _share(realised_losses, sum(each.paper_losses for each in days))
    n = realised_gains + realised_losses
    gap = pgr if isinstance(pgr, Why) else plr if isinstance(plr, Why) else pgr - plr
    measures = made("disposition", gap, n), made("pgr", pgr, realised_gains), made("plr", plr, realised_losses)
    return *measures, not isinstance(gap, Why) and gap > by.disposition


def _share(realised: int, paper: int) -> Fraction | Why:
    return Fraction(realised, realised + paper) if realised + paper else Why.NO_TRADES


def _result(outcome: Outcome, by: Thresholds) -> Result:
    return result_of(outcome.net, outcome.costs, by.even_within)


def _mean_minutes(outcomes: Sequence[Outcome]) -> Fraction:
    return Fraction(sum(o.minutes or 0 for o in outcomes), len(outcomes)) if outcomes else Fraction(0)
