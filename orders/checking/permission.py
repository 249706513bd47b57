"""C01-C04: whether this account may trade at all now, and whether this person may."""

from django.utils.translation import gettext as _

from kiwoomweb.broker.environment import Environment
from orders.checking.findings import Finding, deny
from orders.checking.words import is_reducing, takes_back
from orders.situations import Situation
from orders.tickets import Ticket

__all__ = ["c01", "c02", "c03", "c04"]


def c01(ticket: Ticket, s: Situation) -> Finding | None:
    """Trading is on; neither the account nor this person nor this share is halted; the lane is open."""
    if takes_back(ticket):
        return None
    if s.limits is None or not s.limits.trading:
        return deny("C01", _("이 계좌는 조회만 가능합니다. 소유자가 한도를 정하고 거래를 켜야 합니다."))
    if s.level not in {"active", "reducing"}:
        words = _("주문이 정지되어 있습니다. 정지를 풀면 다시 주문할 수 있습니다.")
        return deny("C01", f"{words} ({s.stopped})" if s.stopped else words)
    if s.level == "reducing" and not s.is_shut and not is_reducing(ticket, s):  # a shut day: C21 says why
        return deny("C01", s.stopped or _("지금은 보유를 줄이는 주문만 낼 수 있습니다."))
    if s.barred or not s.lane_open:
        closed = s.lane_why or _("주문 통로가 아직 열리지 않았습니다. 잠시 뒤 다시 주문하세요.")
        return deny("C01", s.barred or closed)
    return None


def c02(ticket: Ticket, s: Situation) -> Finding | None:
    """The person may order on this account at this moment; what the server keeps may only reduce."""
    if not s.permission.is_person:
        if is_reducing(ticket, s):
            return None
        return deny("C02", _("자동 주문은 보유를 줄이는 주문만 낼 수 있습니다."))
    if not s.permission.may_order:
        return deny("C02", _("이 계좌에 주문할 권한이 없습니다. 계좌 소유자에게 매매 권한을 부탁하세요."))
    return None if takes_back(ticket) else _of_member(ticket, s)


def _of_member(ticket: Ticket, s: Situation) -> Finding | None:
    if s.member is None:
        return None
    if s.member.symbols and ticket.symbol not in s.member.symbols:
        return deny("C02", _("허용된 종목이 아닙니다. 소유자에게 종목 허용을 부탁하세요."))
    at = s.now.timetz().replace(tzinfo=None)
    if (s.member.opens and at < s.member.opens) or (s.member.closes and at >= s.member.closes):
        return deny("C02", _("허용된 시간이 아닙니다. 정해진 시간에 다시 주문하세요."))
    return None


def c03(ticket: Ticket, s: Situation) -> Finding | None:
    """A real order wants a passkey or a code of the last five minutes, and no new device; always."""
    waived = takes_back(ticket) or s.is_again or not s.permission.is_person
    if waived or s.environment is not Environment.LIVE:
        return None
    if s.permission.held:
        return deny("C03", s.permission.held)
    if s.permission.proved:
        return None
    return deny("C03", _("실전 주문은 5분 안에 본인 확인이 있어야 합니다. 인증 앱이나 패스키로 확인하세요."))


def c04(_ticket: Ticket, s: Situation) -> Finding | None:
    """Account, key and order speak of the same market."""
    if s.permission.same_environment:
        return None
    return deny("C04", _("계좌와 키의 투자 구분이 다르거나 키가 없습니다. 키를 다시 연결하세요."))
