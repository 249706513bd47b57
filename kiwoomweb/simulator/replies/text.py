"""Values that only the simulator writes; what both ends write alike is ``broker.wire.writing``.

PROTOCOL 5. Everything is text. Nothing here knows a TR; which field takes which form is the replies' matter.
"""

from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

from kiwoomweb.broker.wire.writing import fixed
from kiwoomweb.simulator.profile import Profile

__all__ = ["decimals", "direction", "percent", "rate"]

#: The mock host pads percents, too (PROTOCOL 5.3).
MOCK_PERCENT_WIDTH = 12


def direction(price: int | Decimal, base: int | Decimal, upper: int = 0, lower: int = 0) -> str:
    """대비기호: 1 상한가, 2 상승, 3 보합, 4 하한가, 5 하락."""
    if price == base:
        return "3"
    if price > base:
        return "1" if price == upper else "2"
    return "4" if price == lower else "5"


def rate(part: int | Decimal, whole: int | Decimal, places: int = 2) -> Decimal:
    """``part`` of ``whole`` in percent, half up; zero of nothing is zero."""
    step = Decimal(1).scaleb(-places)
    return (Decimal(part) * 100 / Decimal(whole)).quantize(step, ROUND_HALF_UP) if whole else 0 * step


def percent(value: Decimal, profile: Profile, places: int = 2) -> str:
    """A rate of a kt TR: plain on the real host, zero-padded on the mock host (``000000002.98``)."""
    return fixed(value, places, width=MOCK_PERCENT_WIDTH if profile.mock else 0)


def decimals(value: Decimal, places: int) -> str:
    """Cut, not rounded, to ``places``; trailing zeros go: ``97602.9573459``, ``60000``."""
    text = f"{value.quantize(Decimal(1).scaleb(-places), ROUND_DOWN):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
