"""C21-C25: losses and haste, the same order twice, the second pair of eyes, and a machine that is well."""

from datetime import timedelta

from django.utils.translation import gettext as _

from kiwoomweb.broker.environment import Environment
from orders.checking.findings import Finding, ask, deny, second
from orders.checking.prices import outside
from orders.checking.words import is_new, is_reducing, takes_back, won
from orders.costing import at_worst
from orders.situations import Situation
from orders.tickets import Ticket

__all__ = ["LEAST_FREE_MB", "MOST_SKEW", "c21", "c22", "c23", "c24", "c25", "loss_is_reached"]

#: A person needs so long to read what a dialog says (ASVS V2.4.2).
READING = timedelta(seconds=1)
MOST_SKEW = timedelta(seconds=2)
LEAST_FREE_MB = 500
BACKUP_WITHIN = timedelta(hours=24)


def c21(ticket: Ticket, s: Situation) -> Finding | None:
    """After the loss of a day, or its number of orders, only what reduces goes out; until tomorrow."""
    if is_reducing(ticket, s):
        return None
    if s.standing is None or s.limits is None or s.sent_today is None:
        return deny("C21", _("오늘의 손익을 새로 받지 못해 주문하지 않습니다. 잠시 뒤 다시 주문하세요."))
    if s.lost_lock:
        return deny("C21", _("오늘의 손실 한도에 닿아 줄이는 주문만 받습니다. 내일 풀립니다."))
    if s.trades_lock or (s.sent_today >= s.limits.trades_a_day and not s.trades_opened):
        told = {"most": s.limits.trades_a_day}
        return deny("C21", _("오늘의 주문 %(most)d건을 다 썼습니다. 내일 풀립니다.") % told)
    return None


def loss_is_reached(result: int, assets: int, loss_won: int, loss_bp: int) -> bool:
    """Whether the day has lost as much as it may: in won, or as a part of what it began with."""
    began = assets - result
    return result <= -loss_won or (result < 0 and -result * 10_000 >= loss_bp * max(began, 0))


def c22(ticket: Ticket, s: Situation) -> Finding | None:
    """The same order again within ten seconds is probably a mistake: the person says that it is none."""
    if not is_new(ticket) or s.is_again:
        return None
    if s.twins is None:
        return deny("C22", _("같은 주문이 있었는지 확인할 수 없어 주문하지 않습니다. 잠시 뒤 다시 주문하세요."))
    if not s.twins:
        return None
    return ask(
        "C22", _("10초 안에 같은 주문을 냈습니다. 중복이 아니라면 그렇다고 답하세요."), f"C22:{s.twins[0]}"
    )


def c23(ticket: Ticket, s: Situation) -> Finding | None:
    """Somebody has read what they confirm."""
    if takes_back(ticket) or s.is_again or not s.permission.is_person:
        return None
    if ticket.shown_at is not None and s.wall - ticket.shown_at >= READING:
        return None
    return deny("C23", _("주문 내용을 확인하고 1초 뒤에 눌러 주세요."))


def c24(ticket: Ticket, s: Situation) -> Finding | None:
    """A large real order, the first one of an account, or one off the market wants a second person."""
    if takes_back(ticket) or s.is_again or is_exit(s):
        return None
    value = at_worst(ticket, s)
    least = s.limits.approve_from if s.limits else 0
    if value is None or (least is not None and value >= least):
        return second(
            "C24", _("%(least)s원 이상의 주문은 다른 사람이 승인해야 합니다.") % {"least": won(least or 0)}
        )
    if s.environment is not Environment.LIVE:
        return None
    if s.permission.is_first_real is not False:
        return second("C24", _("이 계좌의 첫 실전 주문은 다른 사람이 승인해야 합니다."))
    far = outside(ticket, s)
    if far is not None and s.limits is not None and far > s.limits.soft_bp:
        return second("C24", _("현재가에서 벗어난 주문은 다른 사람이 승인해야 합니다."))
    return None


def is_exit(s: Situation) -> bool:
    """Kept by the server: agreed to when it was set."""
    return not s.permission.is_person


def c25(ticket: Ticket, s: Situation) -> Finding | None:
    """The clock, the disk, the audit trail and the backup are as they should be."""
    if takes_back(ticket):
        return None
    if s.machine.free_mb is None or s.machine.free_mb < LEAST_FREE_MB:
        return deny("C25", _("저장 공간이 500MB보다 적어 주문하지 않습니다. 공간을 비운 뒤 다시 주문하세요."))
    if not s.machine.audit_ok:
        return deny("C25", _("감사 기록이 온전하지 않아 주문하지 않습니다. 관리자에게 알리세요."))
    return _of_real(s) if s.environment is Environment.LIVE else None


def _of_real(s: Situation) -> Finding | None:
    if s.machine.skew is None or abs(s.machine.skew) > MOST_SKEW:
        return deny("C25", _("이 서버의 시계가 증권사와 2초 넘게 다르거나 알 수 없습니다. 시계를 맞추세요."))
    if s.machine.backup_at is None or s.wall - s.machine.backup_at > BACKUP_WITHIN:
        return ask("C25", _("하루 안의 백업이 없습니다. 백업 없이 주문할까요?"))
    return None
