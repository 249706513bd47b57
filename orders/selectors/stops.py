"""Stops: all that keeps orders of an account in, halts and what a day has shut: its state, the same everywhere.

state_of(stops_of(account))         ACTIVE, REDUCING (감축) or HALTED (정지)
narrow_stops_of(account)            halts of one member or one symbol: the account itself goes on
barred(account, user, symbol)       the sentence with which one of those refuses an order
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from kiwoomweb.access import broker_clock
from kiwoomweb.access.models import Account, User
from kiwoomweb.broker.environment import Environment
from kiwoomweb.prepared import Prepared
from market.selectors.instruments import instrument
from orders.causes import reason_of
from orders.models import DayLock, Halt
from orders.selectors.halts import COOL_DOWN, standing

__all__ = ["State", "Stop", "barred", "narrow_stops_of", "state_of", "stops_of", "whose"]


class State(StrEnum):
    """What may leave an account: everything allowed, only what reduces, nothing but cancellations."""

    ACTIVE = "active"
    REDUCING = "reducing"
    HALTED = "halted"

    @property
    def word(self) -> str:
        """As pages say it."""
        return {State.ACTIVE: _("정상"), State.REDUCING: _("감축"), State.HALTED: _("정지")}[self]


@dataclass(frozen=True, slots=True)
class Stop:
    """One reason in words, and either the halt or the day's lock it comes from."""

    state: State
    reason: str
    at: datetime
    by: User | None = None
    halt: Halt | None = None
    lock: DayLock | None = None

    @property
    def is_everywhere(self) -> bool:
        """Whether it holds for all accounts."""
        return self.halt is not None and self.halt.account_id is None

    @property
    def is_narrow(self) -> bool:
        """Whether it holds for one member or one symbol only."""
        return self.halt is not None and self.halt.is_narrow

    @property
    def whose(self) -> str:
        """Whom or what a narrow halt is for: ``"김하늘"``, ``"005930 삼성전자"``, or both."""
        return whose(self.halt) if self.halt else ""

    @property
    def opens_at(self) -> datetime:
        """From when on people may open a halt again."""
        return self.at + COOL_DOWN

    @property
    def may_open(self) -> bool:
        return timezone.now() >= self.opens_at


def stops_of(account: Account) -> list[Stop]:
    """Halts in force, oldest first, then what today (by the broker's clock) has shut and nobody has opened."""
    today = broker_clock.now_at(Environment(account.environment)).date()
    halts, locks = _wide(account), _locks.rows(account=account.pk, day=today)
    return [*map(_of_halt, halts), *map(_of_lock, locks)]


def narrow_stops_of(account: Account) -> list[Stop]:
    """Halts in force of single members and symbols of it, oldest first."""
    return [_of_halt(one) for one in _halts.rows(account=account.pk) if one.is_narrow]


def barred(account: Account, user: User | None, symbol: str) -> str:
    """Why this person (``None``: an exit kept by the server) may not order this share now; blank: may."""
    for one in _halts.rows(account=account.pk):
        is_theirs = one.member_id is None or (user is not None and one.member_id == user.pk)
        if one.is_narrow and is_theirs and one.symbol in {"", symbol}:
            told = {"whose": whose(one), "why": one.reason, "number": one.pk}
            words = _("%(whose)s: 주문이 정지되어 있습니다 (정지 %(number)d번: %(why)s). 풀면 다시 됩니다.")
            return words % told
    return ""


def whose(halt: Halt) -> str:
    """Whom or what a narrow halt is for."""
    listed = instrument(halt.symbol) if halt.symbol else None
    share = f"{halt.symbol} {listed.name}" if listed else halt.symbol
    return " · ".join(filter(None, (str(halt.member or ""), share)))


def state_of(stops: Iterable[Stop]) -> State:
    """The strictest of them; ACTIVE without any."""
    states = {stop.state for stop in stops}
    return State.HALTED if State.HALTED in states else State.REDUCING if states else State.ACTIVE


def _wide(account: Account) -> list[Halt]:
    return [one for one in _halts.rows(account=account.pk) if not one.is_narrow]


_halts = Prepared(lambda account: standing(account).select_related("by", "asked_by", "member"), account=int)


def _shut(account: int, day: date) -> QuerySet[DayLock]:
    return DayLock.objects.filter(account=account, day=day, opened_at__isnull=True).order_by("pk")


_locks = Prepared(_shut, account=int, day=date)


def _of_halt(halt: Halt) -> Stop:
    return Stop(State(halt.level), str(reason_of(halt.cause, halt.reason)), halt.at, halt.by, halt=halt)


def _of_lock(lock: DayLock) -> Stop:
    if lock.kind == DayLock.Kind.LOSS:
        reason = _("오늘의 손실 한도에 닿았습니다. 보유를 줄이는 주문만 나갑니다.")
    else:
        reason = _("오늘의 주문 건수를 다 썼습니다. 보유를 줄이는 주문만 나갑니다.")
    return Stop(State.REDUCING, reason, lock.at, lock=lock)
