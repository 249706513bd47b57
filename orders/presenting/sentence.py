"""The sentence that says what an order will do: the button, the dialog and the history say the same one."""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from kiwoomweb.broker.domain import CreditKind
from kiwoomweb.ui.templatetags.money import price, won
from orders.presenting.words import kind_word, side_word
from orders.tickets import Kind, Ticket

__all__ = ["sentence"]


def sentence(ticket: Ticket, name: str) -> str:
    """``삼성전자 10주 71,200원 지정가 매수``; a change names the order it speaks of.

    >>> sentence(Ticket(Kind.CANCEL, "005930", Side.BUY, 0, target_no="0000138"), "삼성전자")
    '삼성전자 매수 주문 0000138 남은 수량 전부 취소'
    """
    if ticket.kind is Kind.PLACE:
        return _place(ticket, name)
    said = {"name": name, "side": side_word(ticket.side), "no": ticket.target_no}
    said |= {"n": won(ticket.quantity), "unit": _unit(ticket)}
    if ticket.kind is Kind.CANCEL and not ticket.quantity:
        return _("%(name)s %(side)s 주문 %(no)s 남은 수량 전부 취소") % said
    if ticket.kind is Kind.CANCEL:
        return _("%(name)s %(side)s 주문 %(no)s %(n)s%(unit)s 취소") % said
    said |= {"price": price(ticket.price)}
    if not ticket.quantity:
        return _("%(name)s %(side)s 주문 %(no)s 남은 수량 전부 %(price)s원으로 정정") % said
    return _("%(name)s %(side)s 주문 %(no)s %(n)s%(unit)s %(price)s원으로 정정") % said


def _place(ticket: Ticket, name: str) -> str:
    parts = [name, f"{won(ticket.quantity)}{_unit(ticket)}"]
    if ticket.order_kind.is_priced and ticket.price is not None:
        parts.append(_("%(price)s원") % {"price": price(ticket.price)})
    if ticket.order_kind.is_stop and ticket.stop_price is not None:
        parts.append(_("(%(price)s원이 되면)") % {"price": price(ticket.stop_price)})
    if ticket.credit:
        parts.append(_("융자합") if ticket.credit is not CreditKind.LOAN else _("융자"))
    return " ".join([*parts, kind_word(ticket.order_kind), side_word(ticket.side)])


def _unit(ticket: Ticket) -> str:
    return _("g") if ticket.is_gold else pgettext("shares", "주")
