"""Outlines for notes, of one account or shared by its whole team."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from portfolio.models.note import Section

__all__ = ["NoteTemplate"]


class NoteTemplate(models.Model):
    """One outline. With ``is_shared`` every account of the team has it. A removed one is a tombstone."""

    account = models.ForeignKey("access.Account", on_delete=models.PROTECT, related_name="note_templates")
    is_shared = models.BooleanField(default=False)
    section = models.CharField(max_length=10, choices=Section.choices)
    name = models.CharField(max_length=40)
    #: With placeholders such as ``[날짜]``, filled when the outline is put into a note.
    text = models.TextField()
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(section__in=Section.values), name="template_section_known"),
        )

    def __str__(self) -> str:
        return self.name
