"""Words of ordering: kinds of orders as a Korean trader calls them, states as a person understands them."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop, pgettext, pgettext_lazy

from kiwoomweb.broker.domain import OrderKind, Side
from orders.states import State

__all__ = ["GROUPS", "Standing", "kind_word", "side_word", "standing", "told_kind", "told_status"]

K = OrderKind
#: The choice of kinds: a heading, and what stands under it.
GROUPS = (
    (gettext_noop("자주 쓰는"), (K.LIMIT, K.MARKET, K.STOP_LIMIT)),
    (gettext_noop("가격 조건"), (K.CONDITIONAL, K.BEST, K.FIRST, K.MIDPOINT)),
    (
        gettext_noop("즉시 체결 (IOC · FOK)"),
        (
            K.LIMIT_IOC,
            K.MARKET_IOC,
            K.BEST_IOC,
            K.MIDPOINT_IOC,
            K.LIMIT_FOK,
            K.MARKET_FOK,
            K.BEST_FOK,
            K.MIDPOINT_FOK,
        ),
    ),
    (gettext_noop("시간외"), (K.BEFORE_OPEN, K.AFTER_CLOSE)),
)

#: The broker layer knows no languages; its labels are marked for translation here.
LABELS = (
    gettext_noop("지정가"),
    gettext_noop("시장가"),
    gettext_noop("조건부지정가"),
    gettext_noop("최유리지정가"),
    gettext_noop("최우선지정가"),
    gettext_noop("지정가(IOC)"),
    gettext_noop("시장가(IOC)"),
    gettext_noop("최유리(IOC)"),
    gettext_noop("지정가(FOK)"),
    gettext_noop("시장가(FOK)"),
    gettext_noop("최유리(FOK)"),
    gettext_noop("스톱지정가"),
    gettext_noop("중간가"),
    gettext_noop("중간가(IOC)"),
    gettext_noop("중간가(FOK)"),
    gettext_noop("장시작전시간외"),
    gettext_noop("장마감후시간외"),
    gettext_noop("시간외단일가"),
)

S = State
STANDINGS = {
    S.DRAFT: (gettext_lazy("점검 중"), ""),
    S.PENDING_APPROVAL: (gettext_lazy("승인 대기"), "warn"),
    S.READY: (gettext_lazy("보내는 중"), ""),
    S.SENDING: (gettext_lazy("보내는 중"), ""),
    S.UNKNOWN: (gettext_lazy("결과 미확인"), "warn"),
    S.NEEDS_HUMAN: (gettext_lazy("사람 확인 필요"), "warn"),
    S.ACCEPTED: (gettext_lazy("접수"), "ok"),
    S.WORKING: (pgettext_lazy("order state", "미체결"), "ok"),
    S.PARTIAL: (gettext_lazy("일부 체결"), "ok"),
    S.FILLED: (pgettext_lazy("order state", "체결"), "ok"),
    S.CONFIRMED: (gettext_lazy("취소 확인"), "ok"),
    S.DENIED: (gettext_lazy("보내지 않음"), "danger"),
    S.DECLINED: (gettext_lazy("승인 거절"), "danger"),
    S.EXPIRED_LOCAL: (gettext_lazy("보내지 않고 끝남"), "danger"),
    S.NOT_SENT: (gettext_lazy("보내지 못함"), "danger"),
    S.REJECTED: (gettext_lazy("거부"), "danger"),
    S.NOT_PLACED: (gettext_lazy("들어가지 않음"), "danger"),
    S.CANCELLED: (gettext_lazy("취소됨"), ""),
    S.EXPIRED: (gettext_lazy("장 마감으로 끝남"), ""),
    S.REPLACED: (gettext_lazy("정정됨"), ""),
}


#: 주문상태 as the broker's lists word it (PROTOCOL ka10075, ka10076, kt00007).
TOLD = {
    "접수": pgettext_lazy("order told", "접수"),
    "확인": pgettext_lazy("order told", "확인"),
    "체결": pgettext_lazy("order told", "체결"),
    "정정": pgettext_lazy("order told", "정정"),
    "취소": pgettext_lazy("order told", "취소"),
    "거부": pgettext_lazy("order told", "거부"),
}
#: 매매구분 and 주문구분 of its lists, where they are not called as ours are.
TOLD_KINDS = {
    "보통": pgettext_lazy("order told", "보통"),
    "보통(IOC)": pgettext_lazy("order told", "보통(IOC)"),
    "보통(FOK)": pgettext_lazy("order told", "보통(FOK)"),
    "장전시간외": pgettext_lazy("order told", "장전시간외"),
    "장후시간외": pgettext_lazy("order told", "장후시간외"),
    "매수": pgettext_lazy("order told", "매수"),
    "매도": pgettext_lazy("order told", "매도"),
    "매수정정": pgettext_lazy("order told", "매수정정"),
    "매도정정": pgettext_lazy("order told", "매도정정"),
    "매수취소": pgettext_lazy("order told", "매수취소"),
    "매도취소": pgettext_lazy("order told", "매도취소"),
    "매수신용": pgettext_lazy("order told", "매수신용"),
    "매도신용": pgettext_lazy("order told", "매도신용"),
}


@dataclass(frozen=True, slots=True)
class Standing:
    """A state in words; ``tone`` is ok, warn, danger or nothing."""

    word: str
    tone: str


def standing(state: State) -> Standing:
    """How a state is called on a page."""
    word, tone = STANDINGS[state]
    return Standing(str(word), tone)


def kind_word(kind: OrderKind) -> str:
    """``지정가``, in the reader's language."""
    return _(kind.label)


def side_word(side: Side) -> str:
    """``매수`` or ``매도``."""
    return pgettext("trade side", "매수") if side is Side.BUY else pgettext("trade side", "매도")


def told_status(word: str) -> str:
    """The broker's word for how an order stands, in the reader's language; a word nobody knows as it is."""
    return str(TOLD.get(word.strip(), word))


def told_kind(word: str) -> str:
    """The same of its word for how an order trades: one of our labels, or one of its own (``+매수``)."""
    bare = word.strip().lstrip("+-")
    if bare in LABELS:
        return _(bare)
    return str(TOLD_KINDS.get(bare, word))
