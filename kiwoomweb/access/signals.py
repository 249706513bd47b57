"""What the door to the broker tells those above it."""

from django.dispatch import Signal

__all__ = ["answered"]

#: The broker has answered with success. Sent with ``account_id`` and ``tr``, in the thread that had asked.
answered = Signal()
