"""Impulse: trades right after a painful loss, too many trades, and sizes that follow the last results."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta
from fractions import Fraction
from math import sqrt
from statistics import fmean

from portfolio.analytics.behaviour.finding import Finding, found, size_of
from portfolio.analytics.behaviour.thresholds import DEFAULTS, Thresholds
from portfolio.analytics.definitions import made
from portfolio.analytics.intervals import middle
from portfolio.analytics.measures import Why
from portfolio.analytics.outcomes import Outcome, Result, in_order, result_of

__all__ = ["overtrading", "revenge", "size_after_streak"]


def revenge(outcomes: Sequence[Outcome], by: Thresholds = DEFAULTS) -> Finding:
    """뇌동/복수매매: entry <= 15 minutes after a loss >= 1.5 x the median loss, and either its size is >= 1.5 x
    the median size or it is known to have had no plan. *n* counts trades whose times are known."""
    timed = [o for o in outcomes if o.opened_at and o.closed_at]
    losses = [o for o in timed if result_of(o.net, o.costs, by.even_within) is Result.LOSS]
    if not losses:
        return found(made("revenge", 0 if timed else Why.NO_TRADES, len(timed), rows=()), False, ())
    painful = Fraction(by.revenge_loss) * middle(-o.net for o in losses)
    large = Fraction(by.revenge_size) * middle(size_of(o) for o in timed)
    ends = sorted(o.closed_at for o in losses if -o.net >= painful and o.closed_at)
    window = timedelta(minutes=by.revenge_minutes)
    offending = [
        o
        for o in timed
        if o.opened_at
        and bisect_left(ends, o.opened_at - window) < bisect_right(ends, o.opened_at)
        and (size_of(o) >= large or o.planned is False)
    ]
    measure = made("revenge", len(offending), len(timed), rows=(o.key for o in offending))
    return found(measure, bool(offending), offending)


def overtrading(outcomes: Sequence[Outcome], by: Thresholds = DEFAULTS) -> Finding:
    """More trades begun in a day than one's own 90th percentile, and those beyond it lose on average.

    The value is their mean net in won; *n* counts days. Trades are counted by the day of their first buy.
    """
    days: dict[date, list[Outcome]] = defaultdict(list)
    for outcome in in_order(outcomes):
        days[outcome.opened_day or outcome.day].append(outcome)
    if not days:
        return found(made("overtrading", Why.NO_TRADES, 0, rows=()), False, ())
    usual = _percentile([len(trades) for trades in days.values()], by.busy_percentile)
    busy = [trades for trades in days.values() if len(trades) > usual]
    beyond = [trade for trades in busy for trade in _by_entry(trades)[int(usual) :]]
    mean = Fraction(sum(o.net for o in beyond), len(beyond)) if beyond else Why.NO_TRADES
    measure = made("overtrading", mean, len(days), rows=(o.key for o in beyond))
    return found(measure, not isinstance(mean, Why) and mean < 0, beyond)


def size_after_streak(outcomes: Sequence[Outcome], by: Thresholds = DEFAULTS) -> Finding:
    """corr(size, sum of the previous 3 results closed before the entry).

    Offending are the trades larger than the median after such a sum on the wrong side: after losses when the
    correlation is negative (winning it back), after gains when it is positive (feeling invincible).
    """
    pairs = _after_streak(outcomes, by.streak)
    rows, n = [trade.key for trade, _ in pairs], len(pairs)
    value = _correlation([float(size_of(trade)) for trade, _ in pairs], [float(before) for _, before in pairs])
    if value is None:
        return found(
            made("size_after_streak", Why.TOO_FEW if n < 2 else Why.NO_SPREAD, n, rows=rows), False, ()
        )
    shown, usual = abs(value) >= by.correlation, middle(size_of(trade) for trade, _ in pairs)
    offending = [trade for trade, before in pairs if size_of(trade) > usual and before * value > 0]
    measure = made("size_after_streak", value, n, rows=rows)
    return found(measure, shown, offending if shown else ())


def _after_streak(outcomes: Sequence[Outcome], length: int) -> list[tuple[Outcome, int]]:
    """Every trade with the sum of the ``length`` results that were known at its entry."""
    closed = [o for o in in_order(outcomes) if o.closed_at]
    ends, sums = [o.closed_at for o in closed if o.closed_at], [0]
    for outcome in closed:
        sums.append(sums[-1] + outcome.net)
    pairs = []
    for outcome in closed:
        place = bisect_right(ends, outcome.opened_at) if outcome.opened_at else 0
        if place >= length:
            pairs.append((outcome, sums[place] - sums[place - length]))
    return pairs


def _by_entry(trades: Sequence[Outcome]) -> list[Outcome]:
    """In the order they were begun; those without a time come last, as they were closed."""
    timed = sorted(
        (o for o in trades if o.opened_at), key=lambda o: o.opened_at.timestamp() if o.opened_at else 0
    )
    return timed + [o for o in trades if not o.opened_at]


def _percentile(counts: Sequence[int], percent: int) -> float:
    import numpy as np

    return float(np.percentile(np.asarray(counts, dtype=float), percent))


def _correlation(xs: Sequence[float], ys: Sequence[float]) -> float | None:
    """Pearson's; ``None`` when either side never varies."""
    if len(xs) < 2 or min(xs) == max(xs) or min(ys) == max(ys):
        return None
    x, y = fmean(xs), fmean(ys)
    both = sum((a - x) * (b - y) for a, b in zip(xs, ys, strict=True))
    return both / sqrt(sum((a - x) ** 2 for a in xs) * sum((b - y) ** 2 for b in ys))
