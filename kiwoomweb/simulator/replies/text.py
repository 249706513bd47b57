"""Values as the broker writes them: padding, direction signs, rates and times. The inverse of reading a reply.

PROTOCOL 5. Everything is text. Nothing here knows a TR; which field takes which form is the replies' matter.
"""

from datetime import date, datetime
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

from kiwoomweb.simulator.profile import Profile

__all__ = [
    "asset_code",
    "change",
    "clock",
    "clock_colons",
    "day",
    "decimals",
    "directed",
    "direction",
    "millions",
    "padded",
    "percent",
    "rate",
    "signed_rate",
    "two_decimals",
]


def padded(value: int, width: int) -> str:
    """Zero-padded to ``width``; a minus takes the first place: ``-00000000000084``."""
    return f"{value:0{width}d}"


def directed(price: int | Decimal | None, base: int | Decimal | None) -> str:
    """A price whose sign tells the direction from the previous close: ``+61300``, ``-60000``, ``60500``."""
    if price is None:
        return ""
    if not base or not price or price == base:
        return str(price)
    return f"+{price}" if price > base else f"-{price}"


def change(value: int | Decimal) -> str:
    """A true signed number with an explicit plus: ``+500``, ``-500``, ``0``."""
    return f"+{value}" if value > 0 else str(value)


def direction(price: int | Decimal, base: int | Decimal, upper: int = 0, lower: int = 0) -> str:
    """대비기호: 1 상한가, 2 상승, 3 보합, 4 하한가, 5 하락."""
    if price == base:
        return "3"
    if price > base:
        return "1" if price == upper else "2"
    return "4" if price == lower else "5"


def rate(part: int | Decimal, whole: int | Decimal, places: int = 2) -> Decimal:
    """``part`` of ``whole`` in percent, half up; zero of nothing is zero."""
    if not whole:
        return Decimal(0).quantize(_step(places))
    return (Decimal(part) * 100 / Decimal(whole)).quantize(_step(places), ROUND_HALF_UP)


def signed_rate(value: Decimal) -> str:
    """``+0.82``, ``-1.10``, ``0.00``."""
    return f"+{value}" if value > 0 else str(value + 0)  # + 0 turns -0.00 into 0.00


def percent(value: Decimal, profile: Profile, *, width: int = 12) -> str:
    """A rate of a kt TR: plain on the real host, zero-padded on the mock host (``000000002.98``)."""
    if not profile.mock:
        return str(value + 0)
    return f"{'-' if value < 0 else ''}{abs(value)!s:0>{width - (value < 0)}}"


def decimals(value: Decimal, places: int) -> str:
    """Cut, not rounded, to ``places``; trailing zeros go: ``97602.9573459``, ``60000``."""
    cut = value.quantize(_step(places), ROUND_DOWN)
    text = f"{cut:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def two_decimals(value: Decimal) -> str:
    """Cut to two decimals, both kept: ``97602.96``, ``60000.00``."""
    return f"{value.quantize(_step(2), ROUND_DOWN):f}"


def millions(won: int) -> str:
    """거래대금 in 백만원."""
    return str(won // 1_000_000)


def day(value: date | None, *, unknown: str = "") -> str:
    return f"{value:%Y%m%d}" if value else unknown


def clock(moment: datetime) -> str:
    """``HHmmss``."""
    return f"{moment:%H%M%S}"


def clock_colons(moment: datetime) -> str:
    """``HH:mm:ss``."""
    return f"{moment:%H:%M:%S}"


def asset_code(symbol: str, *, etn: bool = False) -> str:
    """The stock code with its asset class letter: A stock, Q ETN."""
    return f"{'Q' if etn else 'A'}{symbol}"


def _step(places: int) -> Decimal:
    return Decimal(1).scaleb(-places)
