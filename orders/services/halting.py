"""Halting: stop new orders at once, of all accounts, of one, or in them of one member or one symbol; and let
them go again, with second thoughts.

The halt's row is the stop: every claim looks for one in its own UPDATE, and every sender again before its first
byte. What is open at the broker is taken back by the order process (``taking_back``).
"""

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kiwoomweb.access.models import Account, Membership, User
from orders.errors import MayNot, TooLate
from orders.models import Halt, Lane
from orders.selectors.halts import COOL_DOWN, WIDE
from orders.services.alarming import of_halt
from orders.services.room import with_room
from orders.services.telling import Detail, tell_account
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
    member: User | None = None,
    symbol: str = "",
) -> Halt:
    """Stop ``account``, or all of them (``None``); there only ``member``'s orders or those of ``symbol``, if
    named. The same automatic cause twice is one halt.

    It is written even on a full disk.
    """
    if (standing := _standing(account, cause, level)) is not None:
        return standing
    said = {"level": level, "cause": cause, "reason": reason[:300], "member": member, "symbol": symbol}
    takes_back = cancels and level == Level.HALTED
    return with_room(lambda: _set(account, by, said, takes_back=takes_back))


def _standing(account: Account | None, cause: str, level: str) -> Halt | None:
    """The halt of the same automatic cause that stands already; what people say is a halt each time."""
    if cause in {"person", "command"}:
        return None
    known = Halt.objects.filter(WIDE, account=account, cause=cause, level=level, released_at__isnull=True)
    return known.first()


def _set(account: Account | None, by: User | None, said: dict[str, Any], *, takes_back: bool) -> Halt:
    with transaction.atomic():
        if (standing := _standing(account, said["cause"], said["level"])) is not None:
            return standing
        made = Halt.objects.create(account=account, by=by, at=timezone.now(), cancels=takes_back, **said)
        lanes = Lane.objects.all() if account is None else Lane.objects.filter(account=account)
        lanes.update(halt_epoch=made.pk)
        detail: Detail = {"epoch": made.pk, "level": made.level, "cause": made.cause, **_whose(made)}
        tell_account("halt.set", account, by=by, about=made.reason, detail=detail)
        of_halt(made)
        wake()
    return made


def release(account: Account | None, by: User | None, *, member: User | None = None, symbol: str = "") -> bool:
    """Ask for the release of all halts of the scope, or confirm it as a second person; whether it is released.

    A named ``member`` or ``symbol`` lets go of the halts of exactly that; without them only what stops the
    whole account. Alone on the team, the same person confirms after a minute. Raises ``MayNot`` within the
    first ten minutes or for one's own halt, ``TooLate`` when nothing is halted.
    """
    with transaction.atomic():
        same = Halt.objects.filter(account=account, released_at__isnull=True, member=member, symbol=symbol)
        standing = list(same.order_by("pk").select_for_update())
        if not standing:
            raise TooLate(_("정지된 것이 없습니다."))
        if by is not None and member == by and not _is_alone(account, by):
            raise MayNot(_("자기에게 걸린 정지는 스스로 풀 수 없습니다. 다른 사람에게 부탁하세요."))
        now = timezone.now()
        until = max(one.at for one in standing) + COOL_DOWN
        if now < until:
            left = int((until - now).total_seconds() // 60) + 1
            raise MayNot(_("정지한 뒤 10분이 지나야 풀 수 있습니다. %(left)d분 남았습니다.") % {"left": left})
        if not all(_confirms(one, by) for one in standing):
            _ask(standing, account, by)
            return False
        whose = _whose(standing[0])
        for one in standing:
            one.released_at, one.released_by = now, by
            one.save(update_fields=["released_at", "released_by"])
        numbers = ", ".join(str(one.pk) for one in standing)
        tell_account("halt.released", account, by=by, detail={"epochs": numbers, **whose})
    return True


def _ask(standing: list[Halt], account: Account | None, by: User | None) -> None:
    for one in standing:
        one.asked_at, one.asked_by = timezone.now(), by
        one.save(update_fields=["asked_at", "asked_by"])
    tell_account("halt.release_asked", account, by=by, detail=_whose(standing[0]))


def _whose(one: Halt) -> Detail:
    """The member or the symbol it is for, as the trail names them; nothing where it is for all."""
    told = {"member": one.member.email if one.member else "", "symbol": one.symbol}
    return {name: value for name, value in told.items() if value}


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
