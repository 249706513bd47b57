"""All equations of a day, one after the other."""

from collections.abc import Callable, Iterable
from itertools import chain

from portfolio.analytics.proof.amounts import amounts
from portfolio.analytics.proof.cash import cash
from portfolio.analytics.proof.costs import costs
from portfolio.analytics.proof.facts import DayFacts
from portfolio.analytics.proof.headers import headers
from portfolio.analytics.proof.ledger import ledger
from portfolio.analytics.proof.lines import Line
from portfolio.analytics.proof.open_orders import open_orders
from portfolio.analytics.proof.realised import realised
from portfolio.analytics.proof.shares import shares

__all__ = ["proved"]

EQUATIONS: tuple[Callable[[DayFacts], Iterable[Line]], ...] = (
    amounts,
    costs,
    realised,
    headers,
    shares,
    cash,
    open_orders,
    ledger,
)


def proved(facts: DayFacts) -> tuple[Line, ...]:
    """Every line of the day's proof, in the order of the equations."""
    return tuple(chain.from_iterable(equation(facts) for equation in EQUATIONS))
