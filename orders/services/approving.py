"""Approving: a second person says yes or no to exactly what the first one asked for, within ten minutes."""

from datetime import timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from kiwoomweb.access.models import User
from kiwoomweb.access.selectors.cautions import held_back
from kiwoomweb.access.selectors.proofs import proved_within
from kiwoomweb.broker.environment import Environment
from orders.crashing import crashpoint
from orders.errors import MayNot, TooLate
from orders.models import Approval, Intent
from orders.selectors.people import APPROVERS, is_alone, may_answer
from orders.selectors.stops import barred
from orders.services import examining
from orders.services.deciding import TTL
from orders.services.locking import locked
from orders.services.moving import move
from orders.services.telling import tell
from orders.services.waking import wake
from orders.states import State

__all__ = ["approve", "decline"]

#: Who is alone approves an order of their own not earlier than this.
SECOND_THOUGHT = timedelta(seconds=60)


def approve(
    intent: Intent, user: User, *, proof: int | None = None, request: HttpRequest | None = None
) -> Intent:
    """Yes: the order is checked again as it stands now, and goes; or is DENIED by what has changed.

    Who may approve at all is asked once more where it counts, under the account's lock: a right may have been
    taken away since the page's door. Nobody approves their own, but for who is alone: they say it again, a
    minute later and with a fresh proof, and it counts as weaker.
    Raises ``MayNot`` or ``TooLate``.
    """
    examining.prepare(intent.account, intent.ticket)
    with transaction.atomic():
        current = _answered(intent, user, says_yes=True, proof=proof)
        crashpoint("CP17")
        ticket = current.ticket
        said = examining.examine(current.account, current.created_by, ticket, timezone.now(), again=current)
        if not said.passes:
            first = (*said.refusals, *said.questions)[0]
            why: dict[str, Any] = {"why_code": first.code[:24], "why": first.sentence[:300]}
            move(current, State.DENIED, by=user, request=request, **why)
            return current
        until = timezone.now() + TTL
        move(current, State.READY, by=user, request=request, expires_at=until, remaining=current.quantity)
        wake()
    return current


def decline(intent: Intent, user: User, reason: str = "", *, request: HttpRequest | None = None) -> Intent:
    """No: the order is over. Also the person who asked may take it back so."""
    with transaction.atomic():
        current = _answered(intent, user, says_yes=False, reason=reason)
        why: dict[str, Any] = {"why_code": "declined", "why": reason[:300] or _("승인하지 않았습니다.")}
        move(current, State.DECLINED, by=user, request=request, **why)
    return current


def _answered(
    intent: Intent, user: User, *, says_yes: bool, reason: str = "", proof: int | None = None
) -> Intent:
    """The intent locked, the answer recorded. Two answers at once: one is too late."""
    locked(intent.account_id)
    current = Intent.objects.select_for_update(of=("self",)).select_related("account").get(pk=intent.pk)
    if not may_answer(user, current.account):
        raise MayNot(_("이 계좌의 주문을 승인할 권한이 없습니다. 소유자에게 승인 권한을 부탁하세요."))
    if says_yes and current.created_by_id == user.pk:
        _said_twice(current, user)
        reason = _("혼자 확인 (약함)")
    if says_yes and (why := barred(current.account, user, current.symbol)):
        raise MayNot(why)
    if says_yes and current.environment == Environment.LIVE and (caution := held_back(user)):
        raise MayNot(caution.sentence)
    if current.at is not State.PENDING_APPROVAL:
        raise TooLate(_("이미 처리된 주문입니다."))
    if current.expires_at <= timezone.now():
        raise TooLate(_("승인 시간이 지났습니다. 주문을 다시 내세요."))
    if current.payload_sha256 != current.ticket.digest or current.payload_sha256 != intent.payload_sha256:
        raise TooLate(_("보신 것과 다른 주문입니다. 목록을 다시 열어 확인하세요."))
    try:
        with transaction.atomic():
            Approval.objects.create(
                intent=current,
                user=user,
                says_yes=says_yes,
                payload_sha256=current.payload_sha256,
                reason=reason[:200],
                proof=proof,
                at=timezone.now(),
            )
    except IntegrityError:
        raise TooLate(_("이미 답하셨습니다.")) from None
    return current


def _said_twice(intent: Intent, user: User) -> None:
    """Whether one's own yes may stand for that of a second person. Raises ``MayNot``."""
    if not is_alone(user, intent.account, APPROVERS):
        raise MayNot(_("자기 주문은 스스로 승인할 수 없습니다. 다른 승인자에게 부탁하세요."))
    if timezone.now() - intent.made_at < SECOND_THOUGHT:
        raise MayNot(_("혼자인 계좌에서는 주문한 지 60초 뒤에 다시 확인할 수 있습니다."))
    if intent.environment == Environment.LIVE and proved_within(user, seconds=60, strong=True) is None:
        raise MayNot(_("인증 앱이나 패스키로 다시 확인한 뒤에 승인할 수 있습니다."))
    tell("order.approved_alone", intent, by=user, detail={"weaker": 1})
