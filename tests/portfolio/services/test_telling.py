"""A day that does not agree with the broker is told to whoever sees the account, once for each version."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from kiwoomweb.notices.models import Notice
from portfolio.models import DayProof
from portfolio.services.telling import tell_mismatches

pytestmark = pytest.mark.django_db


def found(account, day: date, state: str = DayProof.State.MISMATCH, version: int = 1) -> DayProof:
    now = timezone.now()
    DayProof.objects.filter(account=account, day=day).update(superseded_at=now)
    told = {"lines": [], "figures": {}, "replies": [], "digest": "0" * 64, "version": version}
    times = {"read_at": now, "alarm_at": now, "made_at": now, "checked_at": now}
    return DayProof.objects.create(account=account, day=day, state=state, **told, **times)


def test_a_mismatch_is_told_once_and_again_when_it_has_changed(account, owner, viewer, stranger) -> None:
    today = timezone.localdate()
    found(account, today)
    found(account, today - timedelta(days=1), DayProof.State.SEALED)
    found(account, today - timedelta(days=400))  # what a backfill finds is a page, not a storm
    tell_mismatches()
    tell_mismatches()
    told = Notice.objects.filter(kind="mismatch")
    assert sorted(row.user.email for row in told) == sorted([owner.user.email, viewer.user.email])
    assert owner.get(told.first().url).status_code == 200
    found(account, today, version=2)
    tell_mismatches()
    assert told.all().count() == 4
