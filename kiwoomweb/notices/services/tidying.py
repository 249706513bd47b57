"""Tidying: what was told and sent long ago goes; what somebody still has to decide about stays."""

from datetime import timedelta

from django.utils import timezone

from kiwoomweb.notices.models import Delivery, Notice, State

__all__ = ["tidy"]

KEPT = timedelta(days=180)


def tidy() -> None:
    """A report sent half a year ago is still on its page."""
    before = timezone.now() - KEPT
    Delivery.objects.filter(state=State.SENT, ended_at__lt=before).delete()
    Delivery.objects.filter(seen_at__lt=before).delete()
    Notice.objects.filter(made_at__lt=before, read_at__isnull=False).delete()
