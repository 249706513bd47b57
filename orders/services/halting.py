"""Halting: stop new orders, of one account or of all, at once; and let them go again, with second thoughts.

The halt's row is the stop: every claim looks for one in its own UPDATE, and every sender again before its first
byte. What is open at the broker is taken back by the order process (``taking_back``).
"""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kiwoomweb.access.models import Account, Membership, User
from orders.errors import MayNot, TooLate
from orders.models import Halt, Lane
from orders.selectors.halts import COOL_DOWN, in_force
from orders.services.alarming import of_halt
from orders.services.room import with_room
from orders.services.telling import tell_account
from orders.services.waking import wake

__all__ = ["COOL_DOWN", "Level", "halt", "release"]

Level = Halt.Level
#: Who is alone on a team says it twice, so far apart.
SECOND_THOUGHT = timedelta(seconds=60)


def halt(
    account: Account | None,
    by: User | None,
    reason: str,
    *,
    cause: str = "person",
    level: Level = Level.HALTED,
    cancels: bool = True,
) -> Halt:
    """Stop ``account``, or all of them (``None``). The same automatic cause twice is one halt.

    It is written even on a full disk.
    """
    if (standing := _standing(account, cause, level)) is not None:
        return standing
    said = {"level": level, "cause": cause, "reason": reason[:300]}
    takes_back = cancels and level == Level.HALTED
    return with_room(lambda: _set(account, by, said, takes_back=takes_back))


def _standing(account: Account | None, cause: str, level: str) -> Halt | None:
    """The halt of the same automatic cause that stands already; what people say is a halt each time."""
    if cause in {"person", "command"}:
        return None
    known = Halt.objects.filter(account=account, cause=cause, level=level, released_at__isnull=True)
    return known.first()


def _set(account: Account | None, by: User | None, said: dict[str, str], *, takes_back: bool) -> Halt:
    with transaction.atomic():
        if (standing := _standing(account, said["cause"], said["level"])) is not None:
            return standing
        made = Halt.objects.create(account=account, by=by, at=timezone.now(), cancels=takes_back, **said)
        lanes = Lane.objects.all() if account is None else Lane.objects.filter(account=account)
        lanes.update(halt_epoch=made.pk)
        detail: dict[str, str | int | None] = {"epoch": made.pk, "level": made.level, "cause": made.cause}
        tell_account("halt.set", account, by=by, about=made.reason, detail=detail)
        of_halt(made)
        wake()
    return made


def release(account: Account | None, by: User | None) -> bool:
    """Ask for the release of all halts of the scope, or confirm it as a second person; whether it is released.

    Alone on the team, the same person confirms after a minute. Raises ``MayNot`` within the first ten minutes,
    ``TooLate`` when nothing is halted.
    """
    with transaction.atomic():
        standing = list(in_force(account).filter(account=account).select_for_update())
        if not standing:
            raise TooLate(_("정지된 것이 없습니다."))
        now = timezone.now()
        until = max(one.at for one in standing) + COOL_DOWN
        if now < until:
            left = int((until - now).total_seconds() // 60) + 1
            raise MayNot(_("정지한 뒤 10분이 지나야 풀 수 있습니다. %(left)d분 남았습니다.") % {"left": left})
        if not all(_confirms(one, by) for one in standing):
            _ask(standing, account, by)
            return False
        for one in standing:
            one.released_at, one.released_by = now, by
            one.save(update_fields=["released_at", "released_by"])
        numbers = ", ".join(str(one.pk) for one in standing)
        tell_account("halt.released", account, by=by, detail={"epochs": numbers})
    return True


def _ask(standing: list[Halt], account: Account | None, by: User | None) -> None:
    for one in standing:
        one.asked_at, one.asked_by = timezone.now(), by
        one.save(update_fields=["asked_at", "asked_by"])
    tell_account("halt.release_asked", account, by=by)


def _confirms(one: Halt, by: User | None) -> bool:
    """Whether this is the second word: another person's, or the same one's where there is no other."""
    if by is None:  # the operator at the machine, who could edit the database as well
        return True
    if one.asked_at is None:
        return False
    if one.asked_by_id != by.pk:
        return True
    return _is_alone(one.account, by) and timezone.now() - one.asked_at >= SECOND_THOUGHT


def _is_alone(account: Account | None, by: User) -> bool:
    others = Membership.objects.exclude(user=by).filter(user__is_active=True)
    return not (others.filter(team=account.team_id) if account else others).exists()
