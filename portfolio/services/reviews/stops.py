"""Stops: the first one fixes what was at risk; later ones move and are remembered, and R stays what it was."""

from datetime import timedelta
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext as _

from kiwoomweb.access import gateway
from kiwoomweb.access.models import Account, User
from kiwoomweb.ui.templatetags.money import won
from portfolio.analytics.risk import planned_risk
from portfolio.models import Review, Trade, TradeChange
from portfolio.services.reviews.fields import Wrong
from portfolio.services.trades.costing import Costing

__all__ = ["check_stop", "settle_risk", "take_stop"]

#: So long a first stop can be typed anew by whoever typed it: a slip of the keyboard is no plan.
TYPING = timedelta(minutes=10)


def check_stop(trade: Trade, review: Review, text: str) -> None:
    """A first stop lies below the average entry; one that is moved later may lie anywhere. Raises ``Wrong``."""
    if not text or not trade.bought_quantity or (review.first_stop is not None and not _is_typing(review)):
        return
    entry = Decimal(trade.bought) / trade.bought_quantity
    if Decimal(text) >= entry:
        told = _("손절가 %(stop)s원은 평균 매수가 %(entry)s원보다 낮아야 합니다.")
        raise Wrong(told % {"stop": won(Decimal(text)), "entry": won(entry.quantize(Decimal(1)))})


def take_stop(account: Account, trade: Trade, review: Review, text: str, author: User) -> None:
    """Plan this stop; as the first one it fixes the risk. Changes the review without saving it."""
    review.planned_stop = Decimal(text) if text else None
    if not text or (review.first_stop is not None and not _is_typing(review, author)):
        return
    if review.first_stop is None:
        review.first_stop_at, review.first_stop_by = gateway.broker_now(account), author
    review.first_stop = Decimal(text)
    review.risk = None
    settle_risk(trade, review)


def settle_risk(trade: Trade, review: Review) -> None:
    """Fix the risk once a first stop and a buy are known; what is fixed stays. Does not save."""
    if review.risk is not None or review.first_stop is None or trade.adopted_quantity:
        return
    rates = Costing(trade.account_id).rates(trade.symbol, trade.closed_day or trade.opened_day)
    review.risk = planned_risk(
        trade.bought, trade.bought_quantity, trade.max_quantity, review.first_stop, rates
    )


def _is_typing(review: Review, author: User | None = None) -> bool:
    """Whether the first stop was written moments ago (by this person)."""
    since = timezone.now() - TYPING
    stops = TradeChange.objects.filter(trade=review.trade_id, field="planned_stop", is_conflict=False)
    first = stops.order_by("pk").first()
    return bool(first and first.changed_at > since and (author is None or first.author_id == author.pk))
