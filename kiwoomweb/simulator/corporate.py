"""Corporate actions: overnight a holding is another number of shares, under another code, or gone.

Fills stay as they were, as at the real broker: only the holdings, and from that morning on the prices, are
different. A world has none unless it was opened with a plan (``Wish.actions``).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from types import MappingProxyType

from kiwoomweb.simulator.ledger import Ledger
from kiwoomweb.simulator.trader import Trader

__all__ = ["Action", "Corporate", "plan_of"]


@dataclass(frozen=True, slots=True)
class Action:
    """What happened to a holding on the morning of ``day``: ``before`` shares of ``code`` became ``after``.

    ``kind`` is split, bonus, rename or delisting; ``successor`` the code of the shares from then on.
    """

    day: date
    kind: str
    code: str
    successor: str
    before: int
    after: int


#: 5:1, and one new share for two.
SPLIT, BONUS = Fraction(5), Fraction(3, 2)


def plan_of(wish: str) -> tuple[tuple[int, str], ...]:
    """``"split@45 rename@105"``: after how many trading days what happens to the largest holding.

    A day on which nothing is held waits. Raises ``ValueError`` for what is no such plan.
    """
    parts = (one.partition("@") for one in wish.split())
    plan = sorted((int(days), kind) for kind, _, days in parts)
    if strangers := {kind for _, kind in plan} - _DOES.keys():
        raise ValueError(f"no corporate action is called {', '.join(sorted(strangers))}")
    return tuple(plan)


class Corporate:
    """Carries a plan out on the trader's holdings, before each day's first session."""

    def __init__(self, ledger: Ledger, trader: Trader, plan: tuple[tuple[int, str], ...]) -> None:
        self.ledger, self.market, self.trader = ledger, ledger.market, trader
        self.due, self.days = list(plan), 0
        self.done: list[Action] = []

    def morning(self, day: date) -> None:
        """Let the next planned action happen when its time has come and there is something to act on."""
        self.days += 1
        if not self.due or self.days <= self.due[0][0]:
            return
        code = self._largest(day)
        if code is None:
            return
        _, kind = self.due.pop(0)
        before = self.ledger.holdings[code].quantity
        successor, after = _DOES[kind](self, code, day)
        self.done.append(Action(day, kind, code, successor, before, after))

    def _largest(self, day: date) -> str | None:
        """The dearest share held that trades today; funds are nobody's company."""
        shares = [
            one
            for one in self.ledger.holdings.values()
            if not self.market.universe.instruments[one.code].is_etf
            and one.quantity >= 2
            and (bar := self.market.daily.series(one.code, day).on(day)) is not None
            and not bar.halted
        ]
        return max(shares, key=lambda one: (one.cost, one.code)).code if shares else None

    def _multiplied(self, code: str, day: date, by: Fraction) -> tuple[str, int]:
        holding = self.ledger.holdings[code]
        holding.quantity = int(holding.quantity * by)
        self.market.rebase(code, day, by)
        return code, holding.quantity

    def split(self, code: str, day: date) -> tuple[str, int]:
        """액면분할."""
        return self._multiplied(code, day, SPLIT)

    def bonus(self, code: str, day: date) -> tuple[str, int]:
        """무상증자; a part of a share is lost."""
        return self._multiplied(code, day, BONUS)

    def rename(self, code: str, day: date) -> tuple[str, int]:
        """종목코드 변경: the same company goes on under another code."""
        successor = self.market.rename(code)
        holding = self.ledger.holdings.pop(code)
        self.ledger.holdings[successor] = replace(holding, code=successor)
        self.trader.follow(code, successor)
        return successor, holding.quantity

    def delisting(self, code: str, day: date) -> tuple[str, int]:
        """상장폐지: the shares leave the account, nothing comes for them."""
        del self.ledger.holdings[code]
        self.trader.follow(code, "")
        return code, 0


_DOES: Mapping[str, Callable[[Corporate, str, date], tuple[str, int]]] = MappingProxyType(
    {
        "split": Corporate.split,
        "bonus": Corporate.bonus,
        "rename": Corporate.rename,
        "delisting": Corporate.delisting,
    }
)
