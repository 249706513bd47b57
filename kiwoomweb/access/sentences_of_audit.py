"""What the audit trail's actions are called. An action without words of its own is shown by its name."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

__all__ = ["words_of"]

WORDS = {
    "account.opened": gettext_noop("계좌를 열어 봄"),
    "account.denied": gettext_noop("계좌 접근 거부"),
    "account.changed": gettext_noop("계좌 기록을 바꿈"),
    "account.exported": gettext_noop("파일로 가져감"),
    "account.offered": gettext_noop("계좌를 넘기겠다고 함"),
    "account.given": gettext_noop("계좌를 넘김"),
    "account.taken": gettext_noop("계좌를 받음"),
    "account.kept": gettext_noop("계좌를 넘기지 않음"),
    "team.made": gettext_noop("팀을 만듦"),
    "team.changed": gettext_noop("팀을 바꿈"),
    "team.exported": gettext_noop("팀 기록을 파일로 가져감"),
    "member.invited": gettext_noop("초대함"),
    "member.joined": gettext_noop("팀에 들어옴"),
    "member.left": gettext_noop("팀에서 나감"),
    "member.removed": gettext_noop("팀에서 내보냄"),
    "invitation.withdrawn": gettext_noop("초대를 거둠"),
    "order.decided": gettext_noop("주문을 결정함"),
    "order.sent": gettext_noop("주문을 보냄"),
    "limits.raised": gettext_noop("한도를 올림"),
    "limits.lowered": gettext_noop("한도를 낮춤"),
}


def words_of(action: str) -> str:
    """In the reader's language."""
    return _(WORDS[action]) if action in WORDS else action
