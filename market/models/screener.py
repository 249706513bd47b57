"""Screeners (조건검색): the conditions of an account, every share that came or left, and what came of it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

__all__ = ["HitReturn", "Screener", "ScreenerHit"]


class Screener(models.Model):
    """One condition, made in the broker's own terminal; we know its 일련번호 and its name.

    ``wanted``: somebody wants to hear of it live. ``confirmed_at`` is when the broker said yes on the present
    connection (our clock); empty while it has not, and again when the connection is lost.
    """

    account = models.ForeignKey("access.Account", on_delete=models.PROTECT, related_name="screeners")
    seq = models.CharField(max_length=10)
    name = models.CharField(max_length=120)
    listed_at = models.DateTimeField()
    wanted = models.BooleanField(default=False)
    confirmed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("seq",)
        constraints = (models.UniqueConstraint(fields=("account", "seq"), name="screener_once_per_account"),)

    def __str__(self) -> str:
        return f"{self.seq} {self.name}"


class ScreenerHit(models.Model):
    """A share came in (편입), left (이탈), or was in when the search began. Never changed, but for its prices.

    ``at`` is the broker's moment. ``price`` is the last print at or before it, filled in once by a task;
    ``None`` is unknown and stays so when ``price_asked`` says that there is nothing to find any more.
    ``highest`` and ``lowest`` are the extremes from the hit to the close of its day, the price among them;
    written once after that close, ``None`` where no minutes tell.
    """

    class Kind(models.TextChoices):
        IN = "in", _("편입")
        OUT = "out", _("이탈")
        PRESENT = "present", _("시작 때")

    screener = models.ForeignKey(Screener, on_delete=models.PROTECT, related_name="hits")
    #: What the condition was called then: a 일련번호 may be given to another one later.
    condition = models.CharField(max_length=120)
    symbol = models.CharField(max_length=12)
    kind = models.CharField(max_length=8, choices=Kind)
    at = models.DateTimeField()
    price = models.BigIntegerField(null=True)
    price_asked = models.BooleanField(default=False)
    highest = models.BigIntegerField(null=True)
    lowest = models.BigIntegerField(null=True)
    #: Nothing is left to compute: every horizon has its row.
    is_settled = models.BooleanField(default=False)

    class Meta:
        ordering = ("-at", "-pk")
        constraints = (
            models.UniqueConstraint(fields=("screener", "symbol", "kind", "at"), name="screener_hit_once"),
        )
        indexes = (
            models.Index(fields=("screener", "-at"), name="screener_hit_by_time"),
            models.Index(fields=("is_settled", "kind", "at"), name="screener_hit_unsettled"),
        )

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M:%S} {self.symbol} {self.kind}"


class HitReturn(models.Model):
    """What a 편입 was worth after one horizon. Written once; without a price it says why there is none."""

    class Why(models.TextChoices):
        AFTER_CLOSE = "after_close", _("장 마감 뒤라 값이 없습니다")
        NOT_TOLD = "not_told", _("브로커가 그때의 값을 더 이상 주지 않습니다")
        NO_PRICE = "no_price", _("편입 때의 값을 모릅니다")

    hit = models.ForeignKey(ScreenerHit, on_delete=models.PROTECT, related_name="returns")
    horizon = models.CharField(max_length=8)
    price = models.DecimalField(max_digits=18, decimal_places=4, null=True)
    #: Percent; ``net`` after commission, tax and half a spread on both sides.
    gross = models.DecimalField(max_digits=10, decimal_places=4, null=True)
    net = models.DecimalField(max_digits=10, decimal_places=4, null=True)
    why = models.CharField(max_length=16, choices=Why, blank=True)
    measured_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("hit", "horizon"), name="hit_return_once"),)

    def __str__(self) -> str:
        return f"{self.hit_id} {self.horizon} {self.net}"
