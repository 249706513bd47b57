"""What the broker said, word for word, kept before anybody tried to understand it."""

import zlib

from django.db import models

from kiwoomweb.access.models.account import Account

__all__ = ["BrokerReply"]


class BrokerReply(models.Model):
    """One raw answer to one page of one account TR. Never changed but for ``times`` and ``seen_at``.

    The same answer to the same question again is the same row, counted and dated: a poll every minute
    that hears nothing new costs no space.
    """

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="replies")
    tr = models.CharField(max_length=10)
    #: sha256 of TR, body and paging key: equal questions have equal hashes.
    request_hash = models.CharField(max_length=64)
    page = models.PositiveIntegerField()
    status = models.PositiveSmallIntegerField()
    #: zlib of the body as it came, byte for byte.
    content = models.BinaryField()
    #: Hex digest of the uncompressed body.
    sha256 = models.CharField(max_length=64)
    received_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    times = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = (
            models.Index(fields=["account", "tr", "-received_at"], name="reply_by_account_and_tr"),
            models.Index(fields=["account", "request_hash", "page", "-id"], name="reply_by_question"),
        )

    def __str__(self) -> str:
        return f"{self.tr} p{self.page} {self.received_at:%Y-%m-%d %H:%M:%S}"

    @property
    def raw(self) -> bytes:
        """The body as it came."""
        return zlib.decompress(self.content)
