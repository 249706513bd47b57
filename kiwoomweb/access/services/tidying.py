"""Tidying: sessions that are over and proofs nobody can use any more do not pile up."""

from datetime import timedelta

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db.models import Exists, OuterRef
from django.utils import timezone

from kiwoomweb.access.models import AddressChange, Caution, Device, Proof

__all__ = ["tidy"]

#: A proof opens doors for minutes; those bound to an order stay with its account as evidence.
PROOFS_FOR = timedelta(days=30)
#: The cookie of a device that was away for longer is gone from its browser.
DEVICES_FOR = timedelta(days=400)


def tidy() -> None:
    """Forget what is over."""
    now = timezone.now()
    Session.objects.filter(expire_date__lt=now).delete()
    alive = Session.objects.filter(pk=OuterRef("session_key"))
    UserSession.objects.filter(~Exists(alive), last_seen_at__lt=now - timedelta(hours=1)).delete()
    Proof.objects.filter(subject_hash="", account=None, at__lt=now - PROOFS_FOR).delete()
    Caution.objects.filter(until__lt=now - PROOFS_FOR).delete()
    AddressChange.objects.filter(asked_at__lt=now - PROOFS_FOR).delete()
    Device.objects.filter(seen_at__lt=now - DEVICES_FOR).delete()
