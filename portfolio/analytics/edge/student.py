"""Student's t distribution: how likely a value at least this large is by chance alone.

P(T >= t) = I(v / (v + t²); v/2, 1/2) / 2 for t >= 0, with I the regularised incomplete beta function, computed
by its continued fraction (modified Lentz).
"""

from math import exp, lgamma, log, log1p

__all__ = ["upper_tail"]

TINY, CLOSE, MOST_STEPS = 1e-300, 1e-15, 10_000


def upper_tail(t: float, degrees: int) -> float:
    """P(T >= t) with ``degrees`` (>= 1) degrees of freedom."""
    # The share and its rest are both divided out: 1 - x would lose a small t.
    x, rest = degrees / (degrees + t * t), t * t / (degrees + t * t)
    both = _regularised_beta(x, rest, degrees / 2, 0.5)
    return both / 2 if t >= 0 else 1 - both / 2


def _regularised_beta(x: float, rest: float, a: float, b: float) -> float:
    """I(x; a, b) with ``rest`` = 1 - x."""
    if x <= 0 or rest <= 0:
        return 0.0 if x <= 0 else 1.0
    power = a * (log(x) if x < rest else log1p(-rest)) + b * log(rest)
    front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + power)
    # The fraction converges fast only on this side of the mean; the other side is its mirror.
    if x < (a + 1) / (a + b + 2):
        return front * _fraction(x, a, b) / a
    return 1 - front * _fraction(rest, b, a) / b


def _fraction(x: float, a: float, b: float) -> float:
    c, d = 1.0, 1 / _away_from_zero(1 - (a + b) * x / (a + 1))
    value = d
    for m in range(1, MOST_STEPS):
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        for term in (even, odd):
            d = 1 / _away_from_zero(1 + term * d)
            c = _away_from_zero(1 + term / c)
            value *= c * d
        if abs(c * d - 1) < CLOSE:
            break
    return value


def _away_from_zero(number: float) -> float:
    return number if abs(number) > TINY else TINY
