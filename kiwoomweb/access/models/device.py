"""A device: a browser that has signed in as somebody before, known by a cookie."""

from django.db import models

from kiwoomweb.access.models.user import User

__all__ = ["Device"]


class Device(models.Model):
    """One browser of one person. Of its cookie the SHA-256 is kept; ``networks`` are where it was seen."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="devices")
    token_hash = models.CharField(max_length=64)
    agent = models.CharField(max_length=200)
    #: Networks in CIDR notation, newest last.
    networks = models.JSONField(default=list)
    made_at = models.DateTimeField(auto_now_add=True)
    seen_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["user", "token_hash"], name="device_once_per_person"),)

    def __str__(self) -> str:
        return f"{self.user} · {self.agent}"
