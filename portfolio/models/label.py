"""Labels (태그): what a team calls things, in coloured groups, and which trades carry them."""

from django.conf import settings
from django.db import models

__all__ = ["LabelChange", "Tag", "TagGroup", "TradeTag"]


class TagGroup(models.Model):
    """A group of one colour. ``is_exclusive``: a trade carries at most one of its tags.

    Setups and emotions are chosen in a trade's review, one each; tags and mistakes hang on the trade itself.
    """

    class Kind(models.TextChoices):
        """What its members say of a trade."""

        TAG = "tag"
        SETUP = "setup"
        MISTAKE = "mistake"
        EMOTION = "emotion"

    team = models.ForeignKey("access.Team", on_delete=models.PROTECT, related_name="tag_groups")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    name = models.CharField(max_length=40)
    color = models.CharField(max_length=10, default="slate")
    is_exclusive = models.BooleanField(default=False)
    position = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["team", "kind", "name"], name="one_tag_group_of_a_name"),
        )

    def __str__(self) -> str:
        return self.name


class Tag(models.Model):
    """One label. Its colour is its group's unless it has one of its own."""

    group = models.ForeignKey(TagGroup, on_delete=models.PROTECT, related_name="tags")
    name = models.CharField(max_length=40)
    color = models.CharField(max_length=10, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["group", "name"], name="one_tag_of_a_name"),)

    def __str__(self) -> str:
        return self.name

    @property
    def shown_color(self) -> str:
        """Its own colour or its group's."""
        return self.color or self.group.color


class TradeTag(models.Model):
    """A trade carries a tag or a mistake. Taking it off removes the row; ``TradeChange`` remembers both."""

    trade = models.ForeignKey("portfolio.Trade", on_delete=models.PROTECT, related_name="tags")
    tag = models.ForeignKey(Tag, on_delete=models.PROTECT, related_name="trades")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["tag", "trade"], name="tag_on_a_trade_once"),)

    def __str__(self) -> str:
        return f"{self.trade_id}: {self.tag_id}"


class LabelChange(models.Model):
    """Who changed what about a label, a rule, a book or a saved filter. Texts, so that names live on."""

    team = models.ForeignKey("access.Team", on_delete=models.PROTECT, related_name="+")
    #: "group", "tag", "rule", "book", and the number of the row.
    subject = models.CharField(max_length=8)
    subject_id = models.PositiveBigIntegerField()
    field = models.CharField(max_length=20)
    before = models.CharField(max_length=300, blank=True)
    after = models.CharField(max_length=300, blank=True)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    changed_at = models.DateTimeField()

    class Meta:
        indexes = (models.Index(fields=["team", "subject", "subject_id", "-id"], name="label_changes"),)

    def __str__(self) -> str:
        return f"{self.subject} {self.subject_id} {self.field}: {self.before} -> {self.after}"
