"""Limits: what an account and each of its members may trade, how that changed, and when it was switched on."""

from django.conf import settings
from django.db import models

__all__ = ["AccountLimits", "DayLock", "LimitChange", "MemberLimits"]

USER = settings.AUTH_USER_MODEL


class AccountLimits(models.Model):
    """One row of an account whose owner has set limits. Without it, and until ``trading``, nothing goes out.

    ``figures`` holds what was set, by the names of ``orders.situations.Limits``; the rest is as usual for the
    environment. ``version`` grows with every change and stands in every intent.
    """

    account = models.OneToOneField(
        "access.Account", on_delete=models.PROTECT, primary_key=True, related_name="limits"
    )
    trading = models.BooleanField(default=False)
    trading_at = models.DateTimeField(null=True)
    trading_by = models.ForeignKey(USER, on_delete=models.PROTECT, null=True, related_name="+")
    figures = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return f"{self.account_id} {'on' if self.trading else 'off'} #{self.version}"


class MemberLimits(models.Model):
    """What one member may do within the account's limits. Blank is no limit of their own.

    ``figures`` may hold ``max_order`` and ``max_day`` (won); ``symbols`` are the only ones allowed where there
    are any; ``opens`` and ``closes`` are Korean clock times.
    """

    account = models.ForeignKey("access.Account", on_delete=models.PROTECT, related_name="member_limits")
    user = models.ForeignKey(USER, on_delete=models.CASCADE, related_name="+")
    figures = models.JSONField(default=dict)
    symbols = models.JSONField(default=list)
    opens = models.TimeField(null=True)
    closes = models.TimeField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["account", "user"], name="member_limits_once"),)

    def __str__(self) -> str:
        return f"{self.account_id} {self.user_id}"


class LimitChange(models.Model):
    """One change of one limit. A tighter one acts at once; a looser one of a real account after a day and a yes
    of a second person (``is_weak``: the same person, later, because they are alone).

    ``member`` is empty for the account's own limits. It is never changed after ``ended_at``.
    """

    class State(models.TextChoices):
        """ASKED waits for a second person, AGREED for its time; ACTING holds, WITHDRAWN never will."""

        ASKED = "asked", "ASKED"
        AGREED = "agreed", "AGREED"
        ACTING = "acting", "ACTING"
        WITHDRAWN = "withdrawn", "WITHDRAWN"

    account = models.ForeignKey("access.Account", on_delete=models.PROTECT, related_name="limit_changes")
    member = models.ForeignKey(USER, on_delete=models.CASCADE, null=True, related_name="+")
    name = models.CharField(max_length=20)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    asked_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    acts_at = models.DateTimeField()
    agreed_by = models.ForeignKey(USER, on_delete=models.PROTECT, null=True, related_name="+")
    agreed_at = models.DateTimeField(null=True)
    is_weak = models.BooleanField(default=False)
    state = models.CharField(max_length=9, choices=State.choices)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["account", "member", "name"],
                condition=models.Q(state__in=["asked", "agreed"], member__isnull=False),
                name="one_open_change_of_member",
            ),
            models.UniqueConstraint(
                fields=["account", "name"],
                condition=models.Q(state__in=["asked", "agreed"], member__isnull=True),
                name="one_open_change_of_account",
            ),
        )
        indexes = (models.Index(fields=["account", "state"], name="limit_change_by_state"),)

    def __str__(self) -> str:
        return f"{self.name} {self.before} -> {self.after} {self.state}"


class DayLock(models.Model):
    """A day's loss or number of orders is reached: until tomorrow, or until somebody else opens it."""

    class Kind(models.TextChoices):
        """What was used up."""

        LOSS = "loss", "LOSS"
        TRADES = "trades", "TRADES"

    account = models.ForeignKey("access.Account", on_delete=models.PROTECT, related_name="day_locks")
    day = models.DateField()
    kind = models.CharField(max_length=6, choices=Kind.choices)
    at = models.DateTimeField()
    #: The day's result in won, or its number of orders, when it closed.
    figure = models.BigIntegerField()
    opened_by = models.ForeignKey(USER, on_delete=models.PROTECT, null=True, related_name="+")
    opened_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["account", "day", "kind"], name="day_lock_once"),)

    def __str__(self) -> str:
        return f"{self.day} {self.kind} {'opened' if self.opened_at else 'closed'}"
