"""Black and Scholes: what an option on one share is worth, and how that changes. Pure arithmetic.

Spot and strike in the same unit; ``years`` to expiry; rate, dividend and volatility as parts (0.3 is 30 %).
"""

from dataclasses import dataclass
from math import erf, exp, log, pi, sqrt

__all__ = ["RATE", "Greeks", "Option", "greeks", "implied", "value"]

#: The riskless rate.
RATE = 0.03
#: Volatilities that are looked for when a price is turned back into one.
LOWEST, HIGHEST = 0.01, 4.0


@dataclass(frozen=True, slots=True)
class Option:
    call: bool
    strike: float
    years: float
    dividend: float = 0.0


@dataclass(frozen=True, slots=True)
class Greeks:
    """Changes of the option's value: ``delta`` and ``gamma`` for one of spot, ``theta`` for a calendar day,
    ``vega`` for one point of volatility (percent), ``rho`` for one point of the rate."""

    delta: float
    gamma: float
    theta: float
    vega: float
    rho: float


def value(option: Option, spot: float, volatility: float) -> float:
    """The option's fair value."""
    d1, d2 = _distances(option, spot, volatility)
    carried, discounted = spot * exp(-option.dividend * option.years), option.strike * exp(-RATE * option.years)
    if option.call:
        return carried * _normal(d1) - discounted * _normal(d2)
    return discounted * _normal(-d2) - carried * _normal(-d1)


def greeks(option: Option, spot: float, volatility: float) -> Greeks:
    d1, d2 = _distances(option, spot, volatility)
    fade, root = exp(-option.dividend * option.years), sqrt(option.years)
    sign = 1 if option.call else -1
    carry = sign * option.dividend * spot * fade * _normal(sign * d1)
    interest = sign * RATE * option.strike * exp(-RATE * option.years) * _normal(sign * d2)
    decay = spot * fade * _bell(d1) * volatility / (2 * root)
    return Greeks(
        delta=sign * fade * _normal(sign * d1),
        gamma=fade * _bell(d1) / (spot * volatility * root),
        theta=(carry - interest - decay) / 365,
        vega=spot * fade * _bell(d1) * root / 100,
        rho=interest / RATE * option.years / 100,
    )


def implied(option: Option, spot: float, price: float) -> float | None:
    """The volatility at which the option is worth ``price``; ``None`` where no volatility explains it."""
    low, high = LOWEST, HIGHEST
    if not value(option, spot, low) <= price <= value(option, spot, high):
        return None
    for _ in range(60):
        middle = (low + high) / 2
        if value(option, spot, middle) < price:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def _distances(option: Option, spot: float, volatility: float) -> tuple[float, float]:
    reach = volatility * sqrt(option.years)
    drift = (RATE - option.dividend + volatility**2 / 2) * option.years
    d1 = (log(spot / option.strike) + drift) / reach
    return d1, d1 - reach


def _normal(x: float) -> float:
    return (1 + erf(x / sqrt(2))) / 2


def _bell(x: float) -> float:
    return exp(-x * x / 2) / sqrt(2 * pi)
