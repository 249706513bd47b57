"""Alarming: who must know that an order is in doubt, waits for their yes, or that trading has stopped."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from kiwoomweb.access.models import Account, User
from kiwoomweb.access.rights import Right, rights_of
from kiwoomweb.access.selectors import role_in
from kiwoomweb.notices.services.notifying import notify
from orders.models import Halt, Intent
from orders.states import State

__all__ = ["of_halt", "of_late_evidence", "of_state"]


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
    """Trading was stopped by itself. Whoever stopped it by hand knows."""
    if halt.by_id is not None or halt.account is None:
        return
    for user in _people(halt.account, Right.HALT):
        notify(
            user,
            "order_trouble",
            f"halt-{halt.pk}",
            title=_("거래 정지"),
            text=halt.reason,
            url=f"/a/{halt.account.code}/orders/",
            account=halt.account,
        )


def _tell(intent: Intent, kind: str, right: Right, title: str, text: str) -> None:
    account = intent.account
    for user in _people(account, right):
        if kind == "approval" and user.pk == intent.created_by_id:
            continue
        notify(
            user,
            kind,
            f"{intent.code}-{intent.state}",
            title=f"{title}: {intent.symbol} {intent.quantity:,}",
            text=text,
            url=f"/a/{account.code}/orders/",
            account=account,
        )


def _people(account: Account, right: Right) -> Iterable[User]:
    everybody = User.objects.filter(memberships__team=account.team_id, is_active=True).distinct()
    return [user for user in everybody if right in rights_of(role_in(user, account))]
