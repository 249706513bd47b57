"""The proof of each day: what was compared, what came of it, what was corrected, what people said of it."""

from django.conf import settings
from django.db import models
from django.db.models import Q

__all__ = ["CommissionRate", "Correction", "DayProof", "Explanation"]


class DayProof(models.Model):
    """One version of the proof of one account's day: inserted or superseded, its figures never changed.

    The same figures again are the same version; only its bookkeeping (``state``, ``read_at``, ``held_since``,
    ``sealed_at``, ``checked_at``, ``replies``) moves on.
    """

    class State(models.TextChoices):
        """As in ``analytics.proof.states``."""

        OPEN = "open"
        CLOSING = "closing"
        SEALED = "sealed"
        MISMATCH = "mismatch"
        GAP = "gap"

    account = models.ForeignKey("access.Account", on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    version = models.PositiveIntegerField()
    state = models.CharField(max_length=8, choices=State.choices)
    #: Whether the day was sealed once and the broker has changed a figure since.
    reopened = models.BooleanField(default=False)
    #: The lines of the equations, as ``analytics.proof.Line.plain`` writes them.
    lines = models.JSONField()
    #: The figures a late correction may change, by symbol and name.
    figures = models.JSONField()
    #: The raw replies (``access.BrokerReply`` ids) the figures came from.
    replies = models.JSONField()
    #: sha256 of lines and figures.
    digest = models.CharField(max_length=64)
    #: The broker's clock: the last read of the day, and since which read these figures have held.
    read_at = models.DateTimeField(null=True)
    held_since = models.DateTimeField(null=True)
    #: The broker's clock when the day was sealed.
    sealed_at = models.DateTimeField(null=True)
    #: From when a gap is an alarm, by the broker's clock.
    alarm_at = models.DateTimeField()
    #: Our clock.
    made_at = models.DateTimeField()
    checked_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["account", "day", "version"], name="day_proof_version_once"),
            models.UniqueConstraint(
                fields=["account", "day"],
                condition=Q(superseded_at__isnull=True),
                name="day_proof_current_once",
            ),
        )
        indexes = (
            models.Index(
                fields=["account", "state", "-day"],
                condition=Q(superseded_at__isnull=True),
                name="day_proof_by_state",
            ),
        )

    def __str__(self) -> str:
        return f"{self.day} v{self.version} {self.state}"

    @property
    def is_news(self) -> bool:
        """Whether these figures were seen for the first time when the day was last proved."""
        return self.checked_at == self.made_at


class Correction(models.Model):
    """What the broker changed of a day after it had been sealed: one for each sealed version it undid."""

    account = models.ForeignKey("access.Account", on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    #: The sealed version whose figures no longer hold.
    sealed = models.OneToOneField(DayProof, on_delete=models.PROTECT, related_name="correction")
    #: Causes only, each with symbol, figure, before and after.
    changes = models.JSONField()
    noted_at = models.DateTimeField()
    #: When the broker took it back, before the day was sealed anew.
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (models.Index(fields=["account", "-day"], name="correction_by_day"),)

    def __str__(self) -> str:
        return f"{self.day} {self.changes}"


class Explanation(models.Model):
    """What a person said of one line that does not hold. It counts for exactly these two figures."""

    class Kind(models.TextChoices):
        """ACCEPTED takes the broker's figure for right, TOLD says where the difference comes from."""

        ACCEPTED = "accepted"
        TOLD = "told"

    account = models.ForeignKey("access.Account", on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    equation = models.CharField(max_length=2)
    key = models.CharField(max_length=30)
    symbol = models.CharField(max_length=30, blank=True)
    ours = models.BigIntegerField(null=True)
    theirs = models.BigIntegerField(null=True)
    kind = models.CharField(max_length=8, choices=Kind.choices)
    reason = models.CharField(max_length=200)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (models.Index(fields=["account", "day"], name="explanation_by_day"),)

    def __str__(self) -> str:
        return f"{self.day} {self.equation} {self.key} {self.reason}"


class CommissionRate(models.Model):
    """The commission rate an account was charged in a month, learnt from its own rows and proved by them."""

    account = models.ForeignKey("access.Account", on_delete=models.PROTECT, related_name="+")
    #: The first day of the month.
    month = models.DateField()
    #: The rate is ``numerator / denominator`` of the amount.
    numerator = models.BigIntegerField()
    denominator = models.BigIntegerField()
    #: A second rate, where the venues charge differently.
    other_numerator = models.BigIntegerField(null=True)
    other_denominator = models.BigIntegerField(null=True)
    #: How many charges were looked at, and how many of them the rate explains.
    rows = models.PositiveIntegerField()
    fitting = models.PositiveIntegerField()
    learned_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["account", "month"], name="commission_rate_once"),)

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.numerator}/{self.denominator} ({self.fitting}/{self.rows})"
