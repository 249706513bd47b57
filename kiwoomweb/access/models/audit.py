"""The audit trail: who did, saw or took away what, from where; each entry sealed to the one before it."""

from typing import Any

from django.db import models

from kiwoomweb.access.models.account import Account
from kiwoomweb.access.models.team import Team
from kiwoomweb.access.models.user import User

__all__ = ["AuditChain", "AuditEntry"]

#: A reference that neither keeps what it names nor goes with it; the indexes below serve the searches.
REMEMBERED: Any = {
    "on_delete": models.DO_NOTHING,
    "db_constraint": False,
    "db_index": False,
    "related_name": "+",
}


class AuditChain(models.Model):
    """One chain of entries: of an account, of a team, or of the installation. Its row is the lock of its end.

    ``key`` is ``account:<pk>``, ``team:<pk>`` or ``installation``; ``head`` the seal of the last entry.
    """

    key = models.CharField(max_length=40, unique=True)
    length = models.PositiveBigIntegerField(default=0)
    head = models.CharField(max_length=64, blank=True)

    def __str__(self) -> str:
        return f"{self.key} ({self.length})"


class AuditEntry(models.Model):
    """One thing that happened. Never changed and never deleted: the database itself refuses (``audit_guard``).

    ``user``, ``account`` and ``team`` are remembered without a constraint: an entry outlives what it speaks of.
    ``who`` is the person's address at that time. Text holds no control characters (``services.auditing``).
    """

    chain = models.ForeignKey(AuditChain, on_delete=models.PROTECT, related_name="entries")
    number = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    user = models.ForeignKey(User, null=True, **REMEMBERED)
    who = models.CharField(max_length=254, blank=True)
    account = models.ForeignKey(Account, null=True, **REMEMBERED)
    team = models.ForeignKey(Team, null=True, **REMEMBERED)
    action = models.CharField(max_length=60)
    about = models.CharField(max_length=200, blank=True)
    #: Canonical JSON, kept as the text that was sealed.
    detail = models.TextField(default="{}")
    ip = models.CharField(max_length=45, blank=True)
    agent = models.CharField(max_length=200, blank=True)
    #: The first half of the sha256 of the session's key: tells sessions apart and opens none.
    session = models.CharField(max_length=32, blank=True)
    key_version = models.PositiveIntegerField()
    #: HMAC-SHA256 over the seal before and this row, hex.
    seal = models.CharField(max_length=64)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["chain", "number"], name="audit_number_once"),)
        indexes = (
            models.Index(fields=["team", "-id"], name="audit_by_team"),
            models.Index(fields=["account", "user", "action", "-id"], name="audit_by_account"),
        )

    def __str__(self) -> str:
        return f"{self.action} {self.who} {self.at:%Y-%m-%d %H:%M:%S}"
