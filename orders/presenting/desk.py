"""The page of all orders: what waits, what is unsure, what is stopped, what somebody has to approve."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.db.models import QuerySet
from django.utils import timezone

from kiwoomweb.access.models import Account, User
from orders.models import Halt, Intent
from orders.presenting.following import IntentPage
from orders.selectors.halts import in_force
from orders.selectors.intents import unsure
from orders.services.halting import COOL_DOWN
from orders.states import State

__all__ = ["ApprovalsPage", "DeskPage"]

#: Intents shown as the latest of the day.
LATEST = 12


@dataclass
class DeskPage:
    account: Account

    @cached_property
    def unsure(self) -> list[IntentPage]:
        """Orders nobody knows the fate of: they keep the lane closed."""
        found = unsure(self.account).exclude(state=State.SENDING)
        return [IntentPage(self.account, one) for one in found]

    @cached_property
    def latest(self) -> list[IntentPage]:
        """What was decided last, whatever became of it."""
        rows = Intent.objects.filter(account=self.account).select_related("created_by").order_by("-pk")
        return [IntentPage(self.account, one) for one in rows[:LATEST]]

    @cached_property
    def pending(self) -> int:
        """Orders that wait for a second person."""
        return pending(self.account).count()

    @cached_property
    def stops(self) -> list["Stop"]:
        return [Stop(halt) for halt in in_force(self.account).select_related("by", "asked_by")]


@dataclass(frozen=True, slots=True)
class Stop:
    """One halt in force, and whether its cool-down is over."""

    halt: Halt

    @property
    def opens_at(self) -> datetime:
        return self.halt.at + COOL_DOWN

    @property
    def may_open(self) -> bool:
        return timezone.now() >= self.opens_at


@dataclass
class ApprovalsPage:
    """Orders of the account that wait for a second person; ``user`` may not approve their own."""

    account: Account
    user: User

    @cached_property
    def waiting(self) -> list[IntentPage]:
        return [IntentPage(self.account, one) for one in pending(self.account)]

    @cached_property
    def answered(self) -> list[IntentPage]:
        """The last ones that have been answered."""
        rows = Intent.objects.filter(account=self.account, approvals__isnull=False).distinct()
        return [IntentPage(self.account, one) for one in rows.order_by("-pk")[:LATEST]]


def pending(account: Account) -> QuerySet[Intent]:
    """Intents that wait for approval and whose time is not over, oldest first."""
    rows = Intent.objects.filter(account=account, state=State.PENDING_APPROVAL, expires_at__gt=timezone.now())
    return rows.select_related("created_by").order_by("pk")
