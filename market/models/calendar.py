"""CalendarOverride: a day on which the exchange does not do what the packaged calendar says."""

from django.db import models
from django.utils.translation import gettext_lazy as _

__all__ = ["CalendarOverride"]


class CalendarOverride(models.Model):
    """One corrected day; it wins over the packaged calendar (임시 휴장, 수능일 10시 개장, …)."""

    class Kind(models.TextChoices):
        CLOSED = "closed", _("휴장")
        LATE = "late", _("10시 개장")
        OPEN = "open", _("정상 개장")

    day = models.DateField(primary_key=True)
    kind = models.CharField(max_length=10, choices=Kind)
    note = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ("day",)

    def __str__(self) -> str:
        return f"{self.day} {self.kind}"
