"""The exit judged by what came after it: the best later exit, and where the price went."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from kiwoomweb.broker.domain import SEOUL
from kiwoomweb.broker.market_calendar import sessions
from portfolio.analytics.inside.excursion import excursion
from portfolio.analytics.inside.shapes import Bar, Resolution, Step
from portfolio.analytics.inside.standing import standings

__all__ = ["AFTER_DAYS", "AFTER_MINUTES", "BestExit", "Later", "after_exit", "best_exit"]

AFTER_MINUTES = {"10m": 10, "60m": 60}
#: trading days after the exit's; 0 is the close of that very day
AFTER_DAYS = {"close": 0, "1d": 1, "5d": 5}


@dataclass(frozen=True, slots=True)
class BestExit:
    """The whole trade's P&L in won before costs: as it was, and with the last exit at the best later price.

    ``at`` is ``None`` when nothing later was better. ``efficiency`` is actual / best, ``None`` unless best > 0.
    """

    actual: int
    best: int
    price: Decimal
    at: datetime | None

    @property
    def efficiency(self) -> Decimal | None:
        return Decimal(self.actual) / self.best if self.best > 0 else None


@dataclass(frozen=True, slots=True)
class Later:
    """The price some time after the exit; ``move`` is price / exit - 1 (> 0: sold early)."""

    price: Decimal
    move: Decimal


def best_exit(
    steps: Sequence[Step], bars: Sequence[Bar], resolution: Resolution = Resolution.MINUTE
) -> BestExit:
    """Move the last exit to the best later price that came before a deeper MAE than the trade already had.

    ``bars`` are those of the trade and after it, as far as the caller wants to look. A bar that goes deeper
    ends the search and its high is not taken: nobody knows which came first. Bars with a fill do not count.
    """
    *_, before, last = standings(steps)
    limit = excursion(steps, bars, resolution).mae
    actual, best, price, at = last.worth(last.price), last.worth(last.price), last.price, None
    for bar in bars:
        if bar.at <= last.at:
            continue
        if before.worth(bar.low) < limit:
            break
        if before.worth(bar.high) > best:
            best, price, at = before.worth(bar.high), bar.high, bar.at
    return BestExit(actual, best, price, at)


def after_exit(
    exit_at: datetime,
    exit_price: Decimal,
    minutes: Sequence[Bar],
    closes: Mapping[date, Decimal],
    day_after: Callable[[date, int], date],
) -> dict[str, Later | None]:
    """Price at +10 min, +60 min, the day's close, +1 d and +5 d relative to the exit; ``None`` = not on record.

    ``minutes`` are 1-minute bars, ``closes`` official closes by day, ``day_after(day, n)`` the n-th trading day
    after (``market_calendar.trading_day_after``). At +n minutes the price is the close of the last bar that had
    ended; after the last bar of the day there is none. Whoever sold after KRX's close has no close to come.
    """
    wanted = {name: _at(minutes, exit_at, timedelta(minutes=span)) for name, span in AFTER_MINUTES.items()}
    day = exit_at.astimezone(SEOUL).date()
    wanted |= {name: closes.get(day_after(day, count)) for name, count in AFTER_DAYS.items() if count}
    today = sessions(day)
    is_over = today is not None and exit_at >= today.closing_auction.closes
    wanted |= {name: None if is_over else closes.get(day) for name, count in AFTER_DAYS.items() if not count}
    return {
        name: None if price is None else Later(price, price / exit_price - 1) for name, price in wanted.items()
    }


def _at(minutes: Sequence[Bar], exit_at: datetime, span: timedelta) -> Decimal | None:
    """Close of the last minute ended at ``exit_at + span``; ``None`` when that day's bars end before."""
    moment, one = exit_at + span, Resolution.MINUTE.value
    day = exit_at.astimezone(SEOUL).date()
    today = [bar for bar in minutes if bar.at + one > exit_at and bar.at.astimezone(SEOUL).date() == day]
    if not today or today[-1].at + one < moment:
        return None
    ended = [bar for bar in today if bar.at + one <= moment]
    return ended[-1].close if ended else None
