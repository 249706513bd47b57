"""Limiting: set what an account and its members may trade, switch trading on and off, open what a day has shut.

Tighter acts at once. Looser, on a real account, acts a day later and only when a second person has agreed; who
is alone agrees themselves, a minute later and with a fresh code or passkey, and it is written down as weaker.
On practice accounts nothing is at stake and everything acts at once.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from kiwoomweb.access.models import Account, User
from kiwoomweb.access.selectors.cautions import held_back
from kiwoomweb.access.selectors.proofs import proved_within
from kiwoomweb.access.services import auditing
from kiwoomweb.broker.environment import Environment
from orders.errors import MayNot, TooLate
from orders.limits import FIGURES, MEMBER_FIGURES, Figure, is_looser, is_wider
from orders.models import AccountLimits, DayLock, LimitChange
from orders.models import MemberLimits as MemberRow
from orders.selectors.limits import due, limits_of, member_limits_of
from orders.selectors.people import agrees_with_limits, is_alone, is_owner
from orders.services.locking import locked
from orders.services.telling import tell_account

__all__ = ["DELAY", "SECOND_THOUGHT", "agree", "open_day", "set_limit", "switch_off", "switch_on", "withdraw"]

#: A looser limit of a real account waits so long before it acts.
DELAY = timedelta(hours=24)
#: Who is alone agrees with themselves not earlier than this.
SECOND_THOUGHT = timedelta(seconds=60)

State = LimitChange.State
Value = int | str | list[str] | None
Detail = dict[str, str | int | None]


def set_limit(
    account: Account,
    by: User,
    name: str,
    value: Value,
    *,
    member: User | None = None,
    request: HttpRequest | None = None,
) -> LimitChange | None:
    """Ask for one limit; ``None`` when it is so already. Raises ``MayNot`` with what is wrong about it.

    The change is ACTING when it was tighter, ASKED when it waits for a second person. A limit of an account
    that only held because it is usual is written down as the owner's word.
    """
    _owner(account, by)
    _fitting(name, value, member)
    with transaction.atomic():
        locked(account.pk)
        _write_due(account)
        before = _held(account, name, member)
        if before == value and _is_written(account, name, member):
            return None
        _withdraw_open(account, name, member, by)
        now = timezone.now()
        waits = _is_looser(name, before, value, member) and account.environment == Environment.LIVE
        change = LimitChange(
            account=account,
            member=member,
            name=name,
            before=before,
            after=value,
            asked_by=by,
            asked_at=now,
            acts_at=now + DELAY if waits else now,
            state=State.ASKED if waits else State.ACTING,
        )
        change.save()
        _told("limits.asked" if waits else "limits.changed", change, by, request)
        if not waits:
            _write(change)
    return change


def agree(change: LimitChange, by: User, *, request: HttpRequest | None = None) -> LimitChange:
    """Say yes to a looser limit; from ``acts_at`` on it holds. Raises ``MayNot`` or ``TooLate``."""
    with transaction.atomic():
        locked(change.account_id)
        current = LimitChange.objects.select_for_update(of=("self",)).get(pk=change.pk)
        if current.state != State.ASKED:
            raise TooLate(_("이미 처리된 변경입니다. 화면을 새로 고치세요."))
        now = timezone.now()
        current.is_weak = _second_person(current, by, now)
        current.agreed_by, current.agreed_at, current.state = by, now, State.AGREED
        current.save()
        _told("limits.agreed", current, by, request)
    return current


def _second_person(change: LimitChange, by: User, now: datetime) -> bool:
    """Whether it is the same person for want of another. Raises ``MayNot``."""
    if by.pk != change.asked_by_id:
        if not agrees_with_limits(by, change.account):
            raise MayNot(_("한도 변경에 동의할 권한이 없습니다."))
        return False
    if not is_alone(by, change.account):
        raise MayNot(_("올리는 변경은 다른 사람이 동의해야 합니다. 소유자나 승인자에게 부탁하세요."))
    if now - change.asked_at < SECOND_THOUGHT:
        raise MayNot(_("혼자인 계좌에서는 요청한 지 60초 뒤에 다시 확인할 수 있습니다."))
    if proved_within(by, seconds=60, strong=True) is None:
        raise MayNot(_("인증 앱이나 패스키로 다시 확인한 뒤에 동의할 수 있습니다."))
    return True


def withdraw(change: LimitChange, by: User, *, request: HttpRequest | None = None) -> None:
    """Take a waiting change back; anybody who may agree may do that. Raises ``MayNot`` or ``TooLate``."""
    if not agrees_with_limits(by, change.account):
        raise MayNot(_("한도 변경을 거둘 권한이 없습니다."))
    with transaction.atomic():
        locked(change.account_id)
        waiting = LimitChange.objects.filter(pk=change.pk, state__in=[State.ASKED, State.AGREED])
        if waiting.update(state=State.WITHDRAWN) != 1:
            raise TooLate(_("이미 처리된 변경입니다. 화면을 새로 고치세요."))
        _told("limits.withdrawn", change, by, request)


def switch_on(
    account: Account, by: User, *, understood: bool = False, request: HttpRequest | None = None
) -> AccountLimits:
    """Let orders out. A real account: its owner has read what is unproven and has just proved who they are.

    Raises ``MayNot``.
    """
    _owner(account, by)
    if account.environment == Environment.LIVE:
        if not understood:
            raise MayNot(_("검증되지 않은 점을 읽고 확인란에 표시하세요."))
        if proved_within(by, seconds=300, strong=True) is None:
            raise MayNot(_("실전 거래를 켜려면 인증 앱이나 패스키로 본인 확인을 하세요."))
        if caution := held_back(by):
            raise MayNot(caution.sentence)
    with transaction.atomic():
        locked(account.pk)
        row = AccountLimits.objects.filter(account=account).first()
        if row is None or not row.figures.keys() >= {"max_order", "max_day", "loss_won"}:
            raise MayNot(_("먼저 1회 금액, 하루 금액, 하루 손실 한도를 정하세요."))
        if not row.trading:
            row.trading, row.trading_at, row.trading_by = True, timezone.now(), by
            row.version += 1
            row.save()
            auditing.record("trading.on", by=by, account=account, request=request)
    return row


def switch_off(account: Account, by: User, *, request: HttpRequest | None = None) -> None:
    """No new orders, at once. What is open stays open: stopping and taking back is the kill switch."""
    if not agrees_with_limits(by, account):
        raise MayNot(_("거래를 끌 권한이 없습니다. 긴급 정지를 쓰세요."))
    with transaction.atomic():
        locked(account.pk)
        row = AccountLimits.objects.filter(account=account, trading=True).first()
        if row is not None:
            row.trading, row.version = False, row.version + 1
            row.save()
            auditing.record("trading.off", by=by, account=account, request=request)


def open_day(lock: DayLock, by: User, *, request: HttpRequest | None = None) -> None:
    """Let a shut day go on. Never by somebody who has traded on it. Raises ``MayNot`` or ``TooLate``."""
    if not agrees_with_limits(by, lock.account):
        raise MayNot(_("잠긴 거래를 풀 권한이 없습니다."))
    if _has_traded(lock, by):
        raise MayNot(_("오늘 주문한 사람은 풀 수 없습니다. 다른 사람이 풀거나 내일 풀립니다."))
    with transaction.atomic():
        shut = DayLock.objects.filter(pk=lock.pk, opened_at__isnull=True)
        if shut.update(opened_by=by, opened_at=timezone.now()) != 1:
            raise TooLate(_("이미 풀렸습니다."))
        detail: Detail = {"day": str(lock.day), "figure": lock.figure, "kind": lock.kind}
        tell_account("day.opened", lock.account, by=by, detail=detail, request=request)


def _has_traded(lock: DayLock, by: User) -> bool:
    return lock.account.intents.filter(created_by=by, made_at__gte=lock.at - timedelta(hours=24)).exists()


def _owner(account: Account, by: User) -> None:
    if not is_owner(by, account):
        raise MayNot(_("한도는 계좌 소유자가 정합니다."))


def _fitting(name: str, value: Value, member: User | None) -> None:
    """Raises ``MayNot`` with the range, for a value that is no such limit."""
    if member is not None and name in {"symbols", "opens", "closes"}:
        return
    figure: Figure | None = (FIGURES if member is None else MEMBER_FIGURES).get(name)
    if figure is None or isinstance(value, str | list | bool):
        raise MayNot(_("알 수 없는 한도입니다. 화면을 새로 고치세요."))
    if not figure.fits(value):
        told = {"label": figure.label, "least": f"{figure.least:,}", "most": f"{figure.most:,}"}
        raise MayNot(_("%(label)s: %(least)s부터 %(most)s까지 정할 수 있습니다.") % told)


def _held(account: Account, name: str, member: User | None) -> Value:
    """What holds now under that name, as it is written down."""
    now = timezone.now()
    if member is None:
        value = getattr(limits_of(account, now), name)
        return int(value) if isinstance(value, bool) else value
    told = member_limits_of(account, member, now)
    if name == "symbols":
        return sorted(told.symbols) if told else []
    value = getattr(told, name) if told else None
    return value.isoformat("minutes") if name in {"opens", "closes"} and value else value


def _is_written(account: Account, name: str, member: User | None) -> bool:
    row = AccountLimits.objects.filter(account=account).first()
    return member is not None or (row is not None and name in row.figures)


def _is_looser(name: str, before: Value, after: Value, member: User | None) -> bool:
    if member is not None and name in {"symbols", "opens", "closes"}:
        return is_wider(name, before, after)
    return is_looser(before, after)  # type: ignore[arg-type]


def _withdraw_open(account: Account, name: str, member: User | None, by: User) -> None:
    """A new wish takes the place of one that still waits."""
    waiting = LimitChange.objects.filter(account=account, name=name, member=member)
    waiting.filter(state__in=[State.ASKED, State.AGREED]).update(state=State.WITHDRAWN)


def _write_due(account: Account) -> None:
    """Write down agreed changes whose time has come; until then the selector reads them over the row."""
    now = timezone.now()
    members = LimitChange.objects.filter(account=account, state=State.AGREED, member__isnull=False)
    for member in [None, *User.objects.filter(pk__in=members.values("member"))]:
        for change in due(account, now, member):
            _write(change)
            LimitChange.objects.filter(pk=change.pk).update(state=State.ACTING)


def _write(change: LimitChange) -> None:
    row, _made = AccountLimits.objects.get_or_create(account=change.account)
    if change.member is None:
        row.figures = {**row.figures, change.name: change.after}
    else:
        _write_member(change, change.member)
    row.version += 1
    row.save()


def _write_member(change: LimitChange, member: User) -> None:
    row, _made = MemberRow.objects.get_or_create(account=change.account, user=member)
    if change.name == "symbols":
        row.symbols = change.after
    elif change.name in {"opens", "closes"}:
        setattr(row, change.name, change.after)
    else:
        row.figures = {**row.figures, change.name: change.after}
    row.save()


def _told(action: str, change: LimitChange, by: User, request: HttpRequest | None) -> None:
    detail: Detail = {
        "before": str(change.before),
        "after": str(change.after),
        "acts_at": change.acts_at.isoformat(),
        "weaker": int(change.is_weak),
    }
    about = f"{change.name} {change.member.email}" if change.member else change.name
    auditing.record(action, by=by, account=change.account, about=about, detail=detail, request=request)
