"""The bootstrap: what the same number of trades, drawn anew from one's own, would have brought.

Up to ``DRAWN_SINGLY`` values are drawn one by one, in blocks, so that memory stays flat. More are parted into
narrow strata: how many draws fall into each is drawn exactly (multinomial), their sum has the stratum's mean
and variance, and summed over the strata it is normal to far more digits than 10,000 resamples resolve. The most
extreme values are strata of their own, so that the tails stay what they are.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from portfolio.analytics.edge.sample import Sample
from portfolio.analytics.outcomes import Outcome

__all__ = ["RESAMPLES", "SEED", "Resampled", "resample", "resampled_sums"]

RESAMPLES, SEED = 10_000, 20_260_101
DRAWN_SINGLY, IN_BLOCK = 2_000, 2_000_000
#: strata of the middle, and single values on either end
STRATA, SINGLE = 64, 16


@dataclass(frozen=True, slots=True)
class Resampled:
    """One entry a resample (numpy arrays): wins and losses drawn, their sums in won, and the mean net."""

    wins: Any
    losses: Any
    won: Any
    lost: Any
    mean: Any


def resample(of: Sample, times: int = RESAMPLES, seed: int = SEED) -> Resampled:
    """Draw ``of.n`` (> 0) trades with replacement, ``times`` times; the same seed gives the same draws."""
    import numpy as np

    rng = np.random.default_rng(seed)
    parts = (of.wins, of.losses, of.flats)
    counts = rng.multinomial(of.n, [len(part) / of.n for part in parts], size=times)
    sums = [resampled_sums(_nets(part), counts[:, place], rng) for place, part in enumerate(parts)]
    return Resampled(counts[:, 0], counts[:, 1], sums[0], sums[1], sum(sums) / of.n)


def resampled_sums(values: Sequence[int], counts: Any, rng: Any) -> Any:
    """For every count the sum of that many draws with replacement from ``values`` (sums as a float array)."""
    import numpy as np

    if not len(values):
        return np.zeros(len(counts))
    array = np.asarray(values, dtype=float)
    draw = _singly if len(array) <= DRAWN_SINGLY else _by_strata
    size = max(1, IN_BLOCK // max(1, int(counts.max()) if draw is _singly else STRATA + 2 * SINGLE))
    blocks = (counts[start : start + size] for start in range(0, len(counts), size))
    return np.concatenate([draw(array, block, rng) for block in blocks])


def _singly(values: Any, counts: Any, rng: Any) -> Any:
    import numpy as np

    longest = int(counts.max())
    drawn = values[rng.integers(0, len(values), size=(len(counts), longest))]
    return np.where(np.arange(longest) < counts[:, None], drawn, 0.0).sum(axis=1)


def _by_strata(values: Any, counts: Any, rng: Any) -> Any:
    import numpy as np

    ordered = np.sort(values)
    low, middle, high = np.split(ordered, [SINGLE, len(ordered) - SINGLE])
    strata = [*low[:, None], *np.array_split(middle, STRATA), *high[:, None]]
    means, variances = (np.array([measure(each) for each in strata]) for measure in (np.mean, np.var))
    drawn = rng.multinomial(counts, [len(each) / len(ordered) for each in strata])
    return drawn @ means + np.sqrt(drawn @ variances) * rng.standard_normal(len(counts))


def _nets(outcomes: Sequence[Outcome]) -> list[int]:
    return [outcome.net for outcome in outcomes]
