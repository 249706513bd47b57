"""A proof: somebody has just shown, in one session, that they are who they say they are."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from kiwoomweb.access.models.account import Account
from kiwoomweb.access.models.user import User

__all__ = ["STRONG", "Method", "Proof"]


class Method(models.TextChoices):
    """What was shown, in the person's words."""

    PASSWORD = "password", _("비밀번호")
    TOTP = "totp", _("인증 앱")
    PASSKEY = "passkey", _("패스키")
    RECOVERY = "recovery", _("복구 코드")


#: What a thief of the password does not have, and what a lost note does not give.
STRONG = frozenset({Method.TOTP, Method.PASSKEY})


class Proof(models.Model):
    """One factor given at one moment, for ``account`` and ``subject_hash``; where they are empty, for anything.

    ``session_hash`` is the SHA-256 of a mark the session carries through every change of its key. ``assertion``
    is what a passkey signed (``factors/ceremony.py``): whoever acts on the proof can check it again.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="proofs")
    session_hash = models.CharField(max_length=64)
    method = models.CharField(max_length=10, choices=Method.choices)
    at = models.DateTimeField()
    account = models.ForeignKey(Account, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    #: Hex SHA-256 of the intent, as ``orders`` computes it.
    subject_hash = models.CharField(max_length=64, blank=True)
    assertion = models.JSONField(null=True, blank=True)
    #: When a bound proof was used up; it is used once.
    spent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=models.Q(method__in=Method.values), name="proof_method_known"),
        )
        indexes = (models.Index(fields=["user", "at"], name="proof_recent"),)

    def __str__(self) -> str:
        return f"{self.user} · {self.get_method_display()} · {self.at:%Y-%m-%d %H:%M:%S}"
