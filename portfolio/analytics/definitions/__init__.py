"""The registry of figures: every key with its names, formula, unit and least n; ``made`` fills one in."""

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction

from portfolio.analytics.definitions.behaviour import BEHAVIOUR
from portfolio.analytics.definitions.conditions import CONDITIONS
from portfolio.analytics.definitions.definition import Definition
from portfolio.analytics.definitions.edge import EDGE
from portfolio.analytics.definitions.inside import INSIDE
from portfolio.analytics.definitions.money import MONEY
from portfolio.analytics.definitions.path import PATH
from portfolio.analytics.definitions.when import WHEN
from portfolio.analytics.measures import Measure, Why

__all__ = ["BEYOND", "DEFINITIONS", "EVERY", "Definition", "Number", "decimal", "made"]

Number = int | float | Decimal | Fraction

#: The statistics of trades (3.1-3.6), every one of which the pages show.
DEFINITIONS = {each.key: each for each in (*EDGE, *INSIDE, *PATH, *WHEN, *MONEY, *BEHAVIOUR)}
#: Figures of 3.7, shown with the conditions.
BEYOND = {each.key: each for each in CONDITIONS}

EVERY = DEFINITIONS | BEYOND


def made(
    key: str,
    value: Number | Why,
    n: int,
    *,
    low: Number | None = None,
    high: Number | None = None,
    rows: Iterable[int] | None = None,
) -> Measure:
    """The measure of this key; a ``Why`` in the place of the value says why there is none."""
    definition = EVERY[key]
    why = value if isinstance(value, Why) else Why.KNOWN
    return Measure(
        key=key,
        value=None if isinstance(value, Why) else decimal(value),
        n=n,
        unit=definition.unit,
        low=None if low is None else decimal(low),
        high=None if high is None else decimal(high),
        needs=definition.needs,
        rows=None if rows is None else tuple(rows),
        why_none=why,
    )


def decimal(number: Number) -> Decimal:
    """As a ``Decimal`` of this very value: a float by its shortest text, a fraction divided once."""
    if isinstance(number, Fraction):
        return Decimal(number.numerator) / number.denominator
    return Decimal(repr(float(number))) if isinstance(number, float) else Decimal(number)
