"""Changes one may imagine: each turns trades into the trades they would have been.

What happened while a trade was held is known from its MFE and MAE alone, so a stop or a target is taken to be
filled at its price, whenever it was touched. Trades whose MFE or MAE nobody knows stay as they were and are
counted as unknown.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal

from portfolio.analytics.outcomes import Outcome, with_result
from portfolio.analytics.when.dimensions import Dimension

__all__ = ["Change", "Changed", "drop", "half_at", "in_turn", "stop_at"]


@dataclass(frozen=True, slots=True)
class Changed:
    """``kept`` as they would have been; the keys that were ``dropped``, ``altered``, or could not be judged."""

    kept: tuple[Outcome, ...]
    dropped: tuple[int, ...] = ()
    altered: tuple[int, ...] = ()
    unknown: tuple[int, ...] = ()


Change = Callable[[Sequence[Outcome]], Changed]


def drop(by: Dimension, buckets: Collection[str]) -> Change:
    """Without the trades of these buckets: hours, weekdays, tags, mistakes … (``when.dimensions``)."""
    unwanted = frozenset(buckets)

    def change(outcomes: Sequence[Outcome]) -> Changed:
        gone = {outcome.key for outcome in outcomes if unwanted.intersection(by.of(outcome))}
        kept = tuple(outcome for outcome in outcomes if outcome.key not in gone)
        return Changed(kept, tuple(outcome.key for outcome in outcomes if outcome.key in gone))

    return change


def stop_at(share: Decimal) -> Change:
    """A fixed stop at -``share`` of 매입금액 (0.03 = -3 %): who stood that low was out; costs as they were."""

    def price(outcome: Outcome) -> int | None:
        if outcome.mae is None or not outcome.cost:
            return None
        stop = -_won(share * outcome.cost)
        return stop if outcome.mae <= stop else outcome.gross

    return lambda outcomes: _altered(outcomes, price)


def half_at(share: Decimal) -> Change:
    """Half sold at +``share`` of 매입금액, the rest as it was: gross = (share * cost + gross) / 2."""

    def price(outcome: Outcome) -> int | None:
        if outcome.mfe is None or not outcome.cost:
            return None
        target = _won(share * outcome.cost)
        return _won(Decimal(target + outcome.gross) / 2) if outcome.mfe >= target else outcome.gross

    return lambda outcomes: _altered(outcomes, price)


def in_turn(*changes: Change) -> Change:
    """One change after the other; of a stop and a target in one trade the one named first comes first."""

    def change(outcomes: Sequence[Outcome]) -> Changed:
        kept = tuple(outcomes)
        dropped: list[int] = []
        altered: list[int] = []
        unknown: list[int] = []
        for each in changes:
            step = each(kept)
            kept = step.kept
            dropped += step.dropped
            altered += step.altered
            unknown += step.unknown
        return Changed(kept, *(tuple(dict.fromkeys(keys)) for keys in (dropped, altered, unknown)))

    return change


def _altered(outcomes: Sequence[Outcome], price: Callable[[Outcome], int | None]) -> Changed:
    kept, altered, unknown = [], [], []
    for outcome in outcomes:
        gross = price(outcome)
        if gross is None:
            unknown.append(outcome.key)
        elif gross != outcome.gross:
            altered.append(outcome.key)
        kept.append(outcome if gross is None else _with(outcome, gross))
    return Changed(tuple(kept), (), tuple(altered), tuple(unknown))


def _with(outcome: Outcome, gross: int) -> Outcome:
    if gross == outcome.gross:
        return outcome
    return with_result(outcome, gross, outcome.gross - outcome.net)


def _won(amount: Decimal) -> int:
    return int(amount.to_integral_value())
