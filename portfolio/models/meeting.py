"""The weekly meeting (복기회의): its minutes, what was voted, and what is to be done until the next."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

__all__ = ["ActionItem", "Meeting", "MeetingVote"]


class Meeting(models.Model):
    """The meeting of one account about one week; ``version`` counts changes of its minutes."""

    account = models.ForeignKey("access.Account", on_delete=models.PROTECT, related_name="meetings")
    #: The Monday of the week it is about.
    week = models.DateField()
    minutes = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=0)
    minutes_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    minutes_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["account", "week"], name="one_meeting_a_week"),)

    def __str__(self) -> str:
        return f"{self.account_id} {self.week}"


class MeetingVote(models.Model):
    """What one member thinks of one trade of the agenda."""

    class Side(models.TextChoices):
        """Judged by the plan, not by the result."""

        AGAIN = "again", _("다시 하겠다")
        CHANGE = "change", _("고쳐서 하겠다")
        NEVER = "never", _("하지 않겠다")

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="votes")
    trade = models.ForeignKey("portfolio.Trade", on_delete=models.PROTECT, related_name="votes")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    side = models.CharField(max_length=6, choices=Side.choices)
    voted_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["meeting", "trade", "user"], name="one_vote_a_member"),)

    def __str__(self) -> str:
        return f"{self.user_id} {self.side} {self.trade_id}"


class ActionItem(models.Model):
    """Something to do; it returns on every later meeting's agenda until somebody has done or dropped it."""

    class State(models.TextChoices):
        """OPEN comes back next week."""

        OPEN = "open", _("할 일")
        DONE = "done", _("했음")
        DROPPED = "dropped", _("그만둠")

    account = models.ForeignKey("access.Account", on_delete=models.PROTECT, related_name="action_items")
    week = models.DateField()
    text = models.CharField(max_length=300)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    def __str__(self) -> str:
        return f"{self.week} {self.text[:40]}"
