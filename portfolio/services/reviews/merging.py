"""When trades were derived anew: what people said moves along with a trade that was merged into another.

A review moves to the other trade if that has none; otherwise it stays where it was and is shown there as
another review (``ReviewView.others``). Tags and checked rules are added to the other trade and stay on
the merged one as well, so that deriving it apart again loses nothing.
"""

from collections.abc import Collection
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from kiwoomweb.prepared import Prepared
from orders.services.locking import locked
from portfolio.models import Review, RuleCheck, Trade, TradeChange, TradeTag
from portfolio.services.reviews.stops import settle_risk
from portfolio.services.reviews.tag_rollups import labels_of, refresh_labels

__all__ = ["follow"]

#: From so many trades on they are not listed in a query: the whole account is looked at.
MANY = 5_000


def follow(account_id: int, trades: Collection[int], days: Collection[date]) -> None:
    """Bring reviews, tags and rollups of labels in step with changed trades. Runs twice as well as once."""
    if _is_silent(trades):  # asked without the lock: whoever speaks from now on sees the trade as it is
        return
    with transaction.atomic():
        locked(account_id)
        mine = Trade.objects.filter(account_id=account_id)
        merged = (mine.filter(pk__in=trades) if len(trades) < MANY else mine).exclude(merged_into=None)
        for trade in merged.select_related("merged_into"):
            _move(trade, trade.present)
        said = Q(trade__in=trades) if len(trades) < MANY else Q(trade__account=account_id)
        for review in Review.objects.filter(said, risk=None).exclude(first_stop=None).select_related("trade"):
            settle_risk(review.trade, review)
            review.save(update_fields=["risk"])
        if labels := labels_of(said):
            refresh_labels(account_id, labels, days)


def _is_silent(trades: Collection[int]) -> bool:
    """Whether nobody has said a word of the one trade a fill touches, and it still stands for itself."""
    return len(trades) == 1 and _words.first(trade=next(iter(trades))) == (None, False, False)


def _spoken(trade: int) -> QuerySet[Trade, Any]:
    mine = {"trade": OuterRef("pk")}
    said = (Exists(Review.objects.filter(**mine)), Exists(TradeTag.objects.filter(**mine)))
    return Trade.objects.filter(pk=trade).values_list("merged_into_id", *said)


_words: Prepared[tuple[int | None, bool, bool]] = Prepared(_spoken, trade=int)


def _move(trade: Trade, host: Trade) -> None:
    now, review = timezone.now(), Review.objects.filter(trade=trade).first()
    if review and not Review.objects.filter(trade=host).exists():
        review.trade = host
        review.save(update_fields=["trade"])
        change = {"field": "moved", "before": str(trade.pk), "after": str(host.pk)}
        TradeChange.objects.create(trade=host, version=review.version, changed_at=now, **change)
    carried = TradeTag.objects.filter(trade=host).values("tag")
    for tag in TradeTag.objects.filter(trade=trade).exclude(tag__in=carried):
        TradeTag.objects.create(trade=host, tag_id=tag.tag_id, author_id=tag.author_id, added_at=tag.added_at)
    checked = RuleCheck.objects.filter(trade=host).values("rule")
    for check in RuleCheck.objects.filter(trade=trade).exclude(rule__in=checked):
        check.pk, check.trade = None, host
        check.save(force_insert=True)
