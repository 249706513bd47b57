"""What notices tell those above them."""

from django.dispatch import Signal

__all__ = ["noticed"]

#: Somebody has a new notice. Sent with ``user`` and ``account`` (may be ``None``) in its transaction.
noticed = Signal()
