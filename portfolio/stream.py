"""The account's realtime messages about what it has (type 04), and the socket's own beginning."""

from kiwoomweb.broker.domain import BalanceChange
from kiwoomweb.broker.stream_events import Connected
from portfolio.services.hurrying import AFTER_A_FILL, AFTER_A_SILENCE, hurry

__all__ = ["on_balance", "on_connected"]


def on_balance(account_id: int, event: BalanceChange) -> None:
    """잔고: a part of the truth, so it is taken as word that something changed, and the whole is asked for."""
    hurry(account_id, AFTER_A_FILL)


def on_connected(account_id: int, event: Connected) -> None:
    """The socket has begun anew: what was said meanwhile is never replayed, so all of it is asked for."""
    hurry(account_id, AFTER_A_SILENCE)
