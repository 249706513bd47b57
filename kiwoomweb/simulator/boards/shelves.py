"""Shelves (매물대): at which prices a share's volume of some days was traded."""

from collections.abc import Sequence
from dataclasses import dataclass

from kiwoomweb.simulator.bars import DayBar

__all__ = ["Shelf", "shelves"]


@dataclass(frozen=True, slots=True)
class Shelf:
    """Prices from ``low`` to ``high``, both included, and the shares traded there."""

    low: int
    high: int
    volume: int

    def holds(self, price: int) -> bool:
        return self.low <= price <= self.high


def shelves(days: Sequence[DayBar], count: int) -> Sequence[Shelf]:
    """``count`` bands of equal width from the days' low to their high, lowest first.

    A day is put down at the middle of its prices. Fewer bands where there are fewer prices than bands.
    """
    if not days:
        return ()
    bottom, top = min(bar.low for bar in days), max(bar.high for bar in days)
    width = max(-(-(top - bottom + 1) // count), 1)
    held: dict[int, int] = {}
    for bar in days:
        middle = (bar.open + bar.high + bar.low + bar.close) // 4
        band = (middle - bottom) // width
        held[band] = held.get(band, 0) + bar.volume
    last = (top - bottom) // width
    return [
        Shelf(bottom + band * width, min(bottom + (band + 1) * width - 1, top), held.get(band, 0))
        for band in range(last + 1)
    ]
