"""Comparing: whether an order is still as the person who changes it had seen it (order safety 3.6)."""

from typing import Any

from django.utils.translation import gettext as _

from orders.errors import Moved
from orders.models import Intent
from orders.states import LIVE, State
from orders.tickets import Kind, Ticket

__all__ = ["as_it_is_now", "insist_it_is_as_seen"]


def insist_it_is_as_seen(ticket: Ticket, target: Intent | None) -> None:
    """Raise ``Moved`` for a change of an order that has filled, changed or ended since it was shown.

    A cancellation takes whatever is left, so it is never late. What nobody saw (no version) cannot have moved.
    """
    if ticket.kind is not Kind.MODIFY or target is None or ticket.target_version is None:
        return
    if target.version == ticket.target_version:
        return
    if found := tuple(_differences(ticket, target)):
        raise Moved(target, found)


def as_it_is_now(target: Intent) -> dict[str, Any]:
    """The fields of a ticket that say how the order it changes stands."""
    seen = {"target_version": target.version, "target_remaining": target.remaining}
    return seen | {"target_price": target.price, "shown_at": None}


def _differences(ticket: Ticket, target: Intent) -> list[str]:
    if target.at not in LIVE:
        ended = {State.FILLED: _("그사이 모두 체결되어 정정할 것이 없습니다.")}
        return [ended.get(target.at, _("그사이 취소되었거나 다른 주문으로 바뀌어 정정할 수 없습니다."))]
    found = []
    if ticket.target_remaining is None and ticket.target_price is None:
        return [_("보신 뒤에 이 주문이 바뀌었습니다. 지금 모습을 확인하고 다시 보내세요.")]
    if ticket.target_remaining is not None and ticket.target_remaining != target.remaining:
        told = {"seen": f"{ticket.target_remaining:,}", "now": f"{target.remaining:,}"}
        found.append(_("보신 뒤에 남은 수량이 %(seen)s주에서 %(now)s주로 바뀌었습니다.") % told)
    if ticket.target_price is not None and ticket.target_price != target.price:
        told = {"seen": f"{ticket.target_price:,}", "now": f"{target.price or 0:,}"}
        found.append(_("보신 뒤에 주문 가격이 %(seen)s원에서 %(now)s원으로 바뀌었습니다.") % told)
    return found
