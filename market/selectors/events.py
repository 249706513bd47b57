"""The numbered events of an account, as the texts pages receive."""

from collections.abc import Iterable

import msgspec
from django.db.models import Max

from kiwoomweb.prepared import Prepared
from market.models import AccountEvent

__all__ = ["covered_text", "event_text", "events_after", "last_event", "last_events"]

#: More than this and a page fetches its regions afresh instead of replaying.
MOST = 200


def last_event(account_id: int) -> int:
    """The newest event's number; 0 when nothing has happened yet."""
    return _newest.first(account=account_id) or 0


_newest: Prepared[int] = Prepared(
    lambda account: (
        AccountEvent.objects.filter(account_id=account).order_by("-seq").values_list("seq", flat=True)[:1]
    ),
    account=int,
)


def last_events(account_ids: Iterable[int]) -> dict[int, int]:
    """The newest event's number of each account that has any."""
    rows = AccountEvent.objects.filter(account_id__in=set(account_ids)).values_list("account_id")
    return dict(rows.annotate(n=Max("seq")).order_by())


def events_after(account_id: int, seq: int) -> list[tuple[int, str]]:
    """(number, text) of what came after ``seq``, oldest first, the newest ``MOST`` of them."""
    rows = AccountEvent.objects.filter(account_id=account_id, seq__gt=seq).order_by("-seq")[:MOST]
    return [(row.seq, event_text(row)) for row in reversed(rows)]


def event_text(row: AccountEvent) -> str:
    body = {"seq": row.seq, "kind": row.kind, "at": int(row.at.timestamp()), **row.body}
    return msgspec.json.encode(body).decode()


#: What of an event a page may hear whose reader sees no amounts: enough to refresh the right region.
UNCOVERED = frozenset(
    {"seq", "kind", "at", "symbol", "name", "order_no", "status", "side", "condition", "entered", "tr"}
)


def covered_text(text: str) -> str:
    """The same event without sizes and prices of one's own, whatever a kind of event may hold one day."""
    told: dict[str, object] = msgspec.json.decode(text)
    return msgspec.json.encode({name: told[name] for name in told if name in UNCOVERED}).decode()
