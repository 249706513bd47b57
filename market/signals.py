"""Signals of the market: what it asks of those it does not know."""

from django.dispatch import Signal

__all__ = ["own_asked", "rang"]

#: Sent with ``user`` and ``account`` when somebody wants to see what is theirs alone; receivers answer with the
#: symbols that are, as a ``frozenset``.
own_asked = Signal()

#: An alert has rung. Sent with ``ring`` (an ``AlertRing``) in the transaction that wrote it down.
rang = Signal()
