"""Kinds of notices: what somebody may be told of, and whether it can wait."""

from django.db import models
from django.utils.translation import gettext_lazy as _

__all__ = ["MAILED_ANYWAY", "MAILED_AT_FIRST", "NEVER_WAITS", "RINGS_ELSEWHERE", "Kind"]


class Kind(models.TextChoices):
    """The name is kept with every notice: never rename one."""

    PRICE = "price", _("시세 알림")
    FILL = "fill", _("내 체결")
    LOSS_LIMIT = "loss_limit", _("손실 한도")
    MISMATCH = "mismatch", _("증권사와 불일치")
    SILENT_FEED = "silent_feed", _("실시간 끊김")
    FAILED_SYNC = "failed_sync", _("조회 실패")
    NEW_PLACE = "new_place", _("새로운 곳에서 로그인")
    FACTOR = "factor", _("로그인 수단 변경")
    COMMENT = "comment", _("댓글")
    MENTION = "mention", _("나를 부름")
    REVIEW = "review", _("복기 요청")
    APPROVAL = "approval", _("주문 승인 요청")
    ORDER_TROUBLE = "order_trouble", _("주문 확인 필요")
    REPORT = "report", _("보고서")
    DELIVERY = "delivery", _("발송 문제")
    TEST = "test", _("시험")


#: Told at once, quiet hours or not: waiting could cost money or an account.
NEVER_WAITS = frozenset({Kind.LOSS_LIMIT, Kind.NEW_PLACE, Kind.FACTOR, Kind.ORDER_TROUBLE, Kind.TEST})

#: Who signs in from where is mailed even to those who have unsubscribed: it may not have been them.
MAILED_ANYWAY = frozenset({Kind.NEW_PLACE, Kind.FACTOR})

#: Told on the page of alerts and by its own bell; here only for the channels that want it.
RINGS_ELSEWHERE = frozenset({Kind.PRICE, Kind.FILL})

#: What a person is mailed before they have chosen: seldom and serious. Prices and fills would be a storm.
MAILED_AT_FIRST = frozenset(
    {
        Kind.LOSS_LIMIT,
        Kind.MISMATCH,
        Kind.FAILED_SYNC,
        Kind.NEW_PLACE,
        Kind.FACTOR,
        Kind.MENTION,
        Kind.REVIEW,
        Kind.APPROVAL,
        Kind.ORDER_TROUBLE,
    }
)
