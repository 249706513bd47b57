"""C10-C13: whether the price is one a sane person would mean now."""

from datetime import timedelta

from django.utils.translation import gettext as _

from kiwoomweb.broker.domain import Side
from kiwoomweb.broker.market_calendar import Phase
from market.analytics import ticks
from orders.checking.findings import Finding, ask, deny
from orders.checking.words import percent, takes_back, won
from orders.situations import Quotation, Situation
from orders.tickets import Ticket

__all__ = ["FRESH", "c10", "c11", "c12", "c13", "outside"]

#: A price older than this is no reference.
FRESH = timedelta(seconds=5)
#: Of the price: a drift below this is none, a spread above that is too wide to buy at the market.
DRIFT, SPREAD = 50, 100
AUCTIONS = frozenset({Phase.OPENING_AUCTION, Phase.CLOSING_AUCTION})


def c10(ticket: Ticket, s: Situation) -> Finding | None:
    """Within the day's limits, as the broker names them."""
    if takes_back(ticket):
        return None
    if s.quote is None or not s.quote.upper or not s.quote.lower or s.quote.lower > s.quote.upper:
        return deny("C10", _("오늘의 상한가와 하한가를 받지 못했습니다. 시세를 새로 고친 뒤 다시 주문하세요."))
    for price in (ticket.price, ticket.stop_price):
        if price is not None and not s.quote.lower <= price <= s.quote.upper:
            told = {"low": won(s.quote.lower), "high": won(s.quote.upper)}
            return deny("C10", _("오늘은 %(low)s원부터 %(high)s원까지만 주문할 수 있습니다.") % told)
    return None


def c11(ticket: Ticket, s: Situation) -> Finding | None:
    """A limit far from the market asks, one very far is denied. Waiting far below the market is no danger."""
    far = outside(ticket, s)
    if far is None or s.limits is None:
        return None
    told = {"far": percent(far), "most": percent(s.limits.deny_bp)}
    if far > s.limits.deny_bp:
        return deny("C11", _("현재가에서 %(far)s%% 벗어난 가격입니다. %(most)s%% 안으로 고치세요.") % told)
    if far > s.limits.soft_bp:
        return ask("C11", _("현재가보다 %(far)s%% 불리한 가격입니다. 이 가격이 맞나요?") % told)
    return None


def outside(ticket: Ticket, s: Situation) -> int | None:
    """By how many basis points the limit is worse than the price now; ``None`` without a limit or a price."""
    if takes_back(ticket) or ticket.price is None or s.quote is None or not s.quote.price:
        return None
    worse = ticket.price - s.quote.price if ticket.side is Side.BUY else s.quote.price - ticket.price
    return max(0, -(-worse * 10_000 // s.quote.price))


def c12(ticket: Ticket, s: Situation) -> Finding | None:
    """There is a price of the last five seconds, and its two sides do not cross. Nobody can switch this off."""
    if takes_back(ticket):
        return None
    quote = s.quote
    if quote is None or quote.price is None:
        return deny("C12", _("현재가를 받지 못해 주문하지 않습니다. 시세가 들어오면 다시 주문하세요."))
    if not timedelta(0) <= s.wall - quote.at <= FRESH:
        return deny("C12", _("시세가 5초보다 오래되어 주문하지 않습니다. 시세를 새로 고친 뒤 다시 주문하세요."))
    if quote.bid and quote.ask and quote.bid >= quote.ask and not _in_auction(s):
        return deny("C12", _("매수·매도 호가가 뒤집혀 있어 주문하지 않습니다. 잠시 뒤 다시 주문하세요."))
    return None


def _in_auction(s: Situation) -> bool:
    """Orders queue up in an auction, and cross until it ends."""
    windows = s.hours.windows if s.hours else ()
    return any(s.now in window and window.phase in AUCTIONS for window in windows)


def c13(ticket: Ticket, s: Situation) -> Finding | None:
    """The price has not run away from what the person saw; a market order wants a narrow spread."""
    if takes_back(ticket) or s.quote is None or not s.quote.price:
        return None
    if ticket.order_kind.is_at_market and not _in_auction(s) and _is_wide(s.quote):
        return deny(
            "C13", _("호가 차이가 1%를 넘거나 한쪽이 비어 시장가로 내지 않습니다. 지정가로 주문하세요.")
        )
    if not s.permission.is_person:
        return None
    if ticket.quote is None:
        return deny("C13", _("주문 화면의 시세가 없습니다. 화면을 새로 고친 뒤 다시 주문하세요."))
    if _is_near(ticket.quote.price, s.quote.price, s):
        return None
    told = {"seen": won(ticket.quote.price), "now": won(s.quote.price)}
    return deny("C13", _("보신 가격 %(seen)s원이 %(now)s원으로 움직였습니다. 확인하고 다시 주문하세요.") % told)


def _is_near(seen: int, now: int, s: Situation) -> bool:
    """Within half a percent, or within so many steps."""
    if seen <= 0:
        return False
    if abs(now - seen) * 10_000 <= DRIFT * seen:
        return True
    steps = ticks.steps_between(s.traded.kind, seen, now, s.now.date()) if s.traded else None
    return steps is not None and s.limits is not None and steps <= s.limits.drift_ticks


def _is_wide(quote: Quotation) -> bool:
    if not quote.bid or not quote.ask or not quote.price:
        return True
    return (quote.ask - quote.bid) * 10_000 > SPREAD * quote.price
