"""호가단위 and 가격제한폭: which prices exist, and how far a day may go (PROTOCOL 7.6)."""

from collections.abc import Callable

__all__ = ["ETFS", "POINTS", "SHARES", "Grid"]

TICK_BANDS = ((2_000, 1), (5_000, 5), (20_000, 10), (50_000, 50), (200_000, 100), (500_000, 500))


def share_tick(price: int) -> int:
    """호가단위 of a share at this price."""
    for below, tick in TICK_BANDS:
        if price < below:
            return tick
    return 1_000


def etf_tick(price: int) -> int:
    return 1 if price < 2_000 else 5


class Grid:
    """The prices an instrument can have. ``limit`` is the daily limit in percent."""

    def __init__(self, tick: Callable[[int], int], limit: int = 30) -> None:
        self.tick, self.limit = tick, limit

    def snap(self, price: float) -> int:
        """The existing price at or just below."""
        whole = max(int(price), 1)
        tick = self.tick(whole)
        return max(whole - whole % tick, tick)

    def fits(self, price: int) -> bool:
        return price > 0 and price % self.tick(price) == 0

    def up(self, price: int) -> int:
        """The next existing price above."""
        return self.snap(price) + self.tick(price)

    def down(self, price: int) -> int:
        """The next existing price below, 0 below the lowest."""
        return self.snap(price - 1) if price > 1 else 0

    def limits(self, base: int) -> tuple[int, int]:
        """하한가 and 상한가: base -/+ 30 %, cut to an existing price on the inner side."""
        reach = base * self.limit // 100
        low = base - reach
        floor = self.snap(low)
        return (floor if floor >= low else self.up(floor)), self.snap(base + reach)


SHARES = Grid(share_tick)
ETFS = Grid(etf_tick)
#: Index levels in hundredths of a point.
POINTS = Grid(lambda _: 1)
