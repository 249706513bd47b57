"""Rollups: sums kept beside the facts, so that a page of a million fills opens as fast as one of ten."""

from django.db import models

__all__ = ["Rollup"]


class Rollup(models.Model):
    """The sums of one account over one day or month, of everything or of one symbol or tag.

    ``fills``, ``bought`` and ``sold`` are of fills; ``gross`` to ``net`` of the slices sold in the span, as far
    as they are known; ``trades``, ``wins``, ``losses`` and ``flats`` count trades closed in it. Won.
    """

    class Kind(models.TextChoices):
        """Over ALL of it, or over one SYMBOL or TAG (the key)."""

        ALL = "all"
        SYMBOL = "symbol"
        TAG = "tag"

    class Span(models.TextChoices):
        """How long: a DAY, a MONTH beginning at ``start``, or EVER (``start`` is the first of all days)."""

        DAY = "day"
        MONTH = "month"
        EVER = "ever"

    account = models.ForeignKey("access.Account", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=6, choices=Kind.choices)
    span = models.CharField(max_length=5, choices=Span.choices)
    key = models.CharField(max_length=20, blank=True)
    start = models.DateField()
    fills = models.PositiveIntegerField(default=0)
    bought = models.BigIntegerField(default=0)
    sold = models.BigIntegerField(default=0)
    trades = models.PositiveIntegerField(default=0)
    wins = models.PositiveIntegerField(default=0)
    losses = models.PositiveIntegerField(default=0)
    flats = models.PositiveIntegerField(default=0)
    gross = models.BigIntegerField(default=0)
    commission = models.BigIntegerField(default=0)
    tax = models.BigIntegerField(default=0)
    net = models.BigIntegerField(default=0)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["account", "kind", "span", "start", "key"], name="one_rollup_a_span"
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.key} {self.span} {self.start}: {self.net:+,}"
