"""A brokerage account (계좌) as a team knows it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kiwoomweb.access.codes import new_code
from kiwoomweb.access.models.team import Team
from kiwoomweb.broker.environment import Environment

__all__ = ["Account", "EnvironmentName", "new_code"]


class EnvironmentName(models.TextChoices):
    """The environments of the broker, in the trader's words."""

    LIVE = Environment.LIVE.value, _("실전")
    PAPER = Environment.PAPER.value, _("모의")
    SIMULATOR = Environment.SIMULATOR.value, _("연습")


class Account(models.Model):
    """One 계좌 of one team. It is never deleted: removing its keys keeps its journal.

    ``trouble_*`` say what is wrong with the whole account (keys, address, broker down), since when;
    all three are empty while the broker answers.
    """

    code = models.CharField(max_length=10, unique=True, default=new_code, editable=False)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="accounts")
    name = models.CharField(_("별명"), max_length=40)
    environment = models.CharField(_("구분"), max_length=10, choices=EnvironmentName.choices)
    #: Ten digits; blank until the broker has told it (ka00001).
    number = models.CharField(max_length=10, blank=True)
    #: When keys were last connected; empty while the account has none.
    connected_at = models.DateTimeField(null=True, blank=True)
    #: The earliest trading day the journal reaches; unknown until the first backfill has looked.
    first_day = models.DateField(null=True, blank=True)
    trouble_kind = models.CharField(max_length=40, blank=True)
    trouble_sentence = models.CharField(max_length=200, blank=True)
    trouble_since = models.DateTimeField(null=True, blank=True)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(environment__in=[str(name) for name in Environment]),
                name="account_environment_known",
            ),
            models.UniqueConstraint(
                fields=["team", "environment", "number"], condition=~Q(number=""), name="account_once_per_team"
            ),
        )

    def __str__(self) -> str:
        return f"{self.name} {self.masked_number}".rstrip()

    @property
    def masked_number(self) -> str:
        """``****-4471``, or nothing while the number is unknown. The only form a page shows."""
        return f"****-{self.number[-4:]}" if self.number else ""
