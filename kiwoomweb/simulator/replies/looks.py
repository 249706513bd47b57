"""Looks: realtime types that are looked at once a second and told when they have changed."""

from collections.abc import Callable, Mapping

from kiwoomweb.simulator.exchange import Exchange
from kiwoomweb.simulator.replies.shape import Value

__all__ = ["Look"]

#: What a type's FIDs hold now for an item (a stock code with or without suffix, a sector, "" for none);
#: ``None`` while there is nothing to tell. FIDs left out are sent blank.
Look = Callable[[Exchange, str], Mapping[str, Value] | None]
