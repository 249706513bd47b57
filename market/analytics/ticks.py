"""호가단위: the smallest step of a price, by kind of instrument and day (PROTOCOL 7.6, KRX rules).

    >>> tick("share", 70_000, date(2026, 11, 20)), tick("etf", 12_345, date(2026, 11, 20))
    (100, 5)

A day before the table begins, a kind it does not know: ``None``. Prices below one won do not exist.
"""

from collections.abc import Mapping, Sequence
from datetime import date

__all__ = ["BANDS", "KINDS", "SINCE_2023", "bands", "fits", "steps_between", "tick"]

#: (below this price, that step); the last has no end.
Bands = Sequence[tuple[int | None, int]]

_KOSPI_OLD: Bands = (
    (1_000, 1),
    (5_000, 5),
    (10_000, 10),
    (50_000, 50),
    (100_000, 100),
    (500_000, 500),
    (None, 1_000),
)
_KOSDAQ_OLD: Bands = ((1_000, 1), (5_000, 5), (10_000, 10), (50_000, 50), (None, 100))
_SHARES: Bands = (
    (2_000, 1),
    (5_000, 5),
    (20_000, 10),
    (50_000, 50),
    (200_000, 100),
    (500_000, 500),
    (None, 1_000),
)
_FIVE: Bands = ((None, 5),)
_FUNDS: Bands = ((2_000, 1), (None, 5))
_GOLD: Bands = ((None, 10),)
SINCE_2023 = date(2023, 1, 25)

#: By kind: from which day on which bands hold, oldest first.
BANDS: Mapping[str, Sequence[tuple[date, Bands]]] = {
    "share": ((date(2010, 10, 4), _KOSPI_OLD), (SINCE_2023, _SHARES)),
    "kosdaq": ((date(2010, 10, 4), _KOSDAQ_OLD), (SINCE_2023, _SHARES)),
    "etf": ((date(2002, 10, 14), _FIVE), (date(2023, 12, 11), _FUNDS)),
    "etn": ((date(2014, 11, 17), _FIVE), (date(2023, 12, 11), _FUNDS)),
    "elw": ((date(2005, 12, 1), _FIVE),),
    "gold": ((date(2014, 3, 24), _GOLD),),
}
KINDS = frozenset(BANDS)


def bands(kind: str, day: date) -> Bands | None:
    """The bands in force that day; ``None`` when nobody can say."""
    in_force = [table for since, table in BANDS.get(kind, ()) if since <= day]
    return in_force[-1] if in_force else None


def tick(kind: str, price: int, day: date) -> int | None:
    """The step at this price."""
    table = bands(kind, day)
    if table is None or price < 1:
        return None
    return next(step for below, step in table if below is None or price < below)


def fits(kind: str, price: int, day: date) -> bool:
    """Whether the price exists. Unknown kinds have no prices."""
    step = tick(kind, price, day)
    return step is not None and price % step == 0


def steps_between(kind: str, one: int, other: int, day: date) -> int | None:
    """How many steps lie between two prices, each band counted with its own step, a begun step as one."""
    low, high = sorted((one, other))
    table = bands(kind, day)
    if table is None or low < 1:
        return None
    steps, at = 0, low
    for below, step in table:
        if below is not None and at >= below:
            continue
        end = high if below is None else min(high, below)
        steps += -(-(end - at) // step)
        at = end
        if at >= high:
            break
    return steps
