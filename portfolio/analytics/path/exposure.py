"""Exposure: how much is invested, in which sectors, and how much hangs on the largest holdings."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from portfolio.analytics.definitions import made
from portfolio.analytics.measures import Measure, Why

__all__ = ["Stake", "exposure_measures", "sector_shares"]

TOPS = {"top_1": 1, "top_3": 3, "top_5": 5}


@dataclass(frozen=True, slots=True)
class Stake:
    """One holding at its value in won; ``sector`` is empty when unknown."""

    symbol: str
    value: int
    sector: str = ""


def sector_shares(stakes: Sequence[Stake], nav: int) -> dict[str, Fraction]:
    """Gross value of each sector / NAV (> 0), the largest first."""
    sums: dict[str, int] = defaultdict(int)
    for stake in stakes:
        sums[stake.sector] += abs(stake.value)
    return {sector: Fraction(value, nav) for sector, value in sorted(sums.items(), key=lambda item: -item[1])}


def exposure_measures(stakes: Sequence[Stake], nav: int | None) -> list[Measure]:
    """Invested / NAV, the largest known sector / NAV, and the largest 1, 3, 5 holdings / invested."""
    n, values = len(stakes), sorted((abs(stake.value) for stake in stakes), reverse=True)
    invested = sum(values)
    if nav and nav > 0:
        known = [share for sector, share in sector_shares(stakes, nav).items() if sector]
        of_nav: list[Fraction | Why] = [Fraction(invested, nav), known[0] if known else Why.NO_TRADES]
    else:
        of_nav = [Why.NO_CAPITAL, Why.NO_CAPITAL]
    tops = {key: sum(values[:count]) for key, count in TOPS.items()}
    return [
        made("exposure", of_nav[0], n),
        made("sector_exposure", of_nav[1], n),
        *(made(key, Fraction(top, invested) if invested else Why.NO_TRADES, n) for key, top in tops.items()),
    ]
