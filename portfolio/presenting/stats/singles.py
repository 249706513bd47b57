"""Figures that one trade has by itself: of many trades the middle one is shown."""

from collections.abc import Callable, Iterable
from decimal import Decimal
from statistics import median

from portfolio.analytics.definitions import made
from portfolio.analytics.measures import Measure, Why
from portfolio.analytics.outcomes import Outcome, r_of

__all__ = ["SINGLES", "middles"]

Of = Callable[[Outcome], Decimal | int | None]


def middles(outcomes: Iterable[Outcome]) -> dict[str, Measure]:
    """The median over the trades of which it is known."""
    told = list(outcomes)
    return {key: _middle(key, told, *how) for key, how in SINGLES.items()}


def _middle(key: str, outcomes: list[Outcome], of: Of, why: Why) -> Measure:
    known = [(one.key, value) for one in outcomes if (value := of(one)) is not None]
    rows = [row for row, _ in known]
    if not known:
        return made(key, why, 0, rows=rows)
    return made(key, median(Decimal(value) for _, value in known), len(known), rows=rows)


def _range(one: Outcome) -> Decimal | None:
    """H − L while it was held."""
    if one.price_mfe is None or one.price_mae is None:
        return None
    return one.price_mfe + one.price_mae or None


def _entry(one: Outcome) -> Decimal | None:
    span = _range(one)
    return None if span is None or one.price_mfe is None else one.price_mfe / span


def _total(one: Outcome) -> Decimal | None:
    """(exit − entry) ÷ (H − L) = gross a share ÷ the range."""
    span = _range(one)
    shares = one.bought / one.entry if one.entry else 0
    return None if span is None or not shares else Decimal(one.gross) / shares / span


def _exit(one: Outcome) -> Decimal | None:
    """(exit − L) ÷ (H − L), L = entry − MAE."""
    span, total = _range(one), _total(one)
    return None if span is None or total is None or one.price_mae is None else total + one.price_mae / span


def _after(one: Outcome) -> Decimal | None:
    return Decimal(one.after) / one.sold if one.after is not None and one.sold else None


def _days(one: Outcome) -> int | None:
    return (one.day - one.opened_day).days if one.opened_day else None


SINGLES: dict[str, tuple[Of, Why]] = {
    "r_multiple": (r_of, Why.NO_RISK),
    "price_mfe": (lambda one: one.price_mfe, Why.NO_BARS),
    "price_mae": (lambda one: one.price_mae, Why.NO_BARS),
    "position_mfe": (lambda one: one.mfe, Why.NO_BARS),
    "position_mae": (lambda one: one.mae, Why.NO_BARS),
    "entry_efficiency": (_entry, Why.NO_BARS),
    "exit_efficiency": (_exit, Why.NO_BARS),
    "total_efficiency": (_total, Why.NO_BARS),
    "after_exit": (_after, Why.NO_BARS),
    "holding_minutes": (lambda one: one.minutes, Why.NO_TRADES),
    "holding_days": (_days, Why.NO_TRADES),
}
