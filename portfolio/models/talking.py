"""What members say to each other of a trade or a day, and what they ask of one another."""

from django.conf import settings
from django.db import models
from django.db.models import Q

__all__ = ["Comment", "CommentVersion", "ReviewRequest"]

OF_ONE = Q(day__isnull=False, trade__isnull=True) | Q(day__isnull=True, trade__isnull=False)


class Comment(models.Model):
    """One thing said. Its author edits and removes it; what it said before stays in its versions.

    ``private``: only its author reads it (a mentor's own notes).
    """

    account = models.ForeignKey("access.Account", on_delete=models.PROTECT, related_name="comments")
    day = models.DateField(null=True, blank=True)
    trade = models.ForeignKey(
        "portfolio.Trade", on_delete=models.PROTECT, null=True, blank=True, related_name="comments"
    )
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    text = models.TextField()
    private = models.BooleanField(default=False)
    made_at = models.DateTimeField()
    edited_at = models.DateTimeField(null=True, blank=True)
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (models.CheckConstraint(condition=OF_ONE, name="comment_of_a_day_or_a_trade"),)
        indexes = (models.Index(fields=["account", "day"], name="comment_by_day"),)

    def __str__(self) -> str:
        return f"{self.author_id}: {self.text[:40]}"


class CommentVersion(models.Model):
    """What a comment said before it was edited or removed."""

    comment = models.ForeignKey(Comment, on_delete=models.PROTECT, related_name="versions")
    text = models.TextField()
    replaced_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.comment_id} before {self.replaced_at}"


class ReviewRequest(models.Model):
    """A review asked for and, once it is done, the marks it gave: one to five for each line of the rubric."""

    account = models.ForeignKey("access.Account", on_delete=models.PROTECT, related_name="review_requests")
    day = models.DateField(null=True, blank=True)
    trade = models.ForeignKey(
        "portfolio.Trade", on_delete=models.PROTECT, null=True, blank=True, related_name="review_requests"
    )
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    of = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    words = models.CharField(max_length=500, blank=True)
    asked_at = models.DateTimeField()
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    done_at = models.DateTimeField(null=True, blank=True)
    plan = models.PositiveSmallIntegerField(null=True, blank=True)
    entry = models.PositiveSmallIntegerField(null=True, blank=True)
    size = models.PositiveSmallIntegerField(null=True, blank=True)
    exit = models.PositiveSmallIntegerField(null=True, blank=True)
    mind = models.PositiveSmallIntegerField(null=True, blank=True)
    remark = models.TextField(blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=OF_ONE, name="request_of_a_day_or_a_trade"),
            *(
                models.CheckConstraint(
                    condition=Q(**{f"{line}__isnull": True}) | Q(**{f"{line}__range": (1, 5)}),
                    name=f"rubric_{line}_one_to_five",
                )
                for line in ("plan", "entry", "size", "exit", "mind")
            ),
        )

    def __str__(self) -> str:
        return f"{self.asked_by_id} asks {self.of_id}: {self.trade_id or self.day}"
