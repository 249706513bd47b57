"""A worker of the drill: what the product's worker does, with patience and leases a drill can wait for."""

from datetime import timedelta
from time import sleep

from django.conf import settings
from django.db import connections

from kiwoomweb.notices.models import Delivery, Way
from kiwoomweb.notices.services import claiming
from kiwoomweb.notices.services.delivering import Office
from kiwoomweb.notices.wires.smtp import Patience

__all__ = ["LEASE", "PATIENCE", "work"]

#: As in life, a lease outlasts every conversation.
PATIENCE = Patience(command=0.4, conversation=0.8, verdict=0.8)
LEASE = timedelta(seconds=3)
BACKOFF = (timedelta(seconds=0.3),) * 200


def work(repeats: bool) -> None:
    """Until nothing is open any more, or somebody kills us."""
    claiming.LEASE, claiming.BACKOFF = LEASE, BACKOFF
    settings.EMAIL_REPEATS = repeats
    while _open():
        claiming.release()
        office = Office(PATIENCE)
        if not office.work((Way.MAIL,), 50):
            sleep(0.05)
        office.close()
    connections.close_all()


def _open() -> bool:
    return Delivery.objects.filter(state__in=["queued", "sending", "handing"]).exists()
