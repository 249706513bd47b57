"""What the realtime socket said about orders, word for word and in the order it arrived."""

from django.db import models

__all__ = ["OrderEvent"]


class OrderEvent(models.Model):
    """One 주문체결 message (realtime 00). Never changed; the same message again is the same row."""

    account = models.ForeignKey("access.Account", on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    order_no = models.CharField(max_length=10)
    fill_no = models.CharField(max_length=16, blank=True)
    status = models.CharField(max_length=20, blank=True)
    #: The message as decoded, every field as text.
    content = models.JSONField()
    #: sha256 of ``content``.
    digest = models.CharField(max_length=64)
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["account", "day", "digest"], name="order_event_once"),)
        indexes = (models.Index(fields=["account", "-day", "order_no"], name="order_event_by_order"),)

    def __str__(self) -> str:
        return f"{self.day} {self.order_no} {self.status} {self.fill_no}".rstrip()
