"""The measures of one section of the catalogue for the trades asked for: facts gathered, formulas asked."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from threading import BoundedSemaphore

from kiwoomweb.access.models import Account
from portfolio.analytics.definitions import made
from portfolio.analytics.edge.overall import edge_measures
from portfolio.analytics.inside.orders import order_quality
from portfolio.analytics.inside.overall import inside_measures
from portfolio.analytics.measures import Measure, Why
from portfolio.analytics.outcomes import Outcome, as_gross
from portfolio.analytics.path.exposure import exposure_measures
from portfolio.analytics.path.in_percent import measures_in_percent
from portfolio.analytics.path.overall import path_measures
from portfolio.analytics.when.breakdown import breakdown
from portfolio.analytics.when.dimensions import DIMENSIONS
from portfolio.presenting.stats.asked import Asked
from portfolio.presenting.stats.capital import Money
from portfolio.presenting.stats.finding import Habits
from portfolio.presenting.stats.remembering import remembered, remembered_outcomes
from portfolio.presenting.stats.singles import middles
from portfolio.selectors.orders_sent import sent_between
from portfolio.selectors.outcomes import outcomes_of
from portfolio.selectors.stakes import stakes_of

__all__ = ["SECTIONS", "Facts", "measures_of", "plain_measures"]

Measures = dict[str, Measure]
#: A hundred thousand trades take 150 MB and seconds: whoever asks at the same moment waits for the one before.
ONE_AT_A_TIME = BoundedSemaphore()


@dataclass
class Facts:
    """What the formulas of a page read, each asked for once."""

    asked: Asked

    @property
    def account(self) -> Account:
        return self.asked.account

    @cached_property
    def outcomes(self) -> list[Outcome]:
        """The closed trades, before costs when the address says so."""
        return remembered_outcomes(self.asked, self._read)

    def _read(self) -> list[Outcome]:
        with ONE_AT_A_TIME:
            found = outcomes_of(self.account, self.asked.trades)
        return as_gross(found) if self.asked.basis == "gross" else found

    @cached_property
    def money(self) -> Money:
        """The account's worth and deposits."""
        return Money(self.asked)

    @cached_property
    def habits(self) -> Habits:
        """What the detectors saw."""
        return Habits(self.asked, self.outcomes)


def measures_of(section: str, facts: Facts) -> Measures:
    """Every measure of the section by key, with the trades behind it."""
    return SECTIONS[section](facts)


def plain_measures(section: str, facts: Facts) -> Measures:
    """The same without the trades behind them; what trades alone decide is remembered."""
    if section not in OF_TRADES:
        return SECTIONS[section](facts)
    kept = remembered(facts.asked, section, lambda: _without_rows(OF_TRADES[section](facts)))
    return kept | LIVE[section](facts) if section in LIVE else kept


def _without_rows(measures: Measures) -> dict[str, Measure]:
    return {key: replace(measure, rows=None) for key, measure in measures.items()}


def _edge(facts: Facts) -> Measures:
    outcomes = facts.outcomes
    with ONE_AT_A_TIME:
        return edge_measures(outcomes, facts.asked.even) | _chosen(middles(outcomes), ["r_multiple"])


def _inside(facts: Facts) -> Measures:
    singles = {key: measure for key, measure in middles(facts.outcomes).items() if key != "r_multiple"}
    return singles | inside_measures(facts.outcomes, facts.asked.even)


def _orders(facts: Facts) -> Measures:
    """What was sent, amended and filled."""
    asked = facts.asked
    return order_quality(sent_between(asked.account, asked.filter.first, asked.filter.last or asked.today))


def _path(facts: Facts) -> Measures:
    return path_measures(facts.outcomes, even_within=facts.asked.even)


def _now(facts: Facts) -> Measures:
    """What the account is worth, and what is held at this moment."""
    stakes, nav = stakes_of(facts.account)
    found = (*measures_in_percent(facts.money.returns), *exposure_measures(stakes, nav))
    return {measure.key: measure for measure in found}


def _when(facts: Facts) -> Measures:
    found, n = facts.outcomes, len(facts.outcomes)
    symbols = breakdown(found, DIMENSIONS["symbol"])
    best = max(symbols.groups, key=lambda group: group.net, default=None)
    return {
        "trades": made("trades", n, n),
        "net": made("net", sum(one.net for one in found), n),
        "share_of_net": _share(best.measures["share_of_net"] if best else None, symbols.net),
    }


def _share(best: Measure | None, net: int) -> Measure:
    """Of a loss nobody has a share worth showing."""
    if best is None or net <= 0:
        return made("share_of_net", Why.NO_PROFIT if best else Why.NO_TRADES, best.n if best else 0)
    return best


def _money(facts: Facts) -> Measures:
    return facts.money.measures(facts.outcomes)


def _habits(facts: Facts) -> Measures:
    return facts.habits.measures()


def _chosen(measures: Measures, keys: Iterable[str]) -> dict[str, Measure]:
    return {key: measures[key] for key in keys}


#: What the trades asked for decide by themselves, and what is added to it from elsewhere.
OF_TRADES: dict[str, Callable[[Facts], Measures]] = {
    "3.1": _edge,
    "3.2": _inside,
    "3.3": _path,
    "3.4": _when,
}
LIVE: dict[str, Callable[[Facts], Measures]] = {"3.2": _orders, "3.3": _now}
SECTIONS: dict[str, Callable[[Facts], Measures]] = {
    "3.1": _edge,
    "3.2": lambda facts: _inside(facts) | _orders(facts),
    "3.3": lambda facts: _path(facts) | _now(facts),
    "3.4": _when,
    "3.5": _money,
    "3.6": _habits,
}
