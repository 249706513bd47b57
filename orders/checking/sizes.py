"""C14-C20: how much, against the limits, the holdings and the money, with everything already promised."""

from datetime import timedelta

from django.utils.translation import gettext as _

from kiwoomweb.broker.domain import Side
from orders.checking.findings import Finding, deny
from orders.checking.words import is_change, is_new, is_reducing, percent, takes_back, won
from orders.costing import at_worst, cash_at_worst, shares_of
from orders.situations import Held, Situation
from orders.tickets import Ticket

__all__ = ["STANDING_FRESH", "c14", "c15", "c16", "c17", "c18", "c19", "c20"]

#: Cash and holdings older than this are no ground for an order; orders of ours since then are counted apart.
STANDING_FRESH = timedelta(seconds=60)
MOST_OPEN = 50


def c14(ticket: Ticket, s: Situation) -> Finding | None:
    """The most this order may trade stays below the limit for one order.

    Not that of an exit: it only reduces, and a loss that outgrew a limit must still be cut. C18 bounds it.
    """
    if takes_back(ticket) or not s.permission.is_person:
        return None
    value = at_worst(ticket, s)
    if value is None or s.limits is None:
        return deny("C14", _("주문 금액을 계산할 수 없어 주문하지 않습니다. 시세를 새로 고치세요."))
    own = s.member.max_order if s.member else None
    most = min(s.limits.max_order, own if own is not None else s.limits.max_order)
    if value <= most:
        return None
    told = {"value": won(value), "most": won(most)}
    return deny(
        "C14", _("최대 %(value)s원까지 체결될 수 있어 1회 한도 %(most)s원을 넘습니다. 줄이세요.") % told
    )


def c15(ticket: Ticket, s: Situation) -> Finding | None:
    """Everything of today, traded, open and unsure, stays below the limit of a day; exits apart."""
    if takes_back(ticket) or not s.permission.is_person:
        return None
    value = at_worst(ticket, s)
    if value is None or s.gross is None or s.limits is None:
        return deny("C15", _("오늘 주문한 금액을 계산할 수 없어 주문하지 않습니다. 잠시 뒤 다시 주문하세요."))
    others = s.gross - _instead(ticket, s)
    if others + value > s.limits.max_day:
        told = {"left": won(max(0, s.limits.max_day - others)), "most": won(s.limits.max_day)}
        return deny("C15", _("하루 한도 %(most)s원 가운데 %(left)s원이 남았습니다. 금액을 줄이세요.") % told)
    own = s.member.max_day if s.member else None
    if own is None:
        return None
    if s.member_gross is None or s.member_gross + value > own:
        told = {"left": won(max(0, own - (s.member_gross or 0)))}
        return deny("C15", _("본인의 하루 한도가 %(left)s원 남았습니다. 금액을 줄이세요.") % told)
    return None


def c16(ticket: Ticket, s: Situation) -> Finding | None:
    """So few orders wait that the kill switch can take them back quickly."""
    if not is_new(ticket):
        return None
    most = min(s.limits.max_open if s.limits else 0, MOST_OPEN) if s.permission.is_person else MOST_OPEN
    if s.open_orders is not None and s.open_orders < most:
        return None
    told = {"most": most}
    return deny(
        "C16", _("미체결 주문은 %(most)d건까지입니다. 기다리는 주문을 정리한 뒤 다시 주문하세요.") % told
    )


def c17(ticket: Ticket, s: Situation) -> Finding | None:
    """One order a second, so many a minute. An exit that reduces does not wait for anybody."""
    if takes_back(ticket) or s.is_again or not s.permission.is_person:
        return None
    if s.made is None or s.limits is None:
        return deny("C17", _("주문 횟수를 셀 수 없어 주문하지 않습니다. 잠시 뒤 다시 주문하세요."))
    if any(s.wall - at < timedelta(seconds=1) for at in s.made):
        return deny("C17", _("주문은 1초에 한 건씩 받습니다. 잠시 뒤 다시 누르세요."))
    if sum(s.wall - at < timedelta(minutes=1) for at in s.made) >= s.limits.per_minute:
        told = {"most": s.limits.per_minute}
        return deny("C17", _("1분에 %(most)d건까지 주문할 수 있습니다. 잠시 쉬었다가 주문하세요.") % told)
    return None


def c18(ticket: Ticket, s: Situation) -> Finding | None:
    """Nothing is sold that is not there, or that another order has already promised."""
    if not is_new(ticket) or ticket.side is not Side.SELL:
        return None
    if not _known(s):
        return deny("C18", _("보유 수량을 새로 받지 못해 주문하지 않습니다. 잠시 뒤 다시 주문하세요."))
    left = _sellable(ticket, s) - _promised_shares(ticket, s)
    if ticket.quantity <= left:
        return None
    return deny("C18", _("팔 수 있는 수량은 %(left)s주입니다. 수량을 줄이세요.") % {"left": won(max(0, left))})


def c19(ticket: Ticket, s: Situation) -> Finding | None:
    """The most it may take, with all costs, is there after everything promised before it."""
    if takes_back(ticket) or ticket.side is not Side.BUY:
        return None
    needed = cash_at_worst(ticket, s)
    if not _known(s) or needed is None or s.standing is None:
        return deny("C19", _("주문 가능 금액을 새로 받지 못해 주문하지 않습니다. 잠시 뒤 다시 주문하세요."))
    free = s.standing.power - sum(one.cash for one in s.promises or ())
    if needed <= free:
        return None
    told = {"needed": won(needed), "free": won(max(0, free))}
    return deny(
        "C19", _("비용까지 %(needed)s원이 필요한데 %(free)s원만 쓸 수 있습니다. 수량을 줄이세요.") % told
    )


def c20(ticket: Ticket, s: Situation) -> Finding | None:
    """No single holding grows beyond its part of the account."""
    if is_reducing(ticket, s):
        return None
    value = at_worst(ticket, s)
    if not _known(s) or s.standing is None or s.limits is None or value is None or s.standing.assets <= 0:
        return deny("C20", _("계좌 평가금액을 새로 받지 못해 주문하지 않습니다. 잠시 뒤 다시 주문하세요."))
    held = sum(lot.value for key, lot in s.standing.holdings.items() if _is_of(key, ticket.symbol))
    buys = [one for one in s.promises or () if one.side is Side.BUY and one.symbol == ticket.symbol]
    after = held + sum(one.value for one in buys) + value - _instead(ticket, s)
    if after * 10_000 <= s.limits.share_bp * s.standing.assets:
        return None
    told = {"share": percent(after * 10_000 // s.standing.assets), "most": percent(s.limits.share_bp)}
    return deny("C20", _("한 종목이 계좌의 %(share)s%%가 됩니다. %(most)s%%를 넘지 않게 줄이세요.") % told)


def _instead(ticket: Ticket, s: Situation) -> int:
    """What the order of ours that a change replaces is counted with already: it trades once."""
    if not is_change(ticket) or s.target is None or not s.target.is_ours:
        return 0
    return s.target.price * min(shares_of(ticket, s) or 0, s.target.remaining)


def _known(s: Situation) -> bool:
    """Whether holdings, money and promises are told, and lately."""
    if s.standing is None or s.promises is None:
        return False
    return timedelta(0) <= s.wall - s.standing.at <= STANDING_FRESH


def _sellable(ticket: Ticket, s: Situation) -> int:
    holdings = s.standing.holdings if s.standing else {}
    nothing = Held(0, 0, 0)
    if ticket.credit is None:
        return holdings.get(ticket.symbol, nothing).sellable
    if ticket.loan_day is not None:
        return holdings.get(f"{ticket.symbol}/{ticket.loan_day.isoformat()}", nothing).sellable
    return sum(lot.sellable for key, lot in holdings.items() if key.startswith(f"{ticket.symbol}/"))


def _promised_shares(ticket: Ticket, s: Situation) -> int:
    sales = [one for one in s.promises or () if one.side is Side.SELL and one.symbol == ticket.symbol]
    return sum(one.shares for one in sales)


def _is_of(key: str, symbol: str) -> bool:
    return key.partition("/")[0] == symbol
