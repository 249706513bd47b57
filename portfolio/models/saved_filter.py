"""Saved filters: an address's query under a name a person gave it."""

from django.conf import settings
from django.db import models

__all__ = ["SavedFilter"]


class SavedFilter(models.Model):
    """One person's filter of one account. ``query`` is canonical; a removed one keeps its row."""

    account = models.ForeignKey("access.Account", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    name = models.CharField(max_length=40)
    query = models.CharField(max_length=2_000, blank=True)
    saved_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["person", "account", "name"],
                condition=models.Q(removed_at=None),
                name="one_saved_filter_of_a_name",
            ),
        )

    def __str__(self) -> str:
        return self.name
