"""Reservation: the worst an open intent may cost or sell, held so that others cannot promise it again."""

from django.db import models

from orders.models.intent import Intent

__all__ = ["Reservation"]


class Reservation(models.Model):
    """Taken in the transaction that makes an intent READY, given back when it is over. One for each intent.

    ``cash`` is won a purchase may take with all costs, ``shares`` what a sale may take from the holding; what
    has filled is in the broker's own figures and no longer held here.
    """

    intent = models.OneToOneField(
        Intent, on_delete=models.PROTECT, primary_key=True, related_name="reservation"
    )
    account = models.ForeignKey("access.Account", on_delete=models.PROTECT, related_name="reservations")
    symbol = models.CharField(max_length=20)
    side = models.CharField(max_length=4)
    shares = models.PositiveBigIntegerField()
    cash = models.PositiveBigIntegerField()
    made_at = models.DateTimeField()
    released_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (models.Index(fields=["account", "released_at"], name="reservation_held"),)

    def __str__(self) -> str:
        return f"{self.side} {self.symbol} {self.shares} {self.cash:,}"
