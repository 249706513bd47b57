"""Exit (자동 청산): stop, target and trailing stop of one holding, kept by the server until one is met."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from kiwoomweb.broker.domain import Venue
from orders.exits.triggers import Fired, Plan

__all__ = ["Exit"]


class Exit(models.Model):
    """One plan. Its conditions cancel one another (OCO) by being one row: it leaves WATCHING once.

    ``quantity`` is shares, empty for all that is held when it fires; never more than that is sold. Prices are
    won, ``trail_rate`` is percent of ``peak``. ``attempt`` counts orders that provably are not at the broker.
    """

    class State(models.TextChoices):
        """WATCHING is alive; FIRED has an order; STUCK calls a person; ENDED had nothing left to sell."""

        WATCHING = "watching"
        FIRED = "fired"
        STUCK = "stuck"
        ENDED = "ended"
        REMOVED = "removed"

    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    account = models.ForeignKey("access.Account", on_delete=models.PROTECT, related_name="exits")
    symbol = models.CharField(max_length=20)
    name = models.CharField(max_length=80, blank=True)
    venue = models.CharField(max_length=3, choices=[(str(venue), venue.name) for venue in Venue])
    quantity = models.PositiveBigIntegerField(null=True)
    stop = models.PositiveBigIntegerField(null=True)
    target = models.PositiveBigIntegerField(null=True)
    trail_won = models.PositiveBigIntegerField(null=True)
    trail_rate = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    peak = models.PositiveBigIntegerField(null=True)
    #: The last day it watches; empty: until somebody removes it.
    until = models.DateField(null=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.WATCHING)
    #: What was met, at which price, and when by the broker's clock.
    fired = models.CharField(max_length=6, blank=True, choices=[(str(one), one.name) for one in Fired])
    fired_price = models.PositiveBigIntegerField(null=True)
    fired_at = models.DateTimeField(null=True)
    attempt = models.PositiveSmallIntegerField(default=0)
    intent = models.ForeignKey("orders.Intent", on_delete=models.PROTECT, null=True, related_name="+")
    #: Why it is stuck or ended, as a sentence.
    why = models.CharField(max_length=300, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(stop__gt=0) | Q(target__gt=0) | Q(trail_won__gt=0) | Q(trail_rate__gt=0),
                name="exit_has_a_condition",
            ),
            models.CheckConstraint(
                condition=Q(trail_won__isnull=True) | Q(trail_rate__isnull=True), name="exit_trails_one_way"
            ),
            models.CheckConstraint(
                condition=Q(quantity__isnull=True) | Q(quantity__gt=0), name="exit_sells_some"
            ),
        )
        indexes = (models.Index(fields=["account", "state", "symbol"], name="exit_by_state"),)

    def __str__(self) -> str:
        return f"{self.symbol} {self.state} {self.stop or '-'}/{self.target or '-'}"

    @property
    def plan(self) -> Plan:
        """Its conditions as the triggers know them."""
        return Plan(self.stop, self.target, self.trail_won, self.trail_rate, self.peak)

    @property
    def order_key(self) -> str:
        """The idempotency key of its order: the same until that one provably never left."""
        return f"exit:{self.key}:{self.attempt}"
