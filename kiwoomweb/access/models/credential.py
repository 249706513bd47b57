"""The sealed key pair of one account: the order process alone holds what opens it (``access.desk_keys``)."""

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
    #: Of the desk's key pair; of the key ring in a row from before there was one, which has no ``key_name``.
    key_version = models.PositiveIntegerField(db_index=True)
    #: ``Credentials.fingerprint``: names the pair's token and its turns to those who cannot open it.
    key_name = models.CharField(max_length=16, default="", blank=True)
    app_key_tail = models.CharField(max_length=4)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"…{self.app_key_tail}"
