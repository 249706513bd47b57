"""Late corrections: which figures of a sealed day the broker tells differently now, told by their cause.

A corrected commission changes the day's total, the sale, the diary and every result that follows from it. A
person is told once and of the cause: "정정: 2026-11-20 005930 수수료 310→300".
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from portfolio.analytics.proof.facts import DayFacts

__all__ = ["Change", "Figures", "changes_between", "figures_of"]

#: By symbol (blank for the whole day), then by name.
Figures = Mapping[str, Mapping[str, int]]

#: What follows from what: a figure is told only when nothing before it explains its change.
CAUSES = ("bought_quantity", "sold_quantity", "bought", "sold", "commission", "tax")
RESULTS = ("costs", "realised")


@dataclass(frozen=True, slots=True)
class Change:
    """One figure of one symbol (blank: of the day), before and after."""

    symbol: str
    figure: str
    before: int
    after: int


def figures_of(facts: DayFacts) -> dict[str, dict[str, int]]:
    """The figures that a correction may change, as far as they are known."""
    found: dict[str, dict[str, int]] = {}
    if facts.totals:
        found[""] = {name: getattr(facts.totals, name) for name in facts.totals.__slots__}
    for stock in facts.diary_stocks:
        mine = found.setdefault(stock.symbol, {})
        names = ("bought_quantity", "bought", "sold_quantity", "sold", "costs")
        mine.update({name: getattr(stock, name) for name in names})
    for sale in facts.sales:
        mine = found.setdefault(sale.symbol, {})
        for name in ("commission", "tax", "realised"):
            mine[name] = mine.get(name, 0) + getattr(sale, name)
    return _with_fills(facts, found)


def _with_fills(facts: DayFacts, found: dict[str, dict[str, int]]) -> dict[str, dict[str, int]]:
    """Shares as our fills have them, under names of their own: a late fill is a correction too."""
    for fill in facts.fills:
        mine, side = found.setdefault(fill.symbol, {}), "sold" if fill.is_sell else "bought"
        name = f"filled_{side}"
        mine[name] = mine.get(name, 0) + fill.quantity
    return found


def changes_between(before: Figures, after: Figures) -> tuple[Change, ...]:
    """What the broker has corrected, causes only. A figure that was unknown on one side is no correction."""
    changes = list(_all_changes(before, after))
    stocks = {change.symbol for change in changes if change.symbol}
    stocks = stocks or {symbol for symbol in after if symbol}
    causes = [change for change in changes if change.figure not in RESULTS]
    told = causes or [change for change in changes if change.figure == "realised"] or changes
    return tuple(_named(told, stocks))


def _all_changes(before: Figures, after: Figures) -> Iterable[Change]:
    for symbol in sorted({*before, *after}):
        old, new = before.get(symbol, {}), after.get(symbol, {})
        for name in sorted(old.keys() & new.keys()):
            if old[name] != new[name]:
                yield Change(symbol, name, old[name], new[name])
        for name in sorted((old.keys() ^ new.keys()) & {"filled_sold", "filled_bought"}):
            yield Change(symbol, name, old.get(name, 0), new.get(name, 0))


def _named(changes: Iterable[Change], stocks: set[str]) -> Iterable[Change]:
    """The day's own change speaks for the one stock it is about, and that stock's version of it is dropped."""
    found = list(changes)
    if len(stocks) != 1:
        return found
    (only,) = stocks
    of_day = {change.figure for change in found if not change.symbol}
    return [
        replace(change, symbol=only) for change in found if not change.symbol or change.figure not in of_day
    ]
