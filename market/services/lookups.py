"""Lookups: the sectors, member firms, watch groups and themes a form offers, asked once a day."""

from datetime import timedelta

from kiwoomweb.access.gateway import broker_for
from kiwoomweb.access.models import Account
from kiwoomweb.broker.calls.lookups import LOOKUPS, Known, known
from kiwoomweb.broker.pacing import Priority
from market import door
from market.services.keeping import Answer, kept_or_asked

__all__ = ["known_values"]

FRESH = timedelta(hours=20)
#: Watch groups and searches are a person's own: kept per account, and not for long.
OWN = {"ka01300": timedelta(minutes=1), "ka10171": timedelta(minutes=1)}
#: 조건검색 목록, which only the socket knows.
CONDITIONS, LISTED = "ka10171", {"trnm": "CNSRLST"}


def known_values(account: Account, tr_id: str) -> Answer[list[Known]] | None:
    """What the lookup TR lists, a day old at most, or as it last was; ``None`` for a TR that lists nothing."""
    if tr_id not in LOOKUPS and tr_id != CONDITIONS:
        return None

    def ask() -> list[Known]:
        if tr_id == CONDITIONS:
            return [Known(str(row[0]).strip(), str(row[1])) for row in door.ask(account, LISTED)["data"]]
        return known(broker_for(account, Priority.PERSON), tr_id)

    what = f"lookup:{tr_id}:{account.code}" if tr_id in OWN else f"lookup:{tr_id}"
    return kept_or_asked(account, what, list[Known], ask, OWN.get(tr_id, FRESH))
