"""Leaning: what people wrote about trades that would be gone without certain fills."""

from collections.abc import Iterable, Sequence

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _

from orders.models import Fill
from portfolio.models import BookAssignment, Trade

__all__ = ["written_about"]

#: Trades named in the sentence.
MOST = 3


def written_about(account_id: int, fills: Sequence[Fill]) -> list[str]:
    """Sentences that name the trades opened by these fills with notes, reviews or tags, and their books."""
    orders = {(fill.day, fill.order_no) for fill in fills}
    named = Trade.objects.present().filter(account_id=account_id, opened_day__in={day for day, _no in orders})
    opened = [trade for trade in named if (trade.opened_day, trade.opening_order) in orders]
    busy = [trade for trade in opened if _is_written_about(trade)]
    sentences = []
    if busy:
        names = ", ".join(f"{trade.name or trade.symbol} {trade.opened_day}" for trade in busy[:MOST])
        sentences.append(
            _("메모나 복기, 태그가 붙은 거래 %(n)s건이 이 체결로 시작합니다 (%(names)s). 먼저 그것을 거두세요.")
            % {"n": len(busy), "names": names}
        )
    if assigned := _assigned(account_id, orders):
        sentences.append(_("이 주문 가운데 %(n)s건은 전략 장부에 나뉘어 있습니다.") % {"n": assigned})
    return sentences


def _is_written_about(trade: Trade) -> bool:
    """Whether a person's row points at the trade: such rows protect it, what is derived goes with it."""
    return any(
        relation.related_model._base_manager.filter(**{relation.field.name: trade}).exists()
        for relation in trade._meta.related_objects
        if relation.on_delete is models.PROTECT and relation.related_model is not Trade
    )


def _assigned(account_id: int, orders: Iterable[tuple[object, str]]) -> int:
    wanted = Q(pk__in=[])
    for day, number in orders:
        wanted |= Q(day=day, order_no=number)
    return BookAssignment.objects.filter(wanted, account_id=account_id).count()
