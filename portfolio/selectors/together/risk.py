"""Open risk: what the trades an account holds would lose down to their stops."""

from dataclasses import dataclass

from kiwoomweb.access.models import Account
from portfolio.models import Trade
from portfolio.selectors.trades import trades_of

__all__ = ["OpenRisk", "open_risk"]


@dataclass(frozen=True, slots=True)
class OpenRisk:
    """``won`` as planned when each stop was recorded, ``None`` where no trade has one."""

    won: int | None
    trades: int
    unstopped: int


def open_risk(account: Account) -> OpenRisk:
    """Of all trades that are open now. One query."""
    rows = trades_of(account).filter(state=Trade.State.OPEN).values_list("review__risk", flat=True)
    risks = list(rows)
    known = [risk for risk in risks if risk is not None]
    won = sum(known) if known or not risks else None
    return OpenRisk(won, len(risks), len(risks) - len(known))
