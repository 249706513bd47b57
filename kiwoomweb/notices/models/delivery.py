"""Delivery: one message to one address, from being written to the answer of whoever took it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from kiwoomweb.access.models.account import new_code
from kiwoomweb.notices.models.channel import Channel, Way

__all__ = ["ENDED", "Delivery", "State"]


class State(models.TextChoices):
    """``queued`` → ``sending`` (somebody has it) → ``handing`` (the last byte may be out) → one of the rest.

    What dies in ``sending`` was certainly not accepted and is queued again: a mail server must not deliver a
    message whose final dot it has not seen (RFC 5321, 4.1.1.4). What dies in ``handing`` may have been: where
    twice is better than never it is queued again under the same number (``claiming.twice_is_better``), else it
    is ``unsure``: its owner is told, asks whether it came, and sends it again with one press.
    """

    QUEUED = "queued", _("대기")
    SENDING = "sending", _("보내는 중")
    HANDING = "handing", _("넘기는 중")
    SENT = "sent", _("보냄")
    REFUSED = "refused", _("거절됨")
    FAILED = "failed", _("포기함")
    UNSURE = "unsure", _("확인 필요")


ENDED = frozenset({State.SENT, State.REFUSED, State.FAILED, State.UNSURE})


class Delivery(models.Model):
    """``key`` names the reason: the same reason never makes a second delivery.

    ``content`` is the whole message as it will leave, compressed, sealed when it carries a secret (a sign-in
    link); it is emptied once sent. ``claim`` is the fence: only the run that holds it may say what happened.
    """

    code = models.CharField(max_length=10, unique=True, default=new_code, editable=False)
    key = models.CharField(max_length=160, unique=True)
    way = models.CharField(max_length=10, choices=Way.choices)
    kind = models.CharField(max_length=20)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="+")
    account = models.ForeignKey("access.Account", on_delete=models.CASCADE, null=True, related_name="+")
    channel = models.ForeignKey(Channel, on_delete=models.SET_NULL, null=True, related_name="deliveries")
    #: A mail address; blank where the channel knows it.
    to = models.CharField(max_length=254, blank=True)
    subject = models.CharField(max_length=250)
    #: What unsubscribing would end; blank for mail nobody unsubscribes from (a forgotten password).
    scope = models.CharField(max_length=60, blank=True)
    #: Without the angle brackets, the same at every try.
    message_id = models.CharField(max_length=120, unique=True)
    content = models.BinaryField()
    sealed = models.BooleanField(default=False)
    state = models.CharField(max_length=8, choices=State.choices, default=State.QUEUED)
    due_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    claim = models.UUIDField(null=True)
    claimed_until = models.DateTimeField(null=True)
    #: The last answer of the other side, or what kept us from it.
    answer = models.CharField(max_length=300, blank=True)
    made_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    #: When its owner has looked at the trouble and put it away.
    seen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-pk",)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(state__in=[str(state) for state in State]), name="delivery_state_known"
            ),
        )
        indexes = (
            models.Index(
                fields=("way", "state", "due_at"),
                condition=models.Q(state__in=["queued", "sending", "handing"]),
                name="delivery_open",
            ),
            models.Index(fields=("user", "-made_at"), name="delivery_of_person"),
        )

    def __str__(self) -> str:
        return f"{self.way} {self.subject}"

    @property
    def where(self) -> str:
        """Where it goes, as pages say it."""
        return self.to or (self.channel.shown if self.channel else "")
