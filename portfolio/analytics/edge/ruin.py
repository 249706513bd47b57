"""Risk of ruin by Monte Carlo on one's own R: how often a drawdown of X % comes within so many trades."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from portfolio.analytics.definitions import made
from portfolio.analytics.intervals import wilson
from portfolio.analytics.measures import Measure, Why

__all__ = ["Ruin", "risk_of_ruin", "ruined_share"]

PATHS_IN_BLOCK = 500


@dataclass(frozen=True, slots=True)
class Ruin:
    """``risk`` of the equity is staked on each trade; ruin is a fall of ``depth`` from a peak in ``trades``."""

    risk: float = 0.01
    depth: float = 0.2
    trades: int = 500
    paths: int = 10_000
    seed: int = 20_260_101


DEFAULT = Ruin()


def risk_of_ruin(known: Sequence[tuple[int, Decimal]], ruin: Ruin = DEFAULT) -> Measure:
    """Share of the paths that were ruined, with the Wilson interval of the simulation; R from ``rs_of``."""
    rows = [key for key, _ in known]
    if not known:
        return made("risk_of_ruin", Why.NO_RISK, 0, rows=rows)
    ruined = ruined_share([float(r) for _, r in known], ruin)
    low, high = wilson(round(ruined * ruin.paths), ruin.paths)
    return made("risk_of_ruin", ruined, len(known), low=low, high=high, rows=rows)


def ruined_share(rs: Sequence[float], ruin: Ruin = DEFAULT) -> float:
    """Equity grows by (1 + risk * R) a trade; a path that loses everything is ruined however deep X is."""
    import numpy as np

    rng, own = np.random.default_rng(ruin.seed), np.asarray(rs, dtype=float)
    ruined = 0
    for start in range(0, ruin.paths, PATHS_IN_BLOCK):
        paths = min(PATHS_IN_BLOCK, ruin.paths - start)
        drawn = own[rng.integers(0, len(own), size=(paths, ruin.trades))]
        equity = np.cumprod(np.maximum(1 + ruin.risk * drawn, 0.0), axis=1)
        peak = np.maximum(np.maximum.accumulate(equity, axis=1), 1.0)
        ruined += int(np.any(equity <= peak * (1 - ruin.depth) + 1e-12, axis=1).sum())
    return ruined / ruin.paths
