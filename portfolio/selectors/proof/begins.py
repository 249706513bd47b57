"""From which day on an account has a state for every trading day."""

from datetime import date, timedelta

from django.db.models import Max

from kiwoomweb.access.models import Account
from kiwoomweb.broker.domain import SEOUL
from orders.models import Fill
from portfolio.models import AccountSync, Purpose, RealisedDay, SyncTask

__all__ = ["begin_of"]


def begin_of(account: Account) -> date | None:
    """The day it was connected, or the first day the journal knows anything of; ``None`` while neither is."""
    found = [day for day in (connected_on(account), *_first_facts(account)) if day]
    return min(found, default=None)


def connected_on(account: Account) -> date | None:
    """The day after the past that was read backwards; by our clock where nothing was planned."""
    past = SyncTask.objects.filter(account=account, tr="ka10074", purpose=Purpose.BACKFILL)
    last: date | None = past.aggregate(last=Max("last"))["last"]
    if last:
        return last + timedelta(days=1)
    began = AccountSync.objects.filter(account=account).values_list("began_at", flat=True).first()
    return began.astimezone(SEOUL).date() if began else None


def _first_facts(account: Account) -> list[date | None]:
    """Of what counts now, also for a report about an earlier moment: states have no past versions, and what was
    known then would be looked for in every row."""
    found = [kind.objects.filter(account=account, superseded_at__isnull=True) for kind in (RealisedDay, Fill)]
    return [rows.order_by("day").values_list("day", flat=True).first() for rows in found]
