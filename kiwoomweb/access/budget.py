"""The budget: how much of what the broker lets one app key ask is being used, told for the gauge."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from redis.exceptions import RedisError

from kiwoomweb.access import gateway
from kiwoomweb.access.models import Account
from kiwoomweb.access.pacing.scheduler import scheduler_at
from kiwoomweb.access.pacing.shared import turns_of
from kiwoomweb.broker.catalogue import find
from kiwoomweb.broker.environment import Environment
from kiwoomweb.broker.errors import BrokerError
from kiwoomweb.broker.pacing import ALL, ORDERS, RATES, Gate, Priority

__all__ = ["Budget", "Use", "budget_of"]

#: Who waits, in the order in which they go.
CLASSES: dict[Priority, "Promise"] = {
    Priority.CANCEL: _("취소"),
    Priority.RESOLVE: _("미확인 주문 확인"),
    Priority.PLACE: _("주문"),
    Priority.PERSON: _("지금 보는 화면"),
    Priority.ROUTINE: _("정기 조회"),
    Priority.BACKFILL: _("과거 기록"),
}


@dataclass(frozen=True, slots=True)
class Use:
    """One limit: calls that hold a place in its second now, places there are, places the table allows."""

    name: str
    title: "str | Promise"
    taken: int
    limit: int
    base: int

    @property
    def left(self) -> int:
        return max(self.limit - self.taken, 0)

    @property
    def percent(self) -> float:
        return 100 * min(self.taken / self.limit, 1.0)

    @property
    def is_narrowed(self) -> bool:
        """A refusal has made it narrower for a while."""
        return self.limit < self.base


@dataclass(frozen=True, slots=True)
class Budget:
    """One app key: its total, the TRs lately asked, who waits, calls of a minute, refusals of an hour."""

    total: Use
    uses: Sequence[Use]
    waiting: Sequence[tuple["Promise", int]]
    minute: int
    refusals: int

    def of(self, tr_id: str) -> Use | None:
        return next((use for use in self.uses if use.name == tr_id), None)


def budget_of(account: Account) -> Budget | None:
    """The account's budget; ``None`` without keys, or while Valkey is out of reach and nobody knows."""
    environment = Environment(account.environment)
    try:
        name = turns_of(environment, gateway.broker_for(account, Priority.PERSON).key_id)
        told = scheduler_at(settings.REDIS_URL).look(name)
    except (BrokerError, RedisError):
        return None
    uses = [_use(Gate(gate, base), limit, taken) for gate, limit, base, taken in told["gates"]]
    idle = Use(ALL, _("모든 조회"), 0, RATES[environment].total, RATES[environment].total)
    return Budget(
        total=next((use for use in uses if use.name == ALL), idle),
        uses=sorted((use for use in uses if use.name != ALL), key=lambda use: (-use.taken, use.name)),
        waiting=[(CLASSES[Priority(rank)], count) for rank, count in enumerate(told["waiting"])],
        minute=told["minute"],
        refusals=told["refusals"],
    )


def _use(gate: Gate, limit: int, taken: int) -> Use:
    return Use(gate.name, _title(gate.name), taken, limit, gate.limit)


def _title(name: str) -> "str | Promise":
    if name == ALL:
        return _("모든 조회")
    if name == ORDERS:
        return _("주문 전체")
    try:
        return find(name).name
    except KeyError:
        return _("접근토큰")
