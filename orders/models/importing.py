"""Imports: files and single fills that people brought in, every step of them kept."""

import zlib

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from orders.models.fill import Fill

__all__ = ["ColumnMapping", "ImportBatch", "ImportOverlap", "ImportedFill"]


class ImportBatch(models.Model):
    """One file (or one fill written by hand, with its ``reason``) on its way into the journal of an account.

    A DRAFT has changed nothing yet. COMMITTED: its new rows are fills. UNDONE: they were superseded, all of
    them. DISCARDED before anything was recorded; its file is let go. Nothing else is ever removed.
    """

    class Kind(models.TextChoices):
        """A file, or a fill written by hand."""

        FILE = "file", _("파일")
        MANUAL = "manual", _("직접 입력")

    class State(models.TextChoices):
        """How far it has come."""

        DRAFT = "draft", _("확인 전")
        COMMITTED = "committed", _("들임")
        UNDONE = "undone", _("되돌림")
        DISCARDED = "discarded", _("버림")

    account = models.ForeignKey("access.Account", on_delete=models.PROTECT, related_name="imports")
    kind = models.CharField(max_length=6, choices=Kind.choices)
    state = models.CharField(max_length=9, choices=State.choices, default=State.DRAFT)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField()
    reason = models.CharField(max_length=200, blank=True)
    file_name = models.CharField(max_length=200, blank=True)
    #: zlib of the file as it came, its length and digest before.
    content = models.BinaryField()
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64, db_index=True)
    #: ``orders.incoming.Mapping``: sheet, lines of the heading, columns by place, day and rule where the
    #: file has none, and whether somebody has said that the file is this account's although it names another.
    mapping = models.JSONField(default=dict)
    #: How many rows were recorded, known before, contradicted what is known, were refused, were passed over.
    new = models.PositiveIntegerField(default=0)
    same = models.PositiveIntegerField(default=0)
    contradicting = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)
    passed_over = models.PositiveIntegerField(default=0)
    #: The rows left out when it was committed: ``[line, reason, [cells]]``.
    left_out = models.JSONField(default=list)
    committed_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        indexes = (models.Index(fields=["account", "-made_at"], name="import_batch_by_time"),)

    def __str__(self) -> str:
        return f"{self.made_at:%Y-%m-%d} {self.file_name or self.reason} {self.state}"

    @property
    def raw(self) -> bytes:
        """The file as it came."""
        return zlib.decompress(self.content) if self.content else b""


class ImportedFill(models.Model):
    """Which batch a fill came in with, and what its line said beyond the fill itself.

    The fill is a fact like any other but gives way to the broker's own: it is superseded as soon as the broker
    tells of the same order (or, where the file named no order, of the same symbol and side that day).
    """

    batch = models.ForeignKey(ImportBatch, on_delete=models.PROTECT, related_name="fills")
    fill = models.OneToOneField(Fill, on_delete=models.PROTECT, related_name="imported")
    line = models.PositiveIntegerField()
    #: Whether the file named the order.
    is_numbered = models.BooleanField()
    #: Whether it stands for all executions of a symbol, a day and a side.
    is_sum = models.BooleanField(default=False)
    commission = models.BigIntegerField(null=True)
    tax = models.BigIntegerField(null=True)

    def __str__(self) -> str:
        return f"{self.batch_id}:{self.line}"


class ImportOverlap(models.Model):
    """Rows that ``batch`` left out because ``earlier`` had brought them: without it they would be missing."""

    batch = models.ForeignKey(ImportBatch, on_delete=models.PROTECT, related_name="leans_on")
    earlier = models.ForeignKey(ImportBatch, on_delete=models.PROTECT, related_name="leaned_on_by")
    rows = models.PositiveIntegerField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["batch", "earlier"], name="import_overlap_once"),
            models.CheckConstraint(condition=~Q(batch=models.F("earlier")), name="import_overlap_of_two"),
        )

    def __str__(self) -> str:
        return f"{self.batch_id} -> {self.earlier_id}: {self.rows}"


class ColumnMapping(models.Model):
    """What the columns under one heading are, as somebody of the team once said: the next file is known."""

    team = models.ForeignKey("access.Team", on_delete=models.PROTECT, related_name="+")
    #: sha256 of the heading, folded.
    digest = models.CharField(max_length=64)
    heads = models.JSONField()
    columns = models.JSONField()
    rule = models.CharField(max_length=10)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    saved_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["team", "digest"], name="one_mapping_of_a_heading"),)

    def __str__(self) -> str:
        return ", ".join(map(str, self.heads))[:80]
