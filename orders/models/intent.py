"""Intent: what a person decided about one order. What was decided never changes; how far it has come does."""

import secrets
from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q

from kiwoomweb.broker.domain import Side, Venue
from kiwoomweb.broker.domain.ordering import CreditKind, OrderKind
from kiwoomweb.broker.environment import Environment
from orders.states import State
from orders.tickets import Kind, Ticket

__all__ = ["Intent", "new_intent_code"]


def new_intent_code() -> str:
    """What addresses and logs call an intent: 22 letters that say nothing."""
    return secrets.token_urlsafe(16)


def _choices(kind: type) -> list[tuple[str, str]]:
    return [(str(one), one.name) for one in kind]  # type: ignore[attr-defined]


class Intent(models.Model):
    """One decision, sent at most once.

    ``key`` is the idempotency key: unique in the account for ever, and the only guard against two. ``order_no``
    is blank until the broker's number is proved to be this intent's. ``doubt`` words what an UNKNOWN is about.
    Quantities are shares: ``remaining`` is what may still fill, ``cancelled`` what never will.
    """

    code = models.CharField(max_length=22, unique=True, default=new_intent_code, editable=False)
    account = models.ForeignKey("access.Account", on_delete=models.PROTECT, related_name="intents")
    environment = models.CharField(max_length=10)
    key = models.CharField(max_length=80)
    payload_sha256 = models.CharField(max_length=64)
    #: ``Ticket.as_json()``: all that was asked for, with the quote seen, the reason and the questions answered.
    ticket_json = models.JSONField()
    kind = models.CharField(max_length=6, choices=_choices(Kind))
    symbol = models.CharField(max_length=20)
    side = models.CharField(max_length=4, choices=_choices(Side))
    quantity = models.PositiveBigIntegerField()
    price = models.BigIntegerField(null=True)
    order_kind = models.CharField(max_length=12, choices=_choices(OrderKind))
    venue = models.CharField(max_length=3, choices=_choices(Venue))
    stop_price = models.BigIntegerField(null=True)
    credit = models.CharField(max_length=8, blank=True, choices=_choices(CreditKind))
    target_no = models.CharField(max_length=7, blank=True)
    #: The intent whose order this one changes or takes back; empty for an order of another channel.
    target = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="changes")
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    #: ``person``, ``exit`` (kept by the server) or ``halt`` (the kill switch's cancellations).
    origin = models.CharField(max_length=10, default="person")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    limits_version = models.PositiveIntegerField(default=0)
    #: What the checks said when it was decided: refusals, questions, whether a second person is needed.
    verdict = models.JSONField(default=dict)

    state = models.CharField(max_length=16, choices=_choices(State), default=State.DRAFT)
    state_at = models.DateTimeField()
    #: Grows with every change of this row: who changes it names the version they saw.
    version = models.PositiveIntegerField(default=0)
    #: ``no_candidate``, ``provisional``, ``several``, ``probably_not_placed``: what is known of an UNKNOWN.
    doubt = models.CharField(max_length=24, blank=True)
    #: Why it stands where it stands: the broker's code and words, or ours.
    why_code = models.CharField(max_length=24, blank=True)
    why = models.CharField(max_length=300, blank=True)
    day = models.DateField(null=True)
    order_no = models.CharField(max_length=7, blank=True)
    root_no = models.CharField(max_length=7, blank=True)
    filled = models.PositiveBigIntegerField(default=0)
    remaining = models.PositiveBigIntegerField(default=0)
    cancelled = models.PositiveBigIntegerField(default=0)
    #: Won paid or received for what filled, as far as single executions tell.
    filled_amount = models.BigIntegerField(default=0)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["account", "key"], name="intent_once_per_key"),
            models.UniqueConstraint(
                fields=["account", "day", "order_no"], condition=~Q(order_no=""), name="order_bound_once"
            ),
            models.CheckConstraint(
                condition=Q(environment__in=[str(name) for name in Environment]),
                name="intent_environment_known",
            ),
            models.CheckConstraint(condition=Q(state__in=[str(s) for s in State]), name="intent_state_known"),
            models.CheckConstraint(condition=~Q(key=""), name="intent_has_key"),
        )
        indexes = (
            models.Index(fields=["account", "state"], name="intent_by_state"),
            models.Index(fields=["account", "-made_at"], name="intent_by_time"),
            models.Index(fields=["state", "expires_at"], name="intent_by_expiry"),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.side} {self.symbol} {self.quantity} {self.state} {self.order_no}".rstrip()

    @property
    def ticket(self) -> Ticket:
        """What was asked for."""
        return Ticket.from_json(self.ticket_json)

    @property
    def at(self) -> State:
        """The state as a word of the table."""
        return State(self.state)

    @property
    def takes_back(self) -> bool:
        """Whether it is a cancellation."""
        return self.kind == Kind.CANCEL

    @property
    def number(self) -> tuple[date | None, str]:
        """Day and order number: what the broker calls it."""
        return self.day, self.order_no
