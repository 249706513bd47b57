"""What the portfolio tells those who listen, after the commit."""

from django.dispatch import Signal

__all__ = ["trades_changed"]

#: Trades were derived anew. Sent with ``account_id``, ``trade_ids`` and ``days`` (frozensets).
trades_changed = Signal()
