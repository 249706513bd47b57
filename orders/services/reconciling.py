"""Reconciling: before this process sends anything for an account, make what we know of it true (3.7.1).

Nothing is sent here. SENDING becomes UNKNOWN, READY expires, the day is read whole once, doubts are resolved,
our orders are followed, and what is open at the broker is compared with what we believe is open. Only then, and
with the socket's news settled, the lane opens; whatever fails leaves it closed, with the reason in words.
"""

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kiwoomweb.access.gateway import broker_now
from kiwoomweb.access.models import Account
from kiwoomweb.broker.asking import Broker
from kiwoomweb.prepared import Prepared
from orders.crashing import crashpoint
from orders.models import Intent, Lane
from orders.selectors.intents import doubted as doubted_of
from orders.selectors.intents import live_days
from orders.selectors.lanes import lane_of
from orders.services.expiring import drain
from orders.services.following import follow
from orders.services.halting import halt
from orders.services.posts import Post
from orders.services.reading import Reading, read_day
from orders.services.resolving import lose, resolve
from orders.states import LIVE, State
from orders.tickets import Kind

__all__ = ["close_lane", "open_lane", "reconcile"]


def reconcile(
    account: Account, broker: Broker, post: Post, *, is_new_day: bool = False, opens: bool = True
) -> bool:
    """Whether all agrees; with ``opens`` the lane is open then. After a ``BrokerError`` it stays closed.

    ``is_new_day``: the process goes on, only the day is another one; what waits need not end for that. Without
    ``opens`` the lane stays closed until the socket has settled (``open_lane``).
    """
    close_lane(account, _("증권사 장부와 맞춰 보는 중입니다."), post)
    if not is_new_day:
        drain(account.pk, "restart", _("주문 프로세스가 다시 시작되어 내지 않았습니다. 필요하면 다시 내세요."))
    for intent in doubted_of(account):
        if intent.at is State.SENDING:
            lose(intent, post)
    today = broker_now(account).date()
    reading = read_day(account, broker, today, thorough=True)
    doubted = [one for one in doubted_of(account) if one.at is not State.SENDING]
    if doubted:
        crashpoint("CP13")
        resolve(account, doubted, broker, post, reading)
    for day in live_days(account) - {today}:
        read_day(account, broker, day, thorough=False, is_late=True)
        follow(account, day, _numbers(account, day))
    follow(account, today, _numbers(account, today))
    if wrong := _contradictions(account, reading):
        halt(account, None, wrong[:300], cause="mismatch", cancels=False)
        close_lane(account, wrong, post)
        return False
    if opens:
        open_lane(account, post)
    else:
        close_lane(account, _("실시간이 10초 동안 온전히 오기를 기다립니다. 취소는 됩니다."), post)
    return True


def close_lane(account: Account, why: str, post: Post) -> None:
    """Nothing new leaves the account; cancelling stays possible."""
    lane = lane_of(account)
    if lane.is_open or lane.why != why or lane.fence != post.fence:
        Lane.objects.filter(pk=account.pk).update(is_open=False, why=why[:300], fence=post.fence)


def open_lane(account: Account, post: Post) -> None:
    """New orders may leave the account."""
    now = timezone.now()
    with transaction.atomic():
        free = Lane.objects.filter(account=account, fence=post.fence)
        free.update(is_open=True, why="", busy=None, reconciled_at=now)


def _numbers(account: Account, day: date) -> list[str]:
    return [number for number, _kind in _open_numbers.rows(account=account.pk, day=day)]


def _contradictions(account: Account, reading: Reading) -> str:
    """Where the broker's whole list and our belief part, as a sentence; blank when they agree.

    An order of ours that the list of its own day does not have is the one thing that must not be. (How much of
    it has filled is no contradiction: the reducer has just taken that from the same list.)
    """
    ours = _open_numbers.rows(account=account.pk, day=reading.day)
    missing = sorted({number for number, kind in ours if kind != Kind.CANCEL} - reading.numbers)
    if not missing:
        return ""
    words = _("증권사의 오늘 주문 목록에 우리 주문 %(numbers)s이(가) 없습니다.")
    return words % {"numbers": ", ".join(missing)}


#: (number, kind) of all that is open of a day.
_open_numbers = Prepared(
    lambda account, day: (
        Intent.objects.filter(account=account, day=day, state__in=LIVE)
        .exclude(order_no="")
        .values_list("order_no", "kind")
    ),
    account=int,
    day=date,
)
