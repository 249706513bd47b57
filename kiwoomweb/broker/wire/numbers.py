"""Numbers on the wire: padding, two meanings of a sign, doubled signs, separators, garbage (PROTOCOL 5.2)."""

import re
from decimal import ROUND_HALF_EVEN, Decimal

from kiwoomweb.broker.domain import Side, Won

__all__ = [
    "aggressor",
    "count",
    "decimal",
    "eoks",
    "millions",
    "nearest_won",
    "points",
    "price",
    "rate",
    "saturated",
    "scaled",
    "thousands",
    "won",
]

_NUMBER = re.compile(r"([+-]{0,2})((?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d{0,12})?|\.\d{1,12})(%?)", re.ASCII)

#: A won or a share more than this many digits long is garbage, and would not fit a column either.
MOST_DIGITS = 18

#: What an overflowing counter of theirs looks like: not a quantity, but a missing one.
_SATURATED = {4294967295, 2147483647, -2147483648, -2147483647, -2147483}


def decimal(text: str) -> Decimal | None:
    """Any number, exactly: ``"000000002.98"``, ``"-0000163958"``, ``"--335"``, ``"56,900"``, ``"20%"``."""
    text = text.strip()
    if not text:
        return None
    found = _NUMBER.fullmatch(text)
    if not found:
        raise ValueError(f"not a number: {text!r}")
    signs, digits, _ = found.groups()
    value = Decimal(digits.replace(",", ""))
    if value.adjusted() >= MOST_DIGITS:
        raise ValueError(f"not a number anybody has: {text[:40]!r}")
    return -value if "-" in signs and value else value  # "-0.00" is plain zero


def won(text: str) -> Won | None:
    """A whole amount with its arithmetic sign; ``"-00000000000084"`` is -84 won."""
    value = decimal(text)
    return None if value is None else Won(_whole(value, text))


def nearest_won(text: str) -> Won | None:
    """An amount that may carry a fraction of a won (``"59813.04"`` in ka10072), to the nearest won."""
    value = decimal(text)
    return None if value is None else Won(int(value.to_integral_value(ROUND_HALF_EVEN)))


def price(text: str) -> Won | None:
    """A price: its sign is only the direction since yesterday's close and is dropped."""
    value = won(text)
    return None if value is None else Won(abs(value))


def count(text: str) -> int | None:
    """A number of shares or trades; the broker's overflow marks are ``None``."""
    value = decimal(text)
    if value is None:
        return None
    whole = _whole(value, text)
    return None if saturated(whole) else whole


def saturated(value: int | Decimal) -> bool:
    """Whether this is what an overflowing counter of the broker's looks like."""
    return value in _SATURATED


def rate(text: str) -> Decimal | None:
    """A percentage as the broker means it: ``"+1.52"`` is 1.52 %."""
    return decimal(text)


def scaled(text: str, by: int = 100) -> Decimal | None:
    """A number written without its decimal point: ``"+38"`` is 0.38."""
    value = decimal(text)
    return None if value is None else value / by


def millions(text: str) -> Won | None:
    """An amount in 백만원, as won; an overflow mark is ``None``."""
    value = count(text)
    return None if value is None else Won(value * 1_000_000)


def eoks(text: str) -> Won | None:
    """An amount in 억원, as won."""
    value = count(text)
    return None if value is None else Won(value * 100_000_000)


def thousands(text: str) -> int | None:
    """A number of shares in 천주; an overflow mark is ``None``."""
    value = count(text)
    return None if value is None else value * 1000


def points(text: str) -> Decimal | None:
    """The level of an index: its sign, like a price's, is only its direction."""
    value = decimal(text)
    return None if value is None else abs(value)


def aggressor(text: str) -> tuple[Side | None, int] | None:
    """A traded size whose sign tells who came to the other: ``+`` the buyer, ``-`` the seller."""
    value = count(text)
    if value is None:
        return None
    side = {"+": Side.BUY, "-": Side.SELL}.get(text.strip()[0])
    return side, abs(value)


def _whole(value: Decimal, text: str) -> int:
    if value != value.to_integral_value():
        raise ValueError(f"not a whole number: {text!r}")
    return int(value)
