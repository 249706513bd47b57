"""The trading clock: minutes in which something could have been traded, counted through nights and holidays.

Until NXT opened a trading day had the 390 minutes from 09:00 to 15:30, since then the 720 from 08:00 to 20:00.
"""

from collections.abc import Callable
from datetime import date, datetime

from kiwoomweb.broker.domain import SEOUL
from kiwoomweb.broker.market_calendar import Overrides, trading_days

__all__ = ["NXT_OPENED", "trading_clock"]

NXT_OPENED = date(2025, 3, 4)
KRX, NXT = (9 * 60, 15 * 60 + 30), (8 * 60, 20 * 60)


def trading_clock(first: date, last: date, corrected: Overrides) -> Callable[[datetime | None], int | None]:
    """A function from a moment to minutes traded since ``first`` opened; ``None`` stays ``None``.

    A moment outside the hours, or on a day without trading, counts as the nearest opening or closing.
    """
    begins: dict[date, int] = {}
    total = 0
    for day in trading_days(first, last, corrected):
        begins[day] = total
        opens, closes = _hours(day)
        total += closes - opens

    def minutes(at: datetime | None) -> int | None:
        if at is None:
            return None
        local = at.astimezone(SEOUL)
        base = begins.get(local.date())
        if base is None:
            return None
        opens, closes = _hours(local.date())
        return base + min(max(local.hour * 60 + local.minute, opens), closes) - opens

    return minutes


def _hours(day: date) -> tuple[int, int]:
    return NXT if day >= NXT_OPENED else KRX
