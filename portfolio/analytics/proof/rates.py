"""The account's commission rate, learnt from what it was charged and proved by the same rows.

A charge ``c`` cut ``k`` times to ten won on amounts that come to ``A`` says ``c <= A x rate < c + 10k``: the
rate lies in ``[c / A, (c + 10k) / A)``. Many rows leave a narrow stretch that most of them share; the shortest
decimal in it is the rate (0.00015 is 0.015 %), and it is proved when nearly all rows fit.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

__all__ = ["Charge", "Rate", "learned"]

#: A rate is believed from so many rows on, when at least so large a share of them fits.
ENOUGH, SHARE = 3, Fraction(9, 10)
MOST = 2
#: 0.00001 % is nobody's rate.
MOST_PLACES = 10


@dataclass(frozen=True, slots=True)
class Charge:
    """One charged commission in won: on ``low`` to ``high`` won (they differ by cut averages), cut ``cuts``
    times."""

    low: Fraction
    high: Fraction
    charged: int
    cuts: int = 1

    @property
    def bounds(self) -> tuple[Fraction, Fraction]:
        """The rates that would charge this: from, up to but not including."""
        return Fraction(self.charged) / self.high, Fraction(self.charged + 10 * self.cuts) / self.low


@dataclass(frozen=True, slots=True)
class Rate:
    """``rate`` as a fraction of the amount; ``fitting`` of ``rows`` charges agree with it."""

    rate: Fraction
    rows: int
    fitting: int


def learned(charges: Iterable[Charge]) -> tuple[Rate, ...]:
    """The one rate that most charges agree on, or two (KRX and NXT charge differently); none while there are
    too few charges, or while they disagree."""
    bounds = [charge.bounds for charge in charges if charge.low > 0]
    total = len(bounds)
    found: list[Rate] = []
    while len(bounds) >= ENOUGH and len(found) < MOST:
        low, high, fitting = _shared(bounds)
        rate = _simplest(low, high)
        found.append(Rate(rate, total, fitting))
        bounds = [(least, most) for least, most in bounds if not least <= rate < most]
        if len(bounds) <= (1 - SHARE) * total:
            return tuple(found)
    return ()


def _shared(bounds: Sequence[tuple[Fraction, Fraction]]) -> tuple[Fraction, Fraction, int]:
    """The stretch that most intervals cover, and by how many."""
    steps = sorted([(low, 1) for low, _ in bounds] + [(high, -1) for _, high in bounds])
    depth = best = 0
    found = (Fraction(0), Fraction(1))
    for place, (at, step) in enumerate(steps):
        depth += step
        if depth > best and place + 1 < len(steps) and steps[place + 1][0] > at:
            best, found = depth, (at, steps[place + 1][0])
    return *found, best


def _simplest(low: Fraction, high: Fraction) -> Fraction:
    """The decimal with the fewest places in ``[low, high)``: rates are quoted in percent with few decimals."""
    for places in range(3, MOST_PLACES):
        unit = Fraction(1, 10**places)
        rate = -(-low // unit) * unit
        if rate < high:
            return rate
    return low
