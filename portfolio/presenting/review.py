"""The review panel of a trade: what a form shows, the sentences above it, and the history in words."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from kiwoomweb.access.models import Account
from portfolio.models import Review, RuleCheck, Tag, TagGroup, Trade
from portfolio.presenting.rule_words import rule_words
from portfolio.selectors.filtering.wording import CHOICES
from portfolio.selectors.reviews.labels import Group, Label
from portfolio.selectors.reviews.reading import Change, ReviewView, review_of
from portfolio.selectors.reviews.rules import RuleResult

__all__ = ["ReviewPanel", "said_in"]

#: Labels and rules one form can speak of.
MOST = 1_000
FIELDS = {
    "setup": gettext_lazy("셋업"),
    "emotion": gettext_lazy("감정"),
    "confidence": gettext_lazy("확신"),
    "rating": gettext_lazy("평점"),
    "verdict": gettext_lazy("판정"),
    "planned_stop": gettext_lazy("손절가"),
    "planned_target": gettext_lazy("목표가"),
    "reviewed": gettext_lazy("복기 완료"),
    "tag": gettext_lazy("태그"),
    "rule": gettext_lazy("원칙"),
    "moved": gettext_lazy("합쳐진 거래에서 옮김"),
}
RESULTS = {
    RuleCheck.Result.MET.value: pgettext_lazy("rule", "지킴"),
    RuleCheck.Result.BROKEN.value: pgettext_lazy("rule", "어김"),
    RuleCheck.Result.NONE.value: pgettext_lazy("rule", "해당 없음"),
}


class Choice(NamedTuple):
    """One button of a row: its value in the form, its words, whether it is chosen, its colour."""

    value: str
    label: str
    is_chosen: bool
    color: str = ""


class Told(NamedTuple):
    """A sentence about one field; ``take`` is what would put the writer's own value in its place."""

    words: str
    take: str = ""


class RuleRow(NamedTuple):
    """One rule under the trade. ``is_met`` is ``None`` where it does not apply or nobody has looked."""

    pk: int
    words: str
    is_met: bool | None
    is_automatic: bool
    choices: tuple[Choice, ...]


class Entry(NamedTuple):
    """One line of the history."""

    words: str
    author: str
    at: datetime
    is_conflict: bool


@dataclass
class ReviewPanel:
    """What the part ``portfolio/parts/review.html`` shows as ``panel``. ``conflicts`` and ``wrong`` are of the
    saving that was just tried: field to what was wanted, field to why not."""

    account: Account
    trade: Trade
    may_write: bool = False
    conflicts: Mapping[str, str] = field(default_factory=dict)
    wrong: Mapping[str, str] = field(default_factory=dict)
    #: Sent along and back to, when the review is called done: the address of the next one.
    then: str = ""

    @cached_property
    def view(self) -> ReviewView:
        """What is stored."""
        return review_of(self.account, self.trade)

    @property
    def review(self) -> Review | None:
        """The stored review."""
        return self.view.review

    @property
    def texts(self) -> Mapping[str, str]:
        """The fields as the boxes show them."""
        return self.view.texts

    @property
    def plan(self) -> dict[str, str]:
        """Stop and target as the chart takes them; ``goal``, since htmx uses the word target itself."""
        return {"stop": self.texts["planned_stop"], "goal": self.texts["planned_target"]}

    @property
    def risk(self) -> int | None:
        """What was at risk, in won."""
        return self.review.risk if self.review else None

    @property
    def first_stop(self) -> Decimal | None:
        """The stop as first recorded."""
        return self.review.first_stop if self.review else None

    @property
    def r(self) -> str:
        """``+1.83R``, or a dash."""
        return "—" if self.view.r is None else f"{self.view.r:+.2f}R".replace("-", "\u2212")

    @property
    def setups(self) -> list[Choice]:
        """The setups to choose from."""
        return self._labels(TagGroup.Kind.SETUP, "setup")

    @property
    def emotions(self) -> list[Choice]:
        """The emotions to choose from."""
        return self._labels(TagGroup.Kind.EMOTION, "emotion")

    @property
    def tag_groups(self) -> list[tuple[Group, list[Choice]]]:
        """Tags and mistakes by group."""
        groups = [*self.view.of(TagGroup.Kind.TAG), *self.view.of(TagGroup.Kind.MISTAKE)]
        return [(group, [self._tag(label) for label in group.labels]) for group in groups]

    @property
    def shown(self) -> str:
        """The tags this form speaks of; what it does not show it does not take off."""
        return ",".join(choice.value for _group, choices in self.tag_groups for choice in choices)

    @property
    def has_labels(self) -> bool:
        """Whether the team has any label to offer."""
        return bool(self.view.groups)

    @property
    def ratings(self) -> list[Choice]:
        """One to five."""
        return self._five("rating")

    @property
    def confidences(self) -> list[Choice]:
        """One to five."""
        return self._five("confidence")

    @property
    def verdicts(self) -> list[Choice]:
        """The four verdicts."""
        chosen = self.texts["verdict"]
        return [Choice(key, str(label), key == chosen) for key, label in CHOICES["verdict"].items()]

    @property
    def rules(self) -> list[RuleRow]:
        """The rules that concern this trade."""
        return [_rule_row(result) for result in self.view.rules]

    @property
    def told(self) -> list[Told]:
        """What could not be saved, and what somebody else had saved first."""
        found = [Told(f"{self._name(name)}: {why}") for name, why in self.wrong.items()]
        words = _(
            "%(field)s: 다른 사람이 먼저 저장한 값을 두었습니다. 고르신 ‘%(mine)s’은(는) 기록에 있습니다."
        )
        for name, mine in self.conflicts.items():
            said = {"field": self._name(name), "mine": self._value(name, mine) or "—"}
            found.append(Told(words % said, f"{name}={mine}"))
        return found

    @property
    def others(self) -> list[Review]:
        """Reviews of trades that were merged into this one."""
        return self.view.others

    @property
    def history(self) -> list[Entry]:
        """The latest changes, newest first."""
        return [
            Entry(self._change_words(change), change.author, change.at, change.is_conflict)
            for change in self.view.changes
        ]

    def _labels(self, kind: str, name: str) -> list[Choice]:
        chosen = self.texts[name]
        labels = [label for group in self.view.of(kind) for label in group.labels]
        return [Choice(str(one.pk), one.name, str(one.pk) == chosen, one.color) for one in labels]

    def _tag(self, label: Label) -> Choice:
        return Choice(str(label.pk), label.name, f"tag:{label.pk}" in self.texts, label.color)

    def _five(self, name: str) -> list[Choice]:
        return [Choice(str(n), str(n), self.texts[name] == str(n)) for n in range(1, 6)]

    def _name(self, name: str) -> str:
        kind, _colon, number = name.partition(":")
        if kind == "tag":
            known = Tag.objects.filter(pk=_number(number), group__team=self.account.team_id).first()
            return known.name if known else str(FIELDS["tag"])
        return str(FIELDS.get(kind, kind))

    def _value(self, name: str, text: str) -> str:
        if name in ("setup", "emotion"):
            known = Tag.objects.filter(pk=_number(text), group__team=self.account.team_id).first()
            return known.name if known else ""
        return _value(name.partition(":")[0], text)

    def _change_words(self, change: Change) -> str:
        kind = change.field.partition(":")[0]
        before, after = (_value(kind, text) for text in (change.before, change.after))
        if kind in ("reviewed", "moved"):
            return str(FIELDS[kind]) if after else _("복기 완료 취소")
        return f"{FIELDS.get(kind, kind)}: {before or '—'} → {after or '—'}"


def said_in(posted: QueryDict) -> dict[str, str]:
    """What a posted form says, as fields of a review. A field that is not in it says nothing."""
    if "take" in posted:  # one's own value after a conflict, whatever the boxes show
        name, _equals, text = posted.get("take", "").partition("=")
        return {name: text}
    plain = (name for name in FIELDS if name in posted and name not in ("tag", "rule", "moved"))
    found = {name: posted.get(name, "") for name in plain}
    boxes = [name for name in posted if name == "tag" or name.startswith("only-")]
    ticked = {str(value) for name in boxes for value in posted.getlist(name) if value}
    shown = [number for number in posted.get("shown", "").split(",") if number]
    found |= {f"tag:{number}": "1" if number in ticked else "" for number in shown[:MOST]}
    found |= {f"tag:{number}": "1" for number in sorted(ticked)[:MOST]}
    rules = [name for name in posted if name.startswith("rule-")]
    found |= {f"rule:{name.removeprefix('rule-')}": posted.get(name, "") for name in rules[:MOST]}
    return found


def _rule_row(result: RuleResult) -> RuleRow:
    choices = tuple(Choice(key, str(label), key == result.checked) for key, label in RESULTS.items())
    automatic = result.is_automatic
    return RuleRow(
        result.rule.pk, rule_words(result.rule), result.is_met, automatic, () if automatic else choices
    )


def _value(kind: str, text: str) -> str:
    if kind == "rule":
        return str(RESULTS.get(text, text))
    if kind == "verdict":
        return str(CHOICES["verdict"].get(text, text))
    if kind in ("planned_stop", "planned_target") and text:
        return f"{float(text):,.2f}".removesuffix(".00")
    return text


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0
