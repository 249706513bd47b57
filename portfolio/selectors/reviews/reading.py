"""The review of one trade as its page shows it: what is chosen, what could be, who else wrote, what changed."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from kiwoomweb.access.models import Account
from portfolio.analytics.risk import multiple
from portfolio.models import Review, Tag, Trade, TradeChange
from portfolio.selectors.reviews.labels import Group, groups_of
from portfolio.selectors.reviews.rules import RuleResult, results_of
from portfolio.selectors.reviews.texts import Texts, texts_of

__all__ = ["Change", "ReviewView", "review_of"]

#: Changes shown under a review.
LATEST = 30


@dataclass(frozen=True, slots=True)
class Change:
    """One change, labels by name. ``is_conflict``: kept beside what somebody else had saved in between."""

    field: str
    before: str
    after: str
    author: str
    at: datetime
    is_conflict: bool


@dataclass(frozen=True, slots=True)
class ReviewView:
    """``version`` goes into the form and back. ``texts`` are the fields as the form shows them.

    ``r`` is net / risk; ``others`` are reviews of trades that were merged into this one and kept their own.
    """

    trade: Trade
    version: int
    texts: Texts
    review: Review | None
    groups: list[Group]
    rules: list[RuleResult]
    r: Decimal | None
    others: list[Review]
    changes: list[Change]

    def of(self, kind: str) -> list[Group]:
        """The groups of one kind."""
        return [group for group in self.groups if group.kind == kind]

    @property
    def is_reviewed(self) -> bool:
        """Somebody said 복기 완료."""
        return bool(self.texts["reviewed"])


def review_of(account: Account, trade: Trade) -> ReviewView:
    """Everything about one trade's review."""
    review = Review.objects.filter(trade=trade).select_related("first_stop_by", "reviewed_by").first()
    texts = texts_of(trade)
    chosen = {int(name.partition(":")[2]) for name in texts if name.startswith("tag:")}
    chosen |= {int(texts[name]) for name in ("setup", "emotion") if texts[name]}
    return ReviewView(
        trade,
        review.version if review else 0,
        texts,
        review,
        groups_of(account, kept=chosen),
        results_of(account, trade),
        multiple(trade.net if trade.state == Trade.State.CLOSED else None, review.risk if review else None),
        _others(trade),
        _changes(trade),
    )


def _others(trade: Trade) -> list[Review]:
    """Reviews left on trades that this one took in, whatever they had taken in before."""
    inside, found = [trade.pk], []
    while inside:
        inside = list(Trade.objects.filter(merged_into__in=inside).values_list("pk", flat=True))
        found += inside
    rows = Review.objects.filter(trade__in=found).select_related("trade", "setup", "emotion", "reviewed_by")
    return list(rows.order_by("pk"))


def _changes(trade: Trade) -> list[Change]:
    rows = list(TradeChange.objects.filter(trade=trade).select_related("author").order_by("-pk")[:LATEST])
    numbers = {row.field.partition(":")[2] for row in rows if row.field.startswith("tag:")}
    for row in rows:
        if row.field in ("setup", "emotion"):
            numbers |= {row.before, row.after}
    names = dict(Tag.objects.filter(pk__in=[int(n) for n in numbers if n]).values_list("pk", "name"))
    return [_change(row, {str(pk): name for pk, name in names.items()}) for row in rows]


def _change(row: TradeChange, names: dict[str, str]) -> Change:
    field, before, after = row.field, row.before, row.after
    if field.startswith("tag:"):
        name = names.get(field.partition(":")[2], "")
        field, before, after = "tag", name if before else "", name if after else ""
    elif field in ("setup", "emotion"):
        before, after = names.get(before, ""), names.get(after, "")
    return Change(field, before, after, str(row.author or ""), row.changed_at, row.is_conflict)
