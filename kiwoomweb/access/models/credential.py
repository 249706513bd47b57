"""The sealed key pair of one account: ``access.sealing`` opens it with a key kept outside the database."""

from django.db import models

from kiwoomweb.access.models.account import Account

__all__ = ["Credential"]


class Credential(models.Model):
    """App key and secret, sealed to this row. Pages show ``app_key_tail`` and nothing else.

    The account is the primary key, so the row's identity is known before it is sealed.
    """

    account = models.OneToOneField(
        Account, on_delete=models.CASCADE, primary_key=True, related_name="credential"
    )
    app_key_seal = models.BinaryField()
    app_secret_seal = models.BinaryField()
    key_version = models.PositiveIntegerField(db_index=True)
    app_key_tail = models.CharField(max_length=4)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"…{self.app_key_tail}"
