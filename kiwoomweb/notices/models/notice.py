"""Notice: one thing a person was told; Telling: that it is to go by one channel, or has gone."""

from django.conf import settings
from django.db import models

from kiwoomweb.notices.kinds import Kind
from kiwoomweb.notices.models.channel import Channel
from kiwoomweb.notices.models.delivery import Delivery

__all__ = ["Notice", "Telling"]


class Notice(models.Model):
    """The same ``key`` of the same kind is told to a person once, however often somebody notices it."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notices")
    account = models.ForeignKey("access.Account", on_delete=models.CASCADE, null=True, related_name="+")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    key = models.CharField(max_length=120)
    title = models.CharField(max_length=200)
    text = models.CharField(max_length=1000, blank=True)
    #: A path of this site.
    url = models.CharField(max_length=300, blank=True)
    urgent = models.BooleanField(default=False)
    made_at = models.DateTimeField(auto_now_add=True)
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-pk",)
        constraints = (models.UniqueConstraint(fields=("user", "kind", "key"), name="told_once"),)
        indexes = (models.Index(fields=("user", "read_at"), name="notice_unread"),)

    def __str__(self) -> str:
        return self.title


class Telling(models.Model):
    """Not before ``due_at``; then bundled into a ``delivery`` with whatever else of its kind is due."""

    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="tellings")
    channel = models.ForeignKey(Channel, on_delete=models.CASCADE, related_name="tellings")
    due_at = models.DateTimeField()
    delivery = models.ForeignKey(Delivery, on_delete=models.SET_NULL, null=True, related_name="tellings")
    bundled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("notice", "channel"), name="by_each_channel_once"),)
        indexes = (
            models.Index(fields=("due_at",), condition=models.Q(bundled_at__isnull=True), name="telling_due"),
        )

    def __str__(self) -> str:
        return f"{self.notice} → {self.channel}"
