"""OptOut: an address that does not want to hear of something any more."""

from django.db import models

__all__ = ["OptOut"]


class OptOut(models.Model):
    """``scope``: ``report:<plan>`` or ``notices``. Taken back by whoever opens the same link again."""

    address = models.EmailField()
    scope = models.CharField(max_length=60)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("address", "scope"), name="opted_out_once"),)

    def __str__(self) -> str:
        return f"{self.address} – {self.scope}"
