"""The inside of many trades in a few figures: capture, give-back, best exit, edge ratio, holding, adding."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from statistics import fmean, median

from portfolio.analytics.definitions import made
from portfolio.analytics.measures import Measure, Why
from portfolio.analytics.outcomes import Outcome, Result, result_of

__all__ = ["capture_of", "inside_measures"]

HOLDING = {
    "holding_winners": Result.WIN,
    "holding_losers": Result.LOSS,
    "holding_flats": Result.FLAT,
}


def inside_measures(outcomes: Sequence[Outcome], even_within: int = 0) -> dict[str, Measure]:
    """Every figure of 3.2 that is one number for many closed trades, by key."""
    measures = [
        _capture(outcomes, even_within),
        _give_back(outcomes),
        _best_exit(outcomes),
        _after_exit(outcomes),
        _edge_ratio(outcomes),
        *(_holding(key, outcomes, result, even_within) for key, result in HOLDING.items()),
        *_adding("averaging_down", outcomes, lambda o: o.adds_below > 0),
        *_adding("averaging_up", outcomes, lambda o: o.adds_above > 0),
    ]
    return {measure.key: measure for measure in measures}


def capture_of(outcome: Outcome) -> Decimal | None:
    """net / position MFE; ``None`` when it was never in profit, or nobody knows."""
    return Decimal(outcome.net) / outcome.mfe if outcome.mfe else None


def _capture(outcomes: Sequence[Outcome], even_within: int) -> Measure:
    """Winners only."""
    won = [o for o in outcomes if o.mfe and result_of(o.net, o.costs, even_within) is Result.WIN]
    captures = [capture for o in won if (capture := capture_of(o)) is not None]
    return made("capture", median(captures) if captures else Why.NO_BARS, len(won), rows=(o.key for o in won))


def _give_back(outcomes: Sequence[Outcome]) -> Measure:
    seen = [(o.key, o.mfe - o.net) for o in outcomes if o.mfe is not None]
    value = Decimal(sum(amount for _, amount in seen)) / len(seen) if seen else Why.NO_BARS
    return made("give_back", value, len(seen), rows=(key for key, _ in seen))


def _best_exit(outcomes: Sequence[Outcome]) -> Measure:
    """Median of actual / best over the trades whose best was a profit."""
    seen = [(o.key, Decimal(o.gross) / o.best) for o in outcomes if o.best is not None and o.best > 0]
    value = median(share for _, share in seen) if seen else Why.NO_BARS
    return made("best_exit", value, len(seen), rows=(key for key, _ in seen))


def _after_exit(outcomes: Sequence[Outcome]) -> Measure:
    """Median of what the sold shares gained (+) or lost later / what they were sold for."""
    seen = [(o.key, Decimal(o.after) / o.sold) for o in outcomes if o.after is not None and o.sold]
    value = median(move for _, move in seen) if seen else Why.NO_BARS
    return made("after_exit", value, len(seen), rows=(key for key, _ in seen))


def _edge_ratio(outcomes: Sequence[Outcome]) -> Measure:
    seen = [
        (o.key, float(o.price_mfe / o.atr), float(o.price_mae / o.atr))
        for o in outcomes
        if o.atr and o.price_mfe is not None and o.price_mae is not None
    ]
    rows = [key for key, _, _ in seen]
    against = fmean(bad for _, _, bad in seen) if seen else 0.0
    if not against:
        return made("edge_ratio", Why.NO_SPREAD if seen else Why.NO_BARS, len(seen), rows=rows)
    return made("edge_ratio", fmean(good for _, good, _ in seen) / against, len(seen), rows=rows)


def _holding(key: str, outcomes: Sequence[Outcome], result: Result, even_within: int) -> Measure:
    chosen = [o for o in outcomes if o.minutes is not None and result_of(o.net, o.costs, even_within) is result]
    value = Decimal(sum(o.minutes or 0 for o in chosen)) / len(chosen) if chosen else Why.NO_TRADES
    return made(key, value, len(chosen), rows=(o.key for o in chosen))


def _adding(key: str, outcomes: Sequence[Outcome], added: Callable[[Outcome], bool]) -> list[Measure]:
    chosen = [o for o in outcomes if added(o)]
    rows = [o.key for o in chosen]
    share = Decimal(len(chosen)) / len(outcomes) if outcomes else Why.NO_TRADES
    net = sum(o.net for o in chosen) if chosen else Why.NO_TRADES
    return [made(key, share, len(outcomes), rows=rows), made(f"{key}_net", net, len(chosen), rows=rows)]
