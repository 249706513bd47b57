"""ScreenNumber (화면번호): what a person has a number jump to, where that differs from what comes with us."""

from django.conf import settings
from django.db import models

__all__ = ["ScreenNumber"]


class ScreenNumber(models.Model):
    """``place`` is a key of ``market.places``; empty: this person wants the number to lead nowhere."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="screen_numbers")
    number = models.CharField(max_length=4)
    place = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering = ("number",)
        constraints = (models.UniqueConstraint(fields=("user", "number"), name="screen_number_once"),)

    def __str__(self) -> str:
        return f"[{self.number}] {self.place}"
