"""C05-C09: whether this can be traded now, in this way, in these numbers."""

from django.utils.translation import gettext as _

from kiwoomweb.broker.domain import OrderKind, Venue
from kiwoomweb.broker.environment import Environment
from kiwoomweb.broker.wire.ordering import GOLD_CODES
from market.analytics import ticks
from orders.checking import hours
from orders.checking.findings import Finding, ask, deny
from orders.checking.words import is_change, is_new, takes_back, won
from orders.costing import shares_of
from orders.situations import Situation, Target
from orders.tickets import Ticket

__all__ = ["c05", "c06", "c07", "c08", "c09"]

#: The listing's words for what cannot be traded, and for what wants a second thought.
STOPPED = ("거래정지", "정리매매", "상장폐지")
WARNED = ("관리종목", "투자위험", "투자경고", "투자주의환기", "불성실공시")
#: Orders whose price somebody else makes cannot be given another one.
UNCHANGEABLE = frozenset(
    {
        OrderKind.MIDPOINT,
        OrderKind.MIDPOINT_IOC,
        OrderKind.MIDPOINT_FOK,
        OrderKind.BEFORE_OPEN,
        OrderKind.AFTER_CLOSE,
    }
)


def c05(ticket: Ticket, s: Situation) -> Finding | None:
    """The instrument exists, is of a kind we know, and is not suspended."""
    if takes_back(ticket):
        return None
    if s.traded is None or s.traded.kind not in ticks.KINDS:
        return deny("C05", _("주문할 수 있는 종목이 아닙니다. 종목코드를 확인하세요."))
    state = s.traded.state.replace(" ", "")
    if any(word in state for word in STOPPED):
        return deny("C05", _("거래가 정지되었거나 정리매매 중인 종목이라 주문하지 않습니다."))
    found = [word for word in WARNED if word in state]
    if found:
        return ask("C05", _("%(what)s 종목입니다. 알고 주문하는 것이 맞나요?") % {"what": ", ".join(found)})
    return None


def c06(ticket: Ticket, s: Situation) -> Finding | None:
    """The venue takes this kind of order now. What the calendar does not know is closed."""
    if takes_back(ticket):
        return None
    kind = s.target.kind or OrderKind.LIMIT if is_change(ticket) and s.target else ticket.order_kind
    open_now = hours.kinds_open(s.hours, ticket.venue, s.now, is_gold=ticket.is_gold, environment=s.environment)
    if kind in open_now:
        return None
    told = {"venue": ticket.venue.value, "kind": kind.label}
    if not open_now:
        return deny("C06", _("지금은 %(venue)s가 열려 있지 않습니다. 장이 열리면 다시 주문하세요.") % told)
    return deny("C06", _("지금 %(venue)s에서는 %(kind)s 주문을 받지 않습니다. 다른 종류를 고르세요.") % told)


def c07(ticket: Ticket, s: Situation) -> Finding | None:
    """Kind, venue and prices go together, and a change speaks of an order that still waits."""
    if not is_new(ticket):
        return _about(ticket, s.target) or _elsewhere(s.target)
    if (ticket.price is None) == ticket.order_kind.is_priced:
        wanted = ticket.order_kind.is_priced
        told = {"kind": ticket.order_kind.label}
        if wanted:
            return deny("C07", _("%(kind)s 주문에는 가격이 있어야 합니다. 가격을 입력하세요.") % told)
        return deny("C07", _("%(kind)s 주문에는 가격을 넣지 않습니다. 가격을 비우세요.") % told)
    if (ticket.stop_price is None) == ticket.order_kind.is_stop:
        return deny("C07", _("조건 가격은 스톱지정가 주문에만, 반드시 넣습니다."))
    return _of_venue(ticket, s) or _of_credit(ticket, s)


def _about(ticket: Ticket, target: Target | None) -> Finding | None:
    """A cancellation is never stopped for what we do not know: the broker knows what it may still take back."""
    if takes_back(ticket):
        return None
    if target is None or (target.symbol, target.side) != (ticket.symbol, ticket.side):
        return deny("C07", _("정정할 주문을 찾지 못했습니다. 주문 목록을 새로 고치세요."))
    if target.remaining <= 0:
        return deny("C07", _("이미 모두 체결되었거나 끝난 주문입니다. 주문 목록을 새로 고치세요."))
    if ticket.quantity > target.remaining:
        told = {"left": won(target.remaining)}
        return deny("C07", _("남은 수량은 %(left)s주입니다. 그 이하로 입력하세요.") % told)
    if ticket.price is None or target.kind in UNCHANGEABLE:
        return deny("C07", _("정정할 가격을 입력하세요. 가격이 정해지지 않는 주문은 취소만 할 수 있습니다."))
    return None


def _elsewhere(target: Target | None) -> Finding | None:
    """An order of another channel is somebody's: whoever takes it back or changes it has seen that (3.6)."""
    if target is None or target.is_ours:
        return None
    return ask("C07", _("다른 곳(영웅문 등)에서 낸 주문입니다. 그 주문이 맞나요?"), "C07:elsewhere")


def _of_venue(ticket: Ticket, s: Situation) -> Finding | None:
    if ticket.venue not in {Venue.KRX, Venue.NXT, Venue.SOR}:
        return deny("C07", _("거래소를 KRX, NXT, SOR 가운데에서 고르세요."))
    elsewhere = ticket.venue is not Venue.KRX
    if elsewhere and s.environment is Environment.PAPER:
        return deny("C07", _("모의투자는 KRX 주문만 받습니다. 거래소를 KRX로 바꾸세요."))
    if elsewhere and ticket.order_kind in hours.AT_HOME:
        return deny("C07", _("%(kind)s 주문은 KRX에만 낼 수 있습니다.") % {"kind": ticket.order_kind.label})
    if ticket.is_gold and (elsewhere or ticket.order_kind not in GOLD_CODES):
        return deny("C07", _("금은 KRX에 지정가(보통, IOC, FOK)로만 주문할 수 있습니다."))
    return None


def _of_credit(ticket: Ticket, s: Situation) -> Finding | None:
    if ticket.credit is None:
        return None
    if s.limits is None or not s.limits.credit:
        return deny("C07", _("신용 주문이 꺼져 있습니다. 소유자가 한도에서 신용 주문을 켜야 합니다."))
    if ticket.is_gold:
        return deny("C07", _("금은 신용으로 거래할 수 없습니다."))
    names_loan = ticket.loan_day is not None
    if ticket.side == "sell" and names_loan != (ticket.credit == "loan"):
        return deny("C07", _("융자 상환 매도에는 대출일을 골라야 합니다."))
    return None


def c08(ticket: Ticket, s: Situation) -> Finding | None:
    """A whole number of shares, at least one, at most the limit."""
    if takes_back(ticket):
        return None
    shares = shares_of(ticket, s)
    if not isinstance(shares, int) or isinstance(shares, bool) or shares < 1:
        return deny("C08", _("수량은 1주 이상의 정수여야 합니다."))
    most = s.limits.max_quantity if s.limits else 0
    if shares > most and s.permission.is_person:  # an exit sells what there is (C18)
        return deny(
            "C08", _("한 번에 %(most)s주까지 주문할 수 있습니다. 수량을 줄이세요.") % {"most": won(most)}
        )
    return None


def c09(ticket: Ticket, s: Situation) -> Finding | None:
    """Prices are multiples of the step that holds at this price today."""
    if takes_back(ticket) or s.traded is None:
        return None
    for price in (ticket.price, ticket.stop_price):
        if price is None or ticks.fits(s.traded.kind, price, s.now.date()):
            continue
        step = ticks.tick(s.traded.kind, price, s.now.date())
        if step is None:
            return deny("C09", _("이 종목의 호가단위를 알 수 없어 주문하지 않습니다."))
        told = {"step": won(step), "low": won(price - price % step), "high": won(price - price % step + step)}
        return deny("C09", _("호가단위는 %(step)s원입니다. %(low)s원이나 %(high)s원으로 고치세요.") % told)
    return None
