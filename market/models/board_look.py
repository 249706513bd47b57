"""How a person looks at the board of symbols: which columns, in which order, as a table or as tiles."""

from django.conf import settings
from django.db import models

__all__ = ["BoardLook"]


class BoardLook(models.Model):
    """One a person. ``columns`` are keys with commas between; ``sort`` is one of them, blank for the list's own
    order; ``view`` is ``table`` or how many tiles are shown."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="board_look", primary_key=True
    )
    columns = models.CharField(max_length=200, blank=True)
    sort = models.CharField(max_length=16, blank=True)
    descending = models.BooleanField(default=True)
    view = models.CharField(max_length=8, default="table")

    def __str__(self) -> str:
        return f"{self.view} {self.columns}"
