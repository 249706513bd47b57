"""호가단위 for the browser's steppers: the bands of an instrument, from the table the checks go by."""

from collections.abc import Sequence
from datetime import date

from market.models import Instrument

__all__ = ["bands_of"]

SHARES = ((2_000, 1), (5_000, 5), (20_000, 10), (50_000, 50), (200_000, 100), (500_000, 500), (None, 1_000))
FUNDS = ((2_000, 1), (None, 5))
GOLD = ((None, 10),)


def bands_of(instrument: Instrument, day: date) -> Sequence[tuple[int | None, int]]:
    """``(below, tick)`` from the lowest band up; the last has no upper end."""
    if instrument.symbol.startswith("M04"):
        return GOLD
    return FUNDS if instrument.kind in {"ETF", "ETN"} or instrument.market in {"ETF", "ETN"} else SHARES
