"""What the orders app tells those above it, after the commit."""

from django.dispatch import Signal

__all__ = ["fills_recorded"]

#: New or corrected fills. Sent with ``account_id``, ``day`` and ``symbols`` (a frozenset of codes).
fills_recorded = Signal()
