"""Who hears of what happens to orders: each in their own language, with no amount they may not see."""

from datetime import date

import pytest
from django.utils import timezone

from kiwoomweb.access.models import Grant
from kiwoomweb.notices.models import Notice, Telling
from orders.models import DayLock, Exit
from orders.services.alarming import of_exit, of_lock

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


def test_an_order_count_and_a_stuck_exit_are_told_in_the_readers_own_words(account, owner, trader) -> None:
    """With the figure in the sentence, whatever language the order process itself speaks."""
    type(owner.user).objects.filter(pk=owner.user.pk).update(language="en")
    day = date(2026, 11, 25)
    of_lock(DayLock(account=account, day=day, kind="trades", figure=1_200, at=timezone.now()))
    of_exit(Exit(account=account, symbol="005930", name="삼성전자", key="k", attempt=3, why="하한가"))

    mine = Notice.objects.filter(user=owner.user, kind="order_trouble").values_list("title", "text")
    words = " ".join(part for line in mine for part in line)
    assert "1,200" in words
    assert "삼성전자" in words
    assert "하한가" in words
    for korean in ("오늘", "자동 청산", "매도 주문"):
        assert korean not in words
    theirs = Notice.objects.filter(user=trader.user, kind="order_trouble", title__startswith="자동 청산")
    assert theirs.count() == 1
