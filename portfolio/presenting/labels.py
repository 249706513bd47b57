"""라벨 관리: groups with their labels and what they came to, rules with how they were kept, books, history."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from django.db.models import Sum
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kiwoomweb.access.models import Account
from portfolio.analytics.playbook.adherence import Adherence
from portfolio.analytics.playbook.conditions import CONDITIONS
from portfolio.models import Book, LabelChange, Rollup, Rule, Tag, TagGroup
from portfolio.presenting.rule_words import UNITS, condition_words, rule_words
from portfolio.selectors.days import today_of
from portfolio.selectors.filtering import TradeFilter
from portfolio.selectors.reviews.rules import adherence_of, lineages
from portfolio.services.labelling.naming import COLORS

__all__ = ["LabelsPage"]

KINDS: dict[str, "str | Promise"] = {
    TagGroup.Kind.SETUP.value: _("셋업"),
    TagGroup.Kind.TAG.value: _("태그"),
    TagGroup.Kind.MISTAKE.value: _("실수"),
    TagGroup.Kind.EMOTION.value: _("감정"),
}


class Came(NamedTuple):
    """Closed trades and net won of a label in this account."""

    trades: int
    wins: int
    net: int


class LabelRow(NamedTuple):
    """A label, and what its trades came to; ``None`` when it has none yet."""

    tag: Tag
    sums: Came | None
    query: str


class GroupCard(NamedTuple):
    """A group with its labels, retired ones last."""

    group: TagGroup
    kind_words: str
    rows: list[LabelRow]


class RuleRow(NamedTuple):
    """A rule, in words, how it was kept in the account's trades of the period, and the days it judges if it has
    been edited."""

    rule: Rule
    words: str
    adherence: Adherence | None
    days: str


@dataclass
class LabelsPage:
    """``query`` is the address's filter: over its trades the rules are counted (the last year without one)."""

    account: Account
    query: Mapping[str, str]
    may_write: bool = False
    colors = COLORS
    kinds = KINDS

    @cached_property
    def groups(self) -> list[GroupCard]:
        """Every group, by kind."""
        tags: dict[int, list[LabelRow]] = {}
        rows = Tag.objects.filter(group__team=self.account.team_id).order_by("position", "pk")
        for tag in sorted(rows, key=lambda tag: tag.retired_at is not None):
            tags.setdefault(tag.group_id, []).append(self._row(tag))
        order = list(KINDS)
        groups = TagGroup.objects.filter(team=self.account.team_id).order_by("position", "pk")
        cards = [GroupCard(group, str(KINDS[group.kind]), tags.get(group.pk, [])) for group in groups]
        return sorted(cards, key=lambda card: (card.group.retired_at is not None, order.index(card.group.kind)))

    @property
    def setups(self) -> list[Tag]:
        """Setups a rule can be for."""
        rows = [row.tag for card in self.groups for row in card.rows if card.group.kind == TagGroup.Kind.SETUP]
        return [tag for tag in rows if tag.retired_at is None]

    @cached_property
    def asked(self) -> TradeFilter:
        """The trades the rules are counted over."""
        asked = TradeFilter.parse(self.query, today_of(self.account))
        return TradeFilter.parse("period=1y", today_of(self.account)) if asked.is_empty else asked

    @cached_property
    def standings(self) -> tuple[dict[int, Adherence], Adherence]:
        """Each rule over those trades, and all together."""
        found, whole = adherence_of(self.account, self.asked)
        return {standing.rule.pk: standing.adherence for standing in found}, whole

    @property
    def overall(self) -> Adherence:
        """All rules together."""
        return self.standings[1]

    @property
    def rules(self) -> list[RuleRow]:
        """Rules in force first, each followed by its earlier versions."""
        rows = Rule.objects.filter(team=self.account.team_id).select_related("setup")
        by_rule = self.standings[0]
        return [
            RuleRow(rule, rule_words(rule), by_rule.get(rule.pk), _days(rule))
            for versions in sorted(lineages(rows), key=lambda versions: versions[0].retired_at is not None)
            for rule in versions
        ]

    @property
    def conditions(self) -> list[tuple[str, str]]:
        """Conditions a rule can have: key and words with the unit of its limit."""
        return [(key, condition_words(key, _blank(key))) for key in CONDITIONS]

    @cached_property
    def books(self) -> list[Book]:
        """The account's strategy books."""
        return list(Book.objects.filter(account=self.account).order_by("closed_at", "name"))

    @property
    def history(self) -> list[LabelChange]:
        """The latest changes, the newest first."""
        rows = LabelChange.objects.filter(team=self.account.team_id).select_related("author")
        return list(rows.order_by("-pk")[:30])

    @cached_property
    def _sums(self) -> dict[str, Came]:
        rows = Rollup.objects.filter(account=self.account, kind=Rollup.Kind.TAG, span=Rollup.Span.MONTH)
        grouped = rows.values("key").order_by().annotate(t=Sum("trades"), w=Sum("wins"), n=Sum("net"))
        return {row["key"]: Came(row["t"], row["w"], row["n"]) for row in grouped}

    def _row(self, tag: Tag) -> LabelRow:
        return LabelRow(tag, self._sums.get(str(tag.pk)), f"{self._kinds.get(tag.group_id, 'tag')}={tag.pk}")

    @cached_property
    def _kinds(self) -> dict[int, str]:
        return dict(TagGroup.objects.filter(team=self.account.team_id).values_list("pk", "kind"))


def _days(rule: Rule) -> str:
    """From when to when a version judges; empty for a rule that was never edited."""
    since = _("%(day)s부터") % {"day": rule.since} if rule.since else ""
    until = _("%(day)s 전까지") % {"day": rule.until} if rule.until else ""
    return " ".join(part for part in (since, until) if part)


def _blank(key: str) -> str:
    return f"[{UNITS[CONDITIONS[key].kind]}]" if CONDITIONS[key].kind == "time" else "○"
