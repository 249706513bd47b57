"""Ways: how a TR is asked from here, or why it is not."""

from enum import StrEnum

from django.http import Http404

from kiwoomweb.broker.catalogue import TR, find

__all__ = ["Way", "tells_of_the_account", "tr_for", "tr_or_404", "way_of"]

#: Realtime types of the account's own orders and shares.
OWN_TYPES = frozenset({"00", "04"})


class Way(StrEnum):
    """READ over REST, CONDITION and LIVE through the account's running socket, ORDER not from here."""

    READ = "read"
    CONDITION = "condition"
    LIVE = "live"
    ORDER = "order"


def way_of(tr: TR) -> Way:
    if tr.is_order:
        return Way.ORDER
    if tr.transport == "rest":
        return Way.READ
    return Way.CONDITION if tr.group == "조건검색" else Way.LIVE


def tr_or_404(tr_id: str) -> TR:
    """The TR of an address. Raises ``Http404`` where the guide has none."""
    try:
        return find(tr_id)
    except KeyError:
        raise Http404 from None


def tells_of_the_account(tr: TR) -> bool:
    """Whether the answer holds amounts of the account, and not the market's."""
    return tr.path.endswith("/acnt") or tr.id in OWN_TYPES


def tr_for(tr_id: str, *, masked: bool) -> TR:
    """``tr_or_404`` for a reader: whoever sees no amounts finds no TR that would tell them."""
    found = tr_or_404(tr_id)
    if masked and tells_of_the_account(found):
        raise Http404
    return found
