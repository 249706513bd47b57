"""The page of all orders: what waits, what is unsure, what is stopped, what somebody has to approve."""

from dataclasses import dataclass
from functools import cached_property

from django.db.models import QuerySet
from django.utils import timezone

from kiwoomweb.access.models import Account, User
from kiwoomweb.access.rights import Right
from kiwoomweb.access.selectors import who_sees
from orders.models import Intent, Lane
from orders.presenting.following import IntentPage
from orders.selectors.intents import unsure
from orders.selectors.stops import Stop, narrow_stops_of, stops_of
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

    @cached_property
    def narrow_stops(self) -> list[Stop]:
        """Members and symbols whose orders are kept in, while the account goes on."""
        return narrow_stops_of(self.account)

    @cached_property
    def people(self) -> list[User]:
        """Who may order here, and so may have to be stopped."""
        return who_sees(self.account, Right.ORDER)

    @property
    def is_halted(self) -> bool:
        """Whether its people can open it: a shut day and what holds everywhere are opened elsewhere."""
        return any(stop.halt and not stop.is_everywhere for stop in self.stops)

    @cached_property
    def cleared(self) -> set[int]:
        """The halts in force here whose waiting orders have all been taken back."""
        lane = Lane.objects.filter(account=self.account).first() or Lane()
        wide = {stop.halt.pk for stop in self.stops if stop.halt and stop.halt.pk <= lane.cleared_epoch}
        return wide | set(lane.cleared_narrow)


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
