"""A lost second factor: asked for with the password, allowed by an owner a day later."""

from datetime import datetime

from allauth.mfa.models import Authenticator
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from kiwoomweb.access.callers import address_of
from kiwoomweb.access.factor_news import tell
from kiwoomweb.access.models import LostFactor, Membership, User
from kiwoomweb.access.models.caution import Why
from kiwoomweb.access.models.lost_factor import WAIT
from kiwoomweb.access.roles import Role
from kiwoomweb.access.services.auditing import record
from kiwoomweb.access.services.cautions import begin
from kiwoomweb.access.services.ending import end_others

__all__ = ["TooEarly", "ask_to_lift", "call_off", "lift", "lift_by_hand", "waiting_for"]


class TooEarly(Exception):
    """The day has not passed. ``ready_at`` is when it has."""

    def __init__(self, ready_at: datetime) -> None:
        super().__init__(str(ready_at))
        self.ready_at = ready_at


def ask_to_lift(user: User, request: HttpRequest) -> LostFactor:
    """Begin to wait. Who asks again goes on waiting from the first time."""
    try:
        with transaction.atomic():
            now, whence = timezone.now(), address_of(request)
            lost = LostFactor.objects.create(user=user, asked_at=now, asked_from=whence)
    except IntegrityError:
        return _open(user).get()
    record("factor.lost", by=user, request=request)
    tell(user, "lost")
    return lost


def call_off(user: User) -> bool:
    """It was found again, or it was not them."""
    return bool(_open(user).update(called_off_at=timezone.now()))


def waiting_for(owner: User) -> "QuerySet[LostFactor]":
    """What this owner may allow: members of their teams who own no team themselves."""
    mine = Membership.objects.filter(user=owner, role=Role.OWNER).values("team")
    owners = Membership.objects.filter(role=Role.OWNER).values("user")
    people = Membership.objects.filter(team__in=mine).exclude(user__in=owners).values("user")
    return LostFactor.objects.filter(user__in=people, lifted_at=None, called_off_at=None).select_related("user")


@transaction.atomic
def lift(owner: User, pk: int, request: HttpRequest) -> bool:
    """Take the person's factors away: the password opens again. Raises ``TooEarly``."""
    lost = waiting_for(owner).filter(pk=pk).first()
    if lost is None:
        return False
    if timezone.now() < lost.asked_at + WAIT:
        raise TooEarly(lost.asked_at + WAIT)
    done = LostFactor.objects.filter(pk=pk, lifted_at=None, called_off_at=None)
    if not done.update(lifted_at=timezone.now(), lifted_by=owner):
        return False
    _take_away(lost.user, by=owner, request=request)
    return True


@transaction.atomic
def lift_by_hand(user: User) -> int:
    """By the command on the machine: who runs it can read every file anyway. Gives how many went."""
    call_off(user)
    return _take_away(user, by=None, request=None)


def _take_away(user: User, *, by: User | None, request: HttpRequest | None) -> int:
    count: int = Authenticator.objects.filter(user=user).delete()[0]
    end_others(user, None, why="factor lifted")
    begin(user, Why.FACTORS, None)
    record("factor.lifted", by=by, about=user.email, request=request)
    tell(user, "lifted")
    return count


def _open(user: User) -> "QuerySet[LostFactor]":
    return LostFactor.objects.filter(user=user, lifted_at=None, called_off_at=None)
