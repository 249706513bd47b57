"""The thresholds of the detectors, as the catalogue has them; every one may be changed by the user."""

from dataclasses import dataclass
from decimal import Decimal

__all__ = ["DEFAULTS", "Thresholds"]


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Working definitions of 3.6."""

    #: 뇌동/복수매매: minutes after a loss, how large it was, how large the next trade is (times the median)
    revenge_minutes: int = 15
    revenge_loss: Decimal = Decimal("1.5")
    revenge_size: Decimal = Decimal("1.5")
    #: Overtrading: beyond this percentile of one's own trades a day
    busy_percentile: int = 90
    #: Early cutting: winners take less than this of their best standing
    capture: Decimal = Decimal("0.4")
    #: Loss riding: losers are held so many times as long as winners
    riding: Decimal = Decimal("1.5")
    #: Disposition: PGR - PLR above this
    disposition: Decimal = Decimal("0")
    #: Size after a streak: results looked back on, and the correlation (either sign) that says something
    streak: int = 3
    correlation: Decimal = Decimal("0.3")
    #: Plan adherence below this
    adherence: Decimal = Decimal("0.8")
    #: Won beside a trade's own costs that are called even (본전); asked with the page, not kept with these
    even_within: int = 0


DEFAULTS = Thresholds()
