"""What is to be asked of the broker, when, and how the last time went. Losing every queue loses none of it."""

from django.db import models
from django.db.models import Q

__all__ = ["AccountSync", "Purpose", "State", "SyncTask"]


class Purpose(models.IntegerChoices):
    """Why a task exists; smaller is more urgent."""

    POLL = 0
    CLOSE = 1
    BACKFILL = 2
    #: A further look at days that are over: to seal them, or because a person asked.
    AGAIN = 3


class State(models.TextChoices):
    """WAITING for its time, DONE for good, or STOPPED: the environment does not offer the TR."""

    WAITING = "waiting"
    DONE = "done"
    STOPPED = "stopped"


class AccountSync(models.Model):
    """One account as the synchronisation sees it. ``stopped_*`` is set while polling makes no sense."""

    account = models.OneToOneField("access.Account", on_delete=models.PROTECT, related_name="sync")
    began_at = models.DateTimeField()
    #: Up to which trading day closing reads are planned.
    planned_day = models.DateField(null=True)
    #: Until when a worker is expected to answer the last bell; nobody rings again before.
    rung_until = models.DateTimeField(null=True)
    #: Which keys the account had when it was stopped; polling resumes when they change.
    stopped_keys = models.CharField(max_length=64, blank=True)
    stopped_kind = models.CharField(max_length=40, blank=True)
    stopped_since = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"sync of {self.account_id}"


class SyncTask(models.Model):
    """One question to the broker: a TR polled for today (``first`` empty), or a window of past days.

    ``due_at`` is our clock, ``ready_at`` the broker's (virtual in the simulator). ``claim`` names the run
    that holds the task until ``claimed_until``; its result counts only while the name is still there.
    """

    account = models.ForeignKey("access.Account", on_delete=models.PROTECT, related_name="sync_tasks")
    tr = models.CharField(max_length=10)
    purpose = models.PositiveSmallIntegerField(choices=Purpose.choices)
    first = models.DateField(null=True)
    last = models.DateField(null=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    due_at = models.DateTimeField()
    ready_at = models.DateTimeField(null=True)
    #: Since when a person waits for the answer: asked before all else.
    asked_at = models.DateTimeField(null=True)
    #: Good reads so far.
    passes = models.PositiveIntegerField(default=0)
    claim = models.UUIDField(null=True)
    claimed_until = models.DateTimeField(null=True)
    #: Tries since the last good read, crashed ones included.
    attempts = models.PositiveIntegerField(default=0)
    last_try_at = models.DateTimeField(null=True)
    last_good_at = models.DateTimeField(null=True)
    #: The broker's clock (virtual in the simulator) at the last good read.
    read_at = models.DateTimeField(null=True)
    #: The name of the error (``broker.errors``), its sentence and the broker's own words; empty when well.
    trouble_kind = models.CharField(max_length=40, blank=True)
    trouble_said = models.CharField(max_length=200, blank=True)
    trouble_since = models.DateTimeField(null=True)
    #: Since when the broker has shown less than we know; believed at the second look.
    doubt_since = models.DateTimeField(null=True)
    #: The ledger of the last good read: ``received = new + same + changed + rejected``; ``gone`` left the list.
    received = models.PositiveIntegerField(default=0)
    new = models.PositiveIntegerField(default=0)
    same = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    rejected = models.PositiveIntegerField(default=0)
    gone = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["account", "tr"], condition=Q(first__isnull=True), name="one_poll_for_each_tr"
            ),
            models.UniqueConstraint(
                fields=["account", "tr", "purpose", "first", "last"],
                condition=Q(first__isnull=False),
                name="one_task_for_each_window",
            ),
        )
        indexes = (
            models.Index(
                fields=["account", "purpose", "due_at"], condition=Q(state="waiting"), name="sync_task_due"
            ),
            models.Index(fields=["account", "tr", "-last_good_at"], name="sync_task_by_tr"),
        )

    def __str__(self) -> str:
        span = f"{self.first}..{self.last}" if self.first else "today"
        return f"{self.tr} {Purpose(self.purpose).label} {span}"
