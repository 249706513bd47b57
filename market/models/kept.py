"""Kept: the last good answer to a market question, shown with its age when the broker cannot answer now."""

from django.db import models

__all__ = ["Kept"]


class Kept(models.Model):
    """One answer per (environment, question); the practice exchange has prices of its own.

    ``what`` names the question, e.g. ``quote:005930`` or ``candles:005930:minute:5:adjusted``; ``body`` is
    the answer as JSON bytes (see ``market.services.keeping``); ``at`` is when the broker gave it.
    """

    environment = models.CharField(max_length=12)
    what = models.CharField(max_length=80)
    body = models.BinaryField()
    at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("environment", "what"), name="one_answer_kept"),)

    def __str__(self) -> str:
        return f"{self.environment} {self.what}"
