"""A worker of the drill: what the product's workers do, with patience and leases a drill can wait for."""

from datetime import timedelta
from random import choice
from time import sleep

from django.conf import settings
from django.db import connections
from django.utils import timezone

from kiwoomweb.notices.models import Delivery, Way
from kiwoomweb.notices.services import claiming
from kiwoomweb.notices.services.delivering import Office
from kiwoomweb.notices.wires.smtp import Patience
from portfolio.models import ReportIssue, ReportPlan
from portfolio.services.reporting import making
from portfolio.services.reporting.opening import open_due

__all__ = ["LEASE", "PATIENCE", "work"]

#: As in life, a lease outlasts every conversation.
PATIENCE = Patience(command=0.4, conversation=0.8, verdict=0.8)
LEASE = timedelta(seconds=3)
BACKOFF = (timedelta(seconds=0.3),) * 200
SHIFT = 15


def work(repeats: bool) -> None:
    """Until nothing is open any more, or somebody kills us."""
    claiming.LEASE, claiming.BACKOFF = LEASE, BACKOFF
    making.LEASE, making.WAIT = 2 * LEASE, timedelta(seconds=0.3)
    settings.EMAIL_REPEATS = repeats
    while _open():
        if _is_due():
            open_due()
        made = [making.make(choice(issues)) for issues in [making.waiting()] if issues]
        claiming.release()
        office = Office(PATIENCE)
        if not office.work((Way.MAIL,), SHIFT) and not any(made):
            sleep(0.05)
        office.close()
    connections.close_all()


def _is_due() -> bool:
    return ReportPlan.objects.filter(next_run__lte=timezone.now()).exists()


def _open() -> bool:
    return (
        _is_due()
        or ReportIssue.objects.filter(made_at__isnull=True, failed_at__isnull=True).exists()
        or Delivery.objects.filter(state__in=["queued", "sending", "handing"]).exists()
    )
