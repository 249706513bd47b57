"""Saving a review: what one person changed, beside what others changed meanwhile. Nobody's words are lost.

A form says everything it shows and which version it showed. Against that version it is seen what its writer
changed; only that is applied. Where somebody else changed the same field in between, theirs stays, the writer's
is kept in the history as a conflict, and the writer is told.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone

from kiwoomweb.access.models import Account, User
from orders.services.locking import locked
from portfolio.models import Review, Trade, TradeChange
from portfolio.selectors.reviews.texts import COLUMNS, Texts, base_of, texts_of
from portfolio.services.reviews.applying import Applying
from portfolio.services.reviews.fields import Wrong, read
from portfolio.services.reviews.stops import check_stop
from portfolio.services.reviews.tag_rollups import refresh_tags

__all__ = ["Saved", "save"]


@dataclass(slots=True)
class Saved:
    """``version`` now; ``changed`` fields; ``conflicts`` (field to what the writer wanted); ``wrong`` (field to
    why it was refused). Refused and conflicting fields do not keep the others from being saved."""

    version: int = 0
    changed: Texts = field(default_factory=dict)
    conflicts: Texts = field(default_factory=dict)
    wrong: dict[str, str] = field(default_factory=dict)


def save(account: Account, trade: Trade, said: Mapping[str, str], *, based_on: int, author: User) -> Saved:
    """Save what a form says of a trade: fields of ``COLUMNS``, ``tag:12`` and ``rule:5``, as texts."""
    with transaction.atomic():
        locked(account.pk)
        review = Review.objects.filter(trade=trade).first() or Review(trade=trade)
        saved, present = Saved(version=review.version), texts_of(trade)
        base = base_of(trade, present, based_on) if based_on != review.version else present
        comparing = _Comparing(account.team_id, trade, review, base, present)
        for name, text in said.items():
            comparing.take(name, text, saved)
        if saved.changed:
            review.version += 1
            Applying(account, trade, review, author).apply(saved.changed, present)
            saved.version = review.version
        _remember(trade, saved, present, author)
        refresh_tags(account.pk, _labels(saved.changed, present), [trade.pk])
    return saved


@dataclass(frozen=True, slots=True)
class _Comparing:
    """One form beside the version its writer saw (``base``) and what holds now (``present``)."""

    team: int
    trade: Trade
    review: Review
    base: Texts
    present: Texts

    def take(self, name: str, text: str, saved: Saved) -> None:
        if name not in COLUMNS and name.partition(":")[0] not in ("tag", "rule"):
            return
        before, now = self.base.get(name, ""), self.present.get(name, "")
        try:
            wanted = read(self.team, name, text)
            if wanted in (before, now):
                return
            if name == "planned_stop":
                check_stop(self.trade, self.review, wanted)
        except Wrong as no:
            saved.wrong[name] = str(no)
            return
        (saved.changed if before == now else saved.conflicts)[name] = wanted


def _remember(trade: Trade, saved: Saved, present: Texts, author: User) -> None:
    now = timezone.now()
    told = [(saved.changed, False), (saved.conflicts, True)]
    TradeChange.objects.bulk_create(
        TradeChange(
            trade=trade,
            field=name,
            before=present.get(name, ""),
            after=text,
            version=saved.version,
            is_conflict=is_conflict,
            author=author,
            changed_at=now,
        )
        for texts, is_conflict in told
        for name, text in texts.items()
    )


def _labels(changed: Texts, present: Texts) -> set[int]:
    """Labels whose sums this changes."""
    found = {name.partition(":")[2] for name in changed if name.startswith("tag:")}
    for name in ("setup", "emotion"):
        if name in changed:
            found |= {changed[name], present[name]}
    return {int(text) for text in found if text}
