"""What notices tell those above them."""

from django.dispatch import Signal

__all__ = ["ended_badly", "noticed"]

#: Somebody has a new notice. Sent with ``user`` and ``account`` (may be ``None``) in its transaction.
noticed = Signal()

#: A message was refused, given up or is in doubt. Sent with ``delivery`` in the transaction that writes it
#: down: whoever had it written may have to know, beside the one it was for.
ended_badly = Signal()
