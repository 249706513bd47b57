"""Alerts (알림): what a person wants to be told of an account's market, and every time they were."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

__all__ = ["Again", "Alert", "AlertKind", "AlertRing", "Sound"]


class AlertKind(models.TextChoices):
    """``threshold``: won for a price, percent for a rate, shares for the volume; none for the last two."""

    PRICE_OVER = "price_over", _("현재가 이상")
    PRICE_UNDER = "price_under", _("현재가 이하")
    RATE_OVER = "rate_over", _("등락률 이상")
    RATE_UNDER = "rate_under", _("등락률 이하")
    VOLUME_OVER = "volume_over", _("거래량 이상")
    VI = "vi", _("VI 발동·해제")
    FILL = "fill", _("내 체결")


class Again(models.TextChoices):
    """How often. ``ALWAYS``: each time it becomes true anew, at most once a minute."""

    ONCE = "once", _("한 번")
    DAILY = "daily", _("하루 한 번")
    ALWAYS = "always", _("닿을 때마다")


class Sound(models.TextChoices):
    """What it sounds like."""

    BELL = "bell", _("종")
    CHIME = "chime", _("차임")
    ALARM = "alarm", _("경보")
    NONE = "", _("소리 없음")


class Alert(models.Model):
    """One wish of one person. ``symbol`` is empty for fills of any symbol.

    ``armed``: an ``ALWAYS`` alert that has rung waits until its condition has stopped being true.
    ``rung_at`` is claimed by a conditional update, so that it rings once whoever notices.
    """

    account = models.ForeignKey("access.Account", on_delete=models.CASCADE, related_name="alerts")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="alerts")
    kind = models.CharField(max_length=12, choices=AlertKind.choices)
    symbol = models.CharField(max_length=12, blank=True)
    threshold = models.DecimalField(max_digits=18, decimal_places=4, null=True, blank=True)
    again = models.CharField(max_length=8, choices=Again.choices, default=Again.ONCE)
    sound = models.CharField(max_length=8, choices=Sound.choices, default=Sound.BELL, blank=True)
    note = models.CharField(max_length=80, blank=True)
    armed = models.BooleanField(default=True)
    paused = models.BooleanField(default=False)
    rung_at = models.DateTimeField(null=True, blank=True)
    made_at = models.DateTimeField(auto_now_add=True)
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.CheckConstraint(
                condition=Q(kind__in=["vi", "fill"], threshold__isnull=True)
                | Q(kind__in=["price_over", "price_under", "rate_over", "rate_under", "volume_over"])
                & Q(threshold__isnull=False),
                name="alert_threshold_where_one_belongs",
            ),
            models.CheckConstraint(condition=Q(kind="fill") | ~Q(symbol=""), name="alert_names_its_symbol"),
        )
        indexes = (models.Index(fields=("account", "owner"), name="alert_account_owner"),)

    def __str__(self) -> str:
        return f"{self.symbol} {self.kind} {self.threshold or ''}".strip()


class AlertRing(models.Model):
    """One time it rang: the broker's moment, what was seen then, and when its person looked."""

    alert = models.ForeignKey(Alert, on_delete=models.CASCADE, related_name="rings")
    at = models.DateTimeField()
    #: ``{"value": "71200"}`` in the kind's unit; of a fill ``name``, ``side``, ``size``, ``price``;
    #: of a VI ``vi`` (its kind), ``released`` (0 or 1) and ``price``.
    seen = models.JSONField()
    made_at = models.DateTimeField(auto_now_add=True)
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-pk",)
        indexes = (models.Index(fields=("alert", "read_at"), name="alert_ring_read"),)

    def __str__(self) -> str:
        return f"{self.alert} {self.at:%H:%M:%S}"
