"""Rules (매매 원칙): a playbook's sentences, and what a person found when checking a trade against one."""

from datetime import date

from django.conf import settings
from django.db import models

__all__ = ["Rule", "RuleCheck"]


class Rule(models.Model):
    """One rule of a team. Without ``condition`` a person checks it; with one it is computed from the trade
    (``portfolio.analytics.rules``) and nothing is stored. ``limit`` is the condition's number or time as text.
    With a ``setup`` it concerns that setup's trades only.

    A rule that is edited gets a new version (``previous`` is the one before). Each judges the trades
    opened in its own days, from ``since`` until before ``until``, so what was judged stays as it was."""

    team = models.ForeignKey("access.Team", on_delete=models.PROTECT, related_name="rules")
    text = models.CharField(max_length=200)
    condition = models.CharField(max_length=20, blank=True)
    limit = models.CharField(max_length=20, blank=True)
    setup = models.ForeignKey("portfolio.Tag", on_delete=models.PROTECT, null=True, related_name="rules")
    position = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)
    previous = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="next")
    since = models.DateField(null=True)
    until = models.DateField(null=True)

    def __str__(self) -> str:
        return self.text

    def is_about(self, day: date) -> bool:
        """Whether this version judges a trade opened on that day."""
        return (self.since is None or self.since <= day) and (self.until is None or day < self.until)


class RuleCheck(models.Model):
    """What a person found. Rules computed from the trade have no rows."""

    class Result(models.TextChoices):
        """The rule was MET, BROKEN, or there was nothing to apply it to."""

        MET = "met"
        BROKEN = "broken"
        NONE = "none"

    rule = models.ForeignKey(Rule, on_delete=models.PROTECT, related_name="checks")
    trade = models.ForeignKey("portfolio.Trade", on_delete=models.PROTECT, related_name="rule_checks")
    result = models.CharField(max_length=6, choices=Result.choices)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    checked_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["trade", "rule"], name="one_check_of_a_rule"),)

    def __str__(self) -> str:
        return f"{self.trade_id} {self.rule_id} {self.result}"
