"""복기 메모: what a person wrote about a trading day or a trade. Every saved text stays, removed notes too."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kiwoomweb.access.models import Account
from portfolio.models.trade import Trade

__all__ = ["Note", "NoteVersion", "Place", "Section"]


class Section(models.TextChoices):
    """What a note is about. ``LATER`` holds what was added to a plan after the market had opened."""

    PLAN = "plan", _("장전 계획")
    LATER = "later", _("개장 후 덧붙임")
    REVIEW = "review", _("장후 복기")
    TRADE = "trade", _("매매 복기")


#: The sections of a day.
DAILY = [Section.PLAN.value, Section.LATER.value, Section.REVIEW.value]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a note belongs: a section of a ``day``, or a ``trade``. One place has one note."""

    account: Account
    section: Section
    day: date | None = None
    trade: Trade | None = None

    @property
    def key(self) -> str:
        """As an address names it: ``2026-11-20.plan``, ``trade.12``."""
        return f"trade.{self.trade.pk}" if self.trade else f"{self.day}.{self.section}"

    @property
    def on(self) -> date:
        """The day it stands on; for a trade the day it was opened."""
        day = self.trade.opened_day if self.trade else self.day
        assert day is not None  # noqa: S101  # a note is of a day or of a trade
        return day

    @property
    def title(self) -> str:
        """What is found besides the text: the share of a trade."""
        return f"{self.trade.name} {self.trade.symbol}" if self.trade else ""

    @property
    def lookup(self) -> dict[str, Any]:
        """The fields of its note."""
        return {"account": self.account, "day": self.day, "section": self.section, "trade": self.trade}


class Note(models.Model):
    """The note of one place. Its text is that of its ``current`` version.

    A removed note is a tombstone: it and its versions stay and can be brought back.
    """

    account = models.ForeignKey("access.Account", on_delete=models.PROTECT, related_name="notes")
    #: The trading day; empty for the note of a trade.
    day = models.DateField(null=True, blank=True)
    trade = models.ForeignKey(
        "portfolio.Trade", on_delete=models.PROTECT, null=True, blank=True, related_name="notes"
    )
    section = models.CharField(max_length=10, choices=Section.choices, default=Section.REVIEW)
    #: The number of the version shown; 0 while nothing was saved.
    current = models.PositiveIntegerField(default=0)
    removed_at = models.DateTimeField(null=True, blank=True)
    removed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["account", "day", "section"], name="one_note_a_section"),
            models.UniqueConstraint(fields=["trade"], name="one_note_a_trade"),
            models.CheckConstraint(
                condition=Q(section__in=DAILY, day__isnull=False, trade__isnull=True)
                | Q(section="trade", day__isnull=True, trade__isnull=False),
                name="note_of_a_day_or_a_trade",
            ),
        )

    def __str__(self) -> str:
        return f"{self.day or self.trade_id} {self.section} v{self.current}"

    @property
    def place(self) -> Place:
        """Where it belongs."""
        return Place(self.account, Section(self.section), self.day, self.trade)


class NoteVersion(models.Model):
    """One saved text. ``is_conflict`` marks a copy that was based on an older version than the current."""

    note = models.ForeignKey(Note, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    text = models.TextField(blank=True)
    is_conflict = models.BooleanField(default=False)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    saved_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["note", "number"], name="note_version_once"),)

    def __str__(self) -> str:
        return f"{self.note_id} v{self.number}"
