"""What the orders app tells those above it, after the commit."""

from django.dispatch import Signal

__all__ = ["fills_recorded", "possession_asked", "setups_asked", "undo_asked"]

#: New or corrected fills. Sent with ``account_id``, ``day`` and ``symbols`` (a frozenset of codes).
fills_recorded = Signal()

#: Somebody wants imported fills taken back. Sent inside the transaction with ``account_id`` and ``fills``;
#: a receiver answers with sentences that say what depends on them, or with nothing.
undo_asked = Signal()

#: What does the account have? Sent with ``account`` and ``symbol``; the journal answers with a
#: ``selectors.possession.Possession``.
possession_asked = Signal()

#: Which reasons for a trade does the team know? Sent with ``account``; the journal answers with names.
setups_asked = Signal()
