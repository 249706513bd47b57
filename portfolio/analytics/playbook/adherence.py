"""Adherence (원칙 준수): rules met over rules applied, and what following or breaking them was worth (3.6)."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

__all__ = ["Adherence", "Checked", "adherence", "overall"]


@dataclass(frozen=True, slots=True)
class Checked:
    """One trade under one rule: met or broken, and its net result in won (``None`` while it is open)."""

    trade: int
    is_met: bool
    net: int | None


@dataclass(slots=True)
class Adherence:
    """Counts of a rule, and the closed trades' results in won on either side."""

    met: int = 0
    broken: int = 0
    followed: list[int] = field(default_factory=list)
    violated: list[int] = field(default_factory=list)
    #: Trades that broke it, newest last.
    trades_broken: list[int] = field(default_factory=list)

    def add(self, checked: Checked) -> None:
        """Count one trade."""
        self.met += checked.is_met
        self.broken += not checked.is_met
        if not checked.is_met:
            self.trades_broken.append(checked.trade)
        if checked.net is not None:
            (self.followed if checked.is_met else self.violated).append(checked.net)

    @property
    def share(self) -> Decimal | None:
        """Percent of the trades it applied to that met it."""
        applied = self.met + self.broken
        return Decimal(100 * self.met) / applied if applied else None

    @property
    def expectancy_followed(self) -> Decimal | None:
        """Mean net result in won of closed trades that met it."""
        return _mean(self.followed)

    @property
    def expectancy_broken(self) -> Decimal | None:
        """Mean net result in won of closed trades that broke it."""
        return _mean(self.violated)


def adherence(checks: Iterable[Checked]) -> Adherence:
    """Of one rule."""
    found = Adherence()
    for checked in checks:
        found.add(checked)
    return found


def overall(by_rule: Iterable[Iterable[Checked]]) -> Adherence:
    """Of all rules together: counts add up; a trade counts once as followed or broken, broken by one rule is
    broken."""
    found = Adherence()
    broken: dict[int, bool] = {}
    nets: dict[int, int | None] = {}
    for checks in by_rule:
        for checked in checks:
            found.met += checked.is_met
            found.broken += not checked.is_met
            broken[checked.trade] = broken.get(checked.trade, False) or not checked.is_met
            nets[checked.trade] = checked.net
    for trade, is_broken in broken.items():
        if is_broken:
            found.trades_broken.append(trade)
        if (net := nets[trade]) is not None:
            (found.violated if is_broken else found.followed).append(net)
    return found


def _mean(values: list[int]) -> Decimal | None:
    return Decimal(sum(values)) / len(values) if values else None
