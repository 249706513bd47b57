"""Lookups: the sectors, member firms, watch groups and themes a form offers, asked once a day."""

from datetime import timedelta

from kiwoomweb.access.gateway import broker_for
from kiwoomweb.access.models import Account
from kiwoomweb.broker.calls.lookups import LOOKUPS, Known, known
from kiwoomweb.broker.pacing import Priority
from market.services.keeping import Answer, kept_or_asked

__all__ = ["known_values"]

FRESH = timedelta(hours=20)
#: Watch groups are a person's own: kept per account, and not for long.
OWN = {"ka01300": timedelta(minutes=1)}


def known_values(account: Account, tr_id: str) -> Answer[list[Known]] | None:
    """What the lookup TR lists, a day old at most, or as it last was; ``None`` for a TR that lists nothing."""
    if tr_id not in LOOKUPS:
        return None

    def ask() -> list[Known]:
        return known(broker_for(account, Priority.PERSON), tr_id)

    what = f"lookup:{tr_id}:{account.code}" if tr_id in OWN else f"lookup:{tr_id}"
    return kept_or_asked(account, what, list[Known], ask, OWN.get(tr_id, FRESH))
