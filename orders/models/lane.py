"""Lane: the one way to the broker of an account, and the one process that walks it."""

from django.db import models

from orders.models.intent import Intent

__all__ = ["Lane", "OrderProcess"]


class Lane(models.Model):
    """At most one command between claim and answer. Closed until the account was reconciled by this process.

    ``fence`` is the term of the process that opened it. ``why`` is what keeps it closed, as a sentence.
    """

    account = models.OneToOneField(
        "access.Account", on_delete=models.PROTECT, primary_key=True, related_name="lane"
    )
    is_open = models.BooleanField(default=False)
    why = models.CharField(max_length=300, blank=True)
    fence = models.BigIntegerField(default=0)
    halt_epoch = models.BigIntegerField(default=0)
    #: The latest halt whose open orders were seen taken back.
    cleared_epoch = models.BigIntegerField(default=0)
    #: The same of narrow halts (one member's, one symbol's) that are in force: their numbers.
    cleared_narrow = models.JSONField(default=list)
    busy = models.ForeignKey(Intent, on_delete=models.PROTECT, null=True, related_name="+")
    reconciled_at = models.DateTimeField(null=True)
    #: When the day's orders were last read whole, and all their numbers.
    read_at = models.DateTimeField(null=True)
    numbers = models.JSONField(default=list)
    #: What the broker calls our channel in kt00007, learnt from orders it has accepted.
    channel = models.CharField(max_length=20, blank=True)

    def __str__(self) -> str:
        return f"{self.account_id} {'open' if self.is_open else self.why}"


class OrderProcess(models.Model):
    """The lease of the order process: one row. ``fence`` grows with every holder; a claim names its own."""

    name = models.CharField(max_length=10, primary_key=True, default="orders")
    holder = models.CharField(max_length=80, blank=True)
    fence = models.BigIntegerField(default=0)
    expires = models.DateTimeField()
    boot_id = models.CharField(max_length=40, blank=True)
    pid = models.PositiveIntegerField(default=0)
    pid_started = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.holder or '-'} #{self.fence}"
