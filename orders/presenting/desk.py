"""The page of all orders: what waits, what is unsure, what is stopped, what somebody has to approve."""

from dataclasses import dataclass
from functools import cached_property

from django.db.models import QuerySet
from django.utils import timezone

from kiwoomweb.access.models import Account, User
from orders.models import Intent, Lane
from orders.presenting.following import IntentPage
from orders.selectors.intents import unsure
from orders.selectors.stops import Stop, stops_of
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
    def stops(self) -> list[Stop]:
        """What keeps orders in, oldest first."""
        return stops_of(self.account)

    @property
    def is_halted(self) -> bool:
        """Whether its people can open it: a shut day and what holds everywhere are opened elsewhere."""
        return any(stop.halt and not stop.is_everywhere for stop in self.stops)

    @cached_property
    def cleared(self) -> int:
        """The latest halt whose waiting orders have all been taken back."""
        lane = Lane.objects.filter(account=self.account).first()
        return lane.cleared_epoch if lane else 0


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
