"""The account's realtime messages about what it has (type 04)."""

from kiwoomweb.broker.domain import BalanceChange
from portfolio.services.hurrying import AFTER_A_FILL, hurry

__all__ = ["on_balance"]


def on_balance(account_id: int, event: BalanceChange) -> None:
    """잔고: a part of the truth, so it is taken as word that something changed, and the whole is asked for."""
    hurry(account_id, AFTER_A_FILL)
