"""Reviews (복기): what a person says of a trade, and every change of it."""

from django.conf import settings
from django.db import models
from django.utils.translation import pgettext_lazy

__all__ = ["BulkEdit", "Review", "TradeChange"]


class Review(models.Model):
    """The review of one trade. ``version`` counts its changes, so that two writers notice each other.

    ``risk`` in won is fixed when the stop is first recorded and a buy is known:
    (average entry - stop) * largest quantity + expected costs (metrics.md 3.1). Moving the stop later changes
    ``planned_stop`` and not the risk. Prices are won, unknown is null.
    """

    class Verdict(models.TextChoices):
        """How the trade went against its plan."""

        PLANNED = "planned", pgettext_lazy("verdict", "계획대로")
        EARLY = "early", pgettext_lazy("verdict", "일찍")
        LATE = "late", pgettext_lazy("verdict", "늦게")
        NEVER = "never", pgettext_lazy("verdict", "하지 말았어야")

    trade = models.OneToOneField("portfolio.Trade", on_delete=models.PROTECT, related_name="review")
    setup = models.ForeignKey("portfolio.Tag", on_delete=models.PROTECT, null=True, related_name="setup_of")
    emotion = models.ForeignKey("portfolio.Tag", on_delete=models.PROTECT, null=True, related_name="emotion_of")
    #: One to five.
    confidence = models.PositiveSmallIntegerField(null=True)
    rating = models.PositiveSmallIntegerField(null=True)
    verdict = models.CharField(max_length=8, choices=Verdict.choices, blank=True)
    planned_stop = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    planned_target = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    #: The stop as first recorded: when (the broker's clock) and by whom.
    first_stop = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    first_stop_at = models.DateTimeField(null=True)
    first_stop_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    risk = models.BigIntegerField(null=True)
    reviewed_at = models.DateTimeField(null=True)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    version = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(rating=None) | models.Q(rating__range=(1, 5)),
                name="review_rating_one_to_five",
            ),
            models.CheckConstraint(
                condition=models.Q(confidence=None) | models.Q(confidence__range=(1, 5)),
                name="review_confidence_one_to_five",
            ),
        )

    def __str__(self) -> str:
        return f"review of {self.trade_id}, v{self.version}"


class BulkEdit(models.Model):
    """One edit of many trades at once, which can be taken back while nobody has changed them since."""

    account = models.ForeignKey("access.Account", on_delete=models.PROTECT, related_name="+")
    #: What was done, as the page says it.
    words = models.CharField(max_length=200)
    trades = models.PositiveIntegerField(default=0)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    def __str__(self) -> str:
        return f"{self.words} ({self.trades})"


class TradeChange(models.Model):
    """One change of what people say of a trade: ``field`` went from ``before`` to ``after``, both as texts.

    ``field`` is a column of the review, "tag" (numbers of tags) or "rule:12". ``version`` is the review's
    after the change. ``is_conflict``: somebody had written in between, so ``after`` was kept and not applied.
    """

    trade = models.ForeignKey("portfolio.Trade", on_delete=models.PROTECT, related_name="changes")
    field = models.CharField(max_length=20)
    before = models.CharField(max_length=40, blank=True)
    after = models.CharField(max_length=40, blank=True)
    version = models.PositiveIntegerField(default=0)
    is_conflict = models.BooleanField(default=False)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    changed_at = models.DateTimeField()
    edit = models.ForeignKey(BulkEdit, on_delete=models.PROTECT, null=True, related_name="changes")

    def __str__(self) -> str:
        return f"{self.trade_id} {self.field}: {self.before} -> {self.after}"
