"""Cutting: how the broker truncates, and what that may hide (PROTOCOL 6.1).

    commission  floor(amount x rate / 10) x 10     373,500 at 0.015 % is 56.02, charged 50
    tax         floor(amount x tax)                260,000 at 0.20 % is 520
    average     floor(amount / quantity)           10 shares for 1,000,007 are told at 100,000

Sums of cut figures fall short of the cut sum: of ``n`` parts cut to ten won at most 10(n - 1) won are missing,
always a multiple of ten.
"""

from decimal import Decimal
from fractions import Fraction

__all__ = ["commission", "hidden_in_average", "hidden_in_cuts"]

TEN = 10


def commission(amount: int | Fraction, rate: Fraction) -> int:
    """What is charged on an amount, cut to ten won.

    >>> commission(373_500, Fraction(15, 100_000))
    50
    """
    return int(amount * rate / TEN) * TEN


def hidden_in_cuts(parts: int, whole: int = 1) -> int:
    """How many won ``parts`` cuts may miss against ``whole`` cuts of the same sum: 10 for each further cut."""
    return TEN * max(parts - whole, 0)


def hidden_in_average(quantity: int, price: Decimal) -> int:
    """How many won an average told as ``price`` may hide over ``quantity`` shares.

    A whole average may have been cut by less than a won a share; one share's price is its amount; an average
    with decimals is cut at its fourth.
    """
    if quantity <= 1:
        return 0
    if price == price.to_integral_value():
        return quantity - 1
    return 1 + quantity // 10_000
