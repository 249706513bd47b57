"""Who hears of what happens to orders: each in their own language, with no amount they may not see."""

from datetime import date

import pytest
from django.utils import timezone

from kiwoomweb.access.models import Grant
from kiwoomweb.notices.models import Notice, Telling
from orders.models import DayLock
from orders.services.alarming import of_lock

pytestmark = pytest.mark.django_db


def told(person) -> Notice:
    return Notice.objects.get(user=person.user, kind="loss_limit")


def test_a_lost_day_is_told_at_once_to_those_who_may_stop_trading(
    account, owner, trader, viewer, settings
) -> None:
    settings.CAN_MAIL = True
    membership = trader.user.memberships.get(team=account.team)
    Grant.objects.create(membership=membership, account=account, masked=True)
    type(trader.user).objects.filter(pk=trader.user.pk).update(language="en")
    lock = DayLock(account=account, day=date(2026, 11, 25), kind="loss", figure=-1_234_500, at=timezone.now())
    of_lock(lock)
    of_lock(lock)

    assert "-1,234,500" in told(owner).text
    assert told(owner).urgent
    assert owner.get(told(owner).url).status_code == 200
    assert told(trader).title == "Today's loss limit is reached"
    assert "1,234,500" not in told(trader).text
    assert not Notice.objects.filter(user=viewer.user).exists()
    assert set(Telling.objects.values_list("channel__way", "notice__kind")) == {("mail", "loss_limit")}
