"""Standing: the account as the broker last told it, for the checks before an order. One row, overwritten.

The broker's words themselves are kept as replies; nothing is lost with the row.
"""

from django.db import models

__all__ = ["AccountStanding"]


class AccountStanding(models.Model):
    """``asked_at`` is just before the first question: what was accepted before it is in the figures (won).

    ``result`` is the day's: realised, and what holdings have moved since yesterday's close or their purchase.
    ``holdings``: key -> [shares, sellable, value], keyed as in ``orders.situations.Standing``.
    """

    account = models.OneToOneField(
        "access.Account", on_delete=models.PROTECT, primary_key=True, related_name="standing"
    )
    asked_at = models.DateTimeField()
    power = models.BigIntegerField()
    assets = models.BigIntegerField()
    result = models.BigIntegerField()
    holdings = models.JSONField(default=dict)
    #: Of gold, where somebody has asked: ``at``, ``power``, ``assets`` and ``lots`` as in ``holdings``.
    gold = models.JSONField(default=dict)

    def __str__(self) -> str:
        return f"{self.account_id} {self.asked_at:%H:%M:%S}"
