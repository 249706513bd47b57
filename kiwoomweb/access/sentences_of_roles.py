"""What each role may do, in a sentence, and the names of its parts: shown where rights are given."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kiwoomweb.access.rights import Right
from kiwoomweb.access.roles import Role

__all__ = ["MAY", "PART_NAMES"]

MAY: dict[Role, str | Promise] = {
    Role.VIEWER: _("봅니다. 쓰거나 바꾸지 않습니다."),
    Role.MENTOR: _("보고, 댓글을 쓰고, 부탁받은 복기를 합니다."),
    Role.TRADER: _("주문하고, 일지를 쓰고, 파일을 가져갑니다."),
    Role.APPROVER: _("남의 주문을 승인하거나 거절하고, 급하면 주문을 멈춥니다. 스스로 주문하지는 않습니다."),
    Role.MANAGER: _("매매와 승인에 더해 키와 한도, 구성원을 다루고 감사 기록을 봅니다."),
    Role.OWNER: _("모두 할 수 있고, 계좌를 넘기고 거래를 켭니다."),
}

#: Parts that may be taken away by themselves, in the order of ``rights.PARTS``.
PART_NAMES: dict[Right, str | Promise] = {
    Right.NOTE: _("일지 쓰기"),
    Right.COMMENT: _("댓글과 복기"),
    Right.EXPORT: _("파일 가져가기"),
    Right.ORDER: _("주문"),
    Right.APPROVE: _("주문 승인"),
    Right.HALT: _("주문 정지"),
    Right.LIMITS: _("한도"),
    Right.REPORTS: _("보고서"),
}
