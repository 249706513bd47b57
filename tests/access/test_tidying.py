"""Tidying: what is over goes, what still counts stays."""

from datetime import timedelta

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.utils import timezone

from kiwoomweb.access.models import Proof
from kiwoomweb.access.services.tidying import tidy


def test_only_what_is_over_is_forgotten(owner, trader, account):
    now = timezone.now()
    over, here = (person.browser.session.session_key for person in (trader, owner))
    for key, user in ((over, trader.user), (here, owner.user)):
        UserSession.objects.create(
            user=user, ip="127.0.0.1", session_key=key, last_seen_at=now - timedelta(hours=2)
        )
    Session.objects.filter(pk=over).update(expire_date=now - timedelta(minutes=1))
    Proof.objects.filter(user=trader.user).update(at=now - timedelta(days=31))
    bound = Proof.objects.create(
        user=trader.user, session_hash="s", method="passkey", at=now - timedelta(days=31), account=account
    )

    tidy()

    assert set(Session.objects.values_list("pk", flat=True)) == {here}
    assert set(UserSession.objects.values_list("session_key", flat=True)) == {here}
    assert set(Proof.objects.values_list("user", "account")) == {
        (owner.user.pk, None),
        (trader.user.pk, bound.account_id),
    }
