"""Writing: values as the broker would write them, the inverse of what the readers beside it take.

For whoever answers in the broker's place. Every function gives text; ``None`` is written as blank.
"""

from datetime import date, datetime, time
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

from kiwoomweb.broker.domain import SEOUL, Side

__all__ = [
    "clock",
    "colon_clock",
    "day",
    "directed",
    "eoks",
    "fixed",
    "millions",
    "moment",
    "padded",
    "plain",
    "plus",
    "prefixed",
    "scaled",
    "side_label",
    "sided",
]

Number = int | Decimal


def plain(value: Number | None) -> str:
    """``"-84"``, ``"59813.04"``: digits, a minus where it belongs, nothing else."""
    return "" if value is None else f"{value:f}" if isinstance(value, Decimal) else str(value)


def padded(value: Number | None, width: int) -> str:
    """Zero-padded to ``width``; a minus takes the place of the first zero. An account TR's numbers."""
    return plain(value).zfill(width) if value is not None else ""


def plus(value: Number | None) -> str:
    """With a plus on what is above zero: ``"+1.52"``, ``"-0.91"``, ``"0"``."""
    return f"+{plain(value)}" if value is not None and value > 0 else plain(value)


def fixed(value: Decimal | None, places: int = 2, *, width: int = 0, cut: bool = False) -> str:
    """With so many decimals, rounded half up or (``cut``) truncated; padded to ``width`` as the mock does."""
    if value is None:
        return ""
    exact = value.quantize(Decimal(1).scaleb(-places), ROUND_DOWN if cut else ROUND_HALF_UP)
    return f"{exact if exact else abs(exact):f}".zfill(width)


def directed(price: Number | None, base: Number | None) -> str:
    """A price whose sign says how it stands to ``base``, yesterday's close: ``"+60100"``, ``"-59900"``."""
    if price is None:
        return ""
    if not price or base is None or price == base:
        return plain(price)
    return f"{'+' if price > base else '-'}{plain(price)}"


def sided(size: int | None, side: Side | None) -> str:
    """A traded size whose sign says who came to the other."""
    sign = {Side.BUY: "+", Side.SELL: "-", None: ""}[side]
    return "" if size is None else f"{sign}{size}"


def scaled(value: Decimal | None, by: int = 100) -> str:
    """Without its decimal point: 0.38 is ``"38"``."""
    return "" if value is None else str(int((value * by).to_integral_value(ROUND_HALF_UP)))


def millions(won: int | None) -> str:
    """Won as 백만원, the rest cut off."""
    return "" if won is None else str(won // 1_000_000)


def eoks(won: int | None) -> str:
    """Won as 억원, the rest cut off."""
    return "" if won is None else str(won // 100_000_000)


def prefixed(symbol: str, letter: str = "A") -> str:
    """A symbol with its class letter: A a share, J an ELW, Q an ETN."""
    return f"{letter}{symbol}" if symbol else ""


def side_label(side: Side, suffix: str = "") -> str:
    """``"+매수"`` or ``"-매도"``, coloured by its sign as in the broker's own terminal."""
    return f"{'+매수' if side is Side.BUY else '-매도'}{suffix}"


def day(value: date | None, *, empty: str = "") -> str:
    """``YYYYMMDD``; ``empty`` is what the TR writes for none (``00000000`` in ka10085)."""
    return empty if value is None else f"{value:%Y%m%d}"


def clock(value: time | datetime | None) -> str:
    """``HHmmss``; a moment is told in Korean time."""
    return "" if value is None else f"{_here(value):%H%M%S}"


def colon_clock(value: time | datetime | None) -> str:
    """``HH:mm:ss``."""
    return "" if value is None else f"{_here(value):%H:%M:%S}"


def moment(value: datetime | None) -> str:
    """``YYYYMMDDHHmmss`` in Korean time."""
    return "" if value is None else f"{_here(value):%Y%m%d%H%M%S}"


def _here(value: time | datetime) -> time | datetime:
    return value.astimezone(SEOUL) if isinstance(value, datetime) else value
