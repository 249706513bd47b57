"""Alarming: who must know that an order is in doubt, waits for their yes, or that trading has stopped.

Everybody is told in their own language, and without amounts where amounts are hidden from them.
"""

from collections.abc import Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.utils.functional import keep_lazy_text
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from kiwoomweb.access.models import Account, User
from kiwoomweb.access.rights import Right
from kiwoomweb.access.selectors import pairs_that_see, who_sees
from kiwoomweb.notices.services.notifying import notify
from orders.causes import reason_of
from orders.models import DayLock, Exit, Halt, Intent
from orders.selectors.stops import whose
from orders.states import State

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

__all__ = ["of_exit", "of_halt", "of_late_evidence", "of_lock", "of_silence", "of_space", "of_state"]


def of_state(intent: Intent) -> None:
    """Tell those who trade the account of a doubt, and those who approve of an order that waits for them."""
    if intent.at is State.PENDING_APPROVAL:
        _tell(
            intent, "approval", Right.APPROVE, _("승인을 기다리는 주문"), _("10분 안에 승인하거나 거절하세요.")
        )
    elif intent.at is State.UNKNOWN:
        words = _("증권사의 답을 받지 못했습니다. 확인될 때까지 다시 내지 마세요.")
        _tell(intent, "order_trouble", Right.ORDER, _("결과를 모르는 주문"), words)
    elif intent.at is State.NEEDS_HUMAN:
        words = _("같은 주문이 여러 개라 어느 것인지 정할 수 없습니다. 주문 화면에서 고르세요.")
        _tell(intent, "order_trouble", Right.ORDER, _("직접 확인할 주문"), words)


def of_late_evidence(intent: Intent) -> None:
    """An order we had called over was found at the broker after all."""
    words = _("끝난 것으로 알았던 주문이 증권사에 있습니다. 계좌를 확인하세요.")
    _tell(intent, "order_trouble", Right.ORDER, _("뒤늦게 나타난 주문"), words)


def of_halt(halt: Halt) -> None:
    """Trading was stopped by itself; of all accounts, each person is told once. Who does it by hand knows;
    whose own orders they stopped is told."""
    if halt.by_id is not None:
        if halt.member is not None and halt.member_id != halt.by_id and halt.account is not None:
            _tell_member(halt.member, halt.account, f"halt-{halt.pk}", halt.reason)
        return
    accounts = [halt.account] if halt.account else Account.objects.filter(credential__isnull=False)
    for account in accounts:
        reason = f"{whose(halt)}: {halt.reason}" if halt.is_narrow else reason_of(halt.cause, halt.reason)
        _tell_all(account, "order_trouble", f"halt-{halt.pk}", _("거래 정지"), reason)


def _tell_member(user: User, account: Account, key: str, reason: str) -> None:
    url = f"/a/{account.code}/orders/"
    with override(user.language or "ko"):
        title = _("이 계좌에서 내 주문이 정지되었습니다")
        notify(user, "order_trouble", key, title=str(title), text=reason, url=url, account=account)


def of_lock(lock: DayLock) -> None:
    """The day's loss or number of orders is reached: only what reduces goes out until tomorrow."""
    if lock.kind == DayLock.Kind.LOSS:
        title, kind = _("오늘의 손실 한도에 닿았습니다"), "loss_limit"
        words = _("오늘 손익 %(figure)s원. 줄이는 주문만 나갑니다. 내일 풀립니다.")
    else:
        title, kind = _("오늘의 주문 횟수를 다 썼습니다"), "order_trouble"
        words = _("오늘 주문 %(figure)s건. 줄이는 주문만 나갑니다. 내일 풀립니다.")
    veiled = _("오늘은 줄이는 주문만 나갑니다. 내일 풀립니다.")
    key, told = f"lock-{lock.day}-{lock.kind}", _filled(words, figure=f"{lock.figure:,}")
    _tell_all(lock.account, kind, key, title, told, veiled=veiled)


def of_space(day: date) -> None:
    """The disk is filling up: no order goes out any more, and soon everything halts. Once a day."""
    words = _("저장 공간이 500MB보다 적어 새 주문을 받지 않습니다. 200MB보다 적어지면 모두 정지합니다.")
    for account in Account.objects.filter(credential__isnull=False):
        _tell_all(account, "order_trouble", f"space-{day}", _("저장 공간이 부족합니다"), words)


def of_silence(account: Account, now: datetime) -> None:
    """Orders wait and the socket tells nothing of them. Once for each minute it begins in."""
    words = _("기다리는 주문이 있는데 체결 소식을 받지 못합니다. 새 주문을 막았고, 취소는 됩니다.")
    _tell_all(account, "order_trouble", f"deaf-{now:%Y%m%d%H%M}", _("실시간이 끊겨 주문을 막았습니다"), words)


def of_exit(exit_: Exit) -> None:
    """An exit whose order could not be placed, tried often enough, or ended too soon: a person has to sell."""
    title = _filled(_("자동 청산이 멈췄습니다: %(name)s"), name=exit_.name or exit_.symbol)
    tried = _("매도 주문이 여러 번 나가지 못했습니다. 직접 파세요. %(why)s")
    words = _filled(_("남은 주식은 직접 파세요. %(why)s") if exit_.intent_id else tried, why=exit_.why)
    _tell_all(exit_.account, "order_trouble", f"exit-{exit_.key}-{exit_.attempt}", title, words)


@keep_lazy_text
def _filled(words: "StrOrPromise", **values: str) -> str:
    """The sentence with its values, in the language of whoever reads it: of lazy words still lazy."""
    return str(words) % values


def _tell_all(
    account: Account,
    kind: str,
    key: str,
    title: "StrOrPromise",
    text: "StrOrPromise",
    *,
    veiled: "StrOrPromise | None" = None,
) -> None:
    """Everybody who may halt the account; ``veiled`` is for those from whom amounts are hidden."""
    url = f"/a/{account.code}/orders/"
    for user, is_masked in _people(account, Right.HALT):
        with override(user.language or "ko"):
            words = str(veiled) if is_masked and veiled is not None else str(text)
            notify(user, kind, key, title=str(title), text=words, url=url, account=account)


def _tell(intent: Intent, kind: str, right: Right, title: "StrOrPromise", text: "StrOrPromise") -> None:
    account, url = intent.account, f"/a/{intent.account.code}/orders/"
    for user, is_masked in _people(account, right):
        if kind == "approval" and user.pk == intent.created_by_id:
            continue
        with override(user.language or "ko"):
            what = intent.symbol if is_masked else f"{intent.symbol} {intent.quantity:,}"
            key = f"{intent.code}-{intent.state}"
            notify(user, kind, key, title=f"{title}: {what}", text=str(text), url=url, account=account)


def _people(account: Account, right: Right) -> Iterable[tuple[User, bool]]:
    """Who has that right on the account now, by grants too, and whether amounts are hidden from them."""
    people = who_sees(account, right)
    masked = pairs_that_see([user.pk for user in people], [account.pk])
    return [(user, masked.get((user.pk, account.pk), False)) for user in people]
