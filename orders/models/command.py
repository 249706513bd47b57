"""Command: one HTTP request about an order. Committed and on disk before the first byte; sent once or never."""

from django.db import models

from orders.models.intent import Intent

__all__ = ["Command"]


class Command(models.Model):
    """The claim of an intent, and what came of it. ``outcome`` is written once, from blank.

    ``number`` counts the commands of an intent: 2 exists only after a refused token (8005), by rule R3.
    """

    intent = models.ForeignKey(Intent, on_delete=models.PROTECT, related_name="commands")
    number = models.PositiveSmallIntegerField(default=1)
    environment = models.CharField(max_length=10)
    tr = models.CharField(max_length=10)
    #: Of a change or a cancellation: the number its order went by when it was claimed. Later it may be another
    #: one, but the lists tell of the change under this one. Blank in commands from before it was kept.
    target_no = models.CharField(max_length=7, blank=True)
    request_sha256 = models.CharField(max_length=64)
    claimed_at = models.DateTimeField()
    #: No first byte after this moment; the sender itself goes by a clock that cannot jump.
    deadline = models.DateTimeField()
    #: Who claimed: the machine's boot, the process and when it started, the term of its lease.
    boot_id = models.CharField(max_length=40)
    pid = models.PositiveIntegerField()
    pid_started = models.BigIntegerField()
    fence = models.BigIntegerField()
    halt_epoch = models.BigIntegerField()
    #: Every order number of the day before it was sent, from a complete list not older than ten seconds.
    before = models.JSONField(default=list)
    before_at = models.DateTimeField(null=True)
    before_complete = models.BooleanField(default=False)
    #: Shares of the symbol held before it was sent; empty where the account was not looked at just then.
    held = models.BigIntegerField(null=True)

    #: When the first byte was about to leave; written with the outcome, so blank is not "never".
    sent_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=10, blank=True)
    answered_at = models.DateTimeField(null=True)
    http_status = models.PositiveSmallIntegerField(null=True)
    return_code = models.CharField(max_length=24, blank=True)
    said = models.CharField(max_length=300, blank=True)
    order_no = models.CharField(max_length=7, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["intent", "number"], name="command_once"),
            models.CheckConstraint(
                condition=models.Q(outcome__in=["", "not_sent", "rejected", "accepted", "unknown"]),
                name="command_outcome_known",
            ),
        )
        indexes = (models.Index(fields=["outcome", "claimed_at"], name="command_by_outcome"),)

    def __str__(self) -> str:
        return f"{self.tr} #{self.number} {self.outcome or 'sending'}"
