"""Handing over: an account goes to another team when its owner offers it and the other takes it.

The journal goes along, the keys do not: whoever takes the account connects it with their own. Only somebody who
hands an account to themselves, from one of their teams to another, keeps the keys in it.
"""

from datetime import timedelta

from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from kiwoomweb.access.connecting import disconnect
from kiwoomweb.access.models import Account, Grant, Handover, Membership, User
from kiwoomweb.access.roles import Role
from kiwoomweb.access.services.auditing import record
from kiwoomweb.access.services.members import NotAllowed
from kiwoomweb.access.signals import access_changed

__all__ = ["LASTS", "offer", "open_offers", "take", "turn_down"]

LASTS = timedelta(days=3)


def open_offers(user: User) -> "list[Handover]":
    """What is offered to this person and still stands, oldest first."""
    rows = Handover.objects.filter(to=user, ended_at__isnull=True, expires_at__gt=timezone.now())
    return list(rows.select_related("account", "giver", "offered_by").order_by("pk"))


def offer(account: Account, by: User, email: str, request: HttpRequest | None = None) -> Handover:
    """Offer the account to the person of that address, who must own a team here. Raises ``NotAllowed``."""
    owners = Membership.objects.filter(role=Role.OWNER, user__is_active=True).exclude(team=account.team_id)
    to = owners.filter(user__email__iexact=email.strip()).select_related("user").first()
    if to is None:
        # The same words whether or not there is such a person: members of other teams are nobody's business.
        raise NotAllowed(
            _("그 이메일로 넘길 수 없습니다. 받을 사람이 이 서버에 다른 팀을 먼저 만들어야 합니다.")
        )
    now = timezone.now()
    with transaction.atomic():
        Handover.objects.filter(account=account, ended_at__isnull=True).update(ended_at=now)
        made = Handover.objects.create(
            account=account,
            giver=account.team,
            to=to.user,
            offered_by=by,
            offered_at=now,
            expires_at=now + LASTS,
        )
        record("account.offered", by=by, account=account, about=to.user.email, request=request)
    return made


def take(handover: Handover, by: User, team: str, request: HttpRequest | None = None) -> Account:
    """The account goes into the team of that code, which the taker must own. Raises ``NotAllowed``."""
    mine = Membership.objects.filter(user=by, role=Role.OWNER, team__code=team).select_related("team").first()
    if mine is None or handover.to_id != by.pk or not _still_owns(handover):
        raise NotAllowed(_("내가 주인인 팀을 고르세요."))
    account, before = handover.account, handover.account.team
    keeps_keys = handover.offered_by_id == by.pk
    try:
        with transaction.atomic():
            if not _end(handover, taker=mine.team):
                raise NotAllowed(_("이 제안은 끝났습니다."))
            if not Account.objects.filter(pk=account.pk, team=handover.giver_id).update(team=mine.team):
                raise NotAllowed(_("이 제안은 끝났습니다."))
            Grant.objects.filter(account=account).delete()
            if not keeps_keys:
                disconnect(account)
            record("account.given", by=by, team=before, about=str(account), request=request)
            account.refresh_from_db()
            record("account.taken", by=by, account=account, about=str(before), request=request)
    except IntegrityError:
        raise NotAllowed(_("이 팀에는 같은 계좌가 이미 있습니다.")) from None
    for user_id in Membership.objects.filter(team=before).values_list("user_id", flat=True):
        access_changed.send(None, user_id=user_id)
    return account


def turn_down(handover: Handover, by: User, request: HttpRequest | None = None) -> None:
    """No, thank you; or the giver takes the offer back."""
    with transaction.atomic():
        if _end(handover):
            record("account.kept", by=by, account=handover.account, about=str(handover.to), request=request)


def _still_owns(handover: Handover) -> bool:
    """Who no longer owns the account's team gives it to nobody."""
    owners = Membership.objects.filter(team=handover.giver_id, role=Role.OWNER)
    return owners.filter(user=handover.offered_by_id).exists()


def _end(handover: Handover, **said: object) -> int:
    open_still = Handover.objects.filter(pk=handover.pk, ended_at__isnull=True, expires_at__gt=timezone.now())
    return open_still.update(ended_at=timezone.now(), **said)
