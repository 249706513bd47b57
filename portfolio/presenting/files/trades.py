"""Trades as files: round trips with their reviews, what each day realised of them, and the cash book."""

from typing import Any

from django.db.models import OrderBy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kiwoomweb.ui.takeaway import Form, Sheet, Value
from portfolio.models import CashFlow, Trade, TradeSlice
from portfolio.presenting.files.asked import Asked
from portfolio.presenting.files.facts import within
from portfolio.presenting.files.made import Of, made
from portfolio.selectors.filtering import TradeFilter, filtered
from portfolio.selectors.filtering.ordering import DEFAULT_SORT, SORTS

__all__ = ["cash", "slices", "trades"]

LUMP = 2000
SYMBOL = (Of(gettext_lazy("종목코드"), "symbol"), Of(gettext_lazy("종목명"), "name"))
MONEY = (
    Of(gettext_lazy("매입금액"), "cost", Form.WHOLE),
    Of(gettext_lazy("비용 전 손익"), "gross", Form.WHOLE),
    Of(gettext_lazy("수수료"), "commission", Form.WHOLE),
    Of(gettext_lazy("세금"), "tax", Form.WHOLE),
)
NET = Of(gettext_lazy("순손익"), "net", Form.WHOLE)
STATES = {
    Trade.State.OPEN: gettext_lazy("보유 중"),
    Trade.State.CLOSED: gettext_lazy("청산됨"),
    Trade.State.UNSETTLED: gettext_lazy("매수 미확정"),
}


def trades(asked: Asked) -> Sheet:
    """The trades of the list's own filter, in its order."""
    columns = (
        Of(_("번호"), "pk", Form.WHOLE),
        *SYMBOL,
        Of(_("상태"), lambda trade: str(STATES[trade.state])),
        Of(_("신용"), "credit"),
        Of(_("장부"), lambda trade: trade.book.name if trade.book else ""),
        Of(_("연 날"), "opened_day", Form.DAY),
        Of(_("연 시각"), "opened_at", Form.MOMENT),
        Of(_("닫은 날"), "closed_day", Form.DAY),
        Of(_("닫은 시각"), "closed_at", Form.MOMENT),
        Of(_("당일 매매"), "is_day_trade"),
        Of(_("보유 분"), "held_minutes", Form.WHOLE),
        Of(_("체결 수"), "fills", Form.WHOLE),
        Of(_("최대 수량"), "max_quantity", Form.WHOLE),
        Of(_("남은 수량"), "open_quantity", Form.WHOLE),
        Of(_("매수금액"), "bought", Form.WHOLE),
        Of(_("매도금액"), "sold", Form.WHOLE),
        *MONEY,
        Of(_("이자"), "interest", Form.WHOLE),
        NET,
        Of(_("계획 손절가"), lambda trade: _review(trade, "planned_stop"), Form.NUMBER),
        Of(_("계획 목표가"), lambda trade: _review(trade, "planned_target"), Form.NUMBER),
        Of(_("위험금액"), lambda trade: _review(trade, "risk"), Form.WHOLE),
        Of(_("셋업"), lambda trade: _name(_review(trade, "setup"))),
        Of(_("감정"), lambda trade: _name(_review(trade, "emotion"))),
        Of(_("평점"), lambda trade: _review(trade, "rating"), Form.WHOLE),
        Of(_("태그"), lambda trade: ", ".join(sorted(str(one.tag) for one in trade.tags.all()))),
    )
    wanted = TradeFilter.parse(asked.address, asked.today)
    rows = filtered(asked.account, wanted).select_related("book", "review__setup", "review__emotion")
    rows = rows.prefetch_related("tags__tag").order_by(*_order(asked.query.get("sort", "")))
    return made(_("매매 목록"), columns, rows.iterator(LUMP))


def slices(asked: Asked) -> Sheet:
    """What each day's sales realised of each trade, newest first."""
    columns = (
        Of(_("일자"), "day", Form.DAY),
        Of(_("매매 번호"), "trade_id", Form.WHOLE),
        Of(_("종목코드"), "symbol"),
        Of(_("종목명"), "trade.name"),
        Of(_("수량"), "sold_quantity", Form.WHOLE),
        Of(_("매도금액"), "sold", Form.WHOLE),
        *MONEY,
        NET,
        Of(_("매입금액(선입선출)"), "cost_fifo", Form.WHOLE),
        Of(_("마지막 매도임"), "is_closing"),
    )
    rows = within(TradeSlice.objects.select_related("trade"), asked).order_by("-day", "symbol", "pk")
    return made(_("일자별 실현"), columns, rows.iterator(LUMP))


def cash(asked: Asked) -> Sheet:
    """The cash book: every booked movement of money of the span, newest first."""
    columns = (
        Of(_("일자"), "day", Form.DAY),
        Of(_("결제일"), "settled_on", Form.DAY),
        Of(_("거래번호"), "number"),
        Of(_("종류"), lambda flow: str(flow.get_kind_display())),
        Of(_("적요"), "note"),
        *SYMBOL,
        Of(_("수량"), "quantity", Form.WHOLE),
        Of(_("단가"), "unit_price", Form.NUMBER),
        Of(_("거래금액"), "gross", Form.WHOLE),
        Of(_("수수료"), "commission", Form.WHOLE),
        Of(_("세금"), "tax", Form.WHOLE),
        Of(_("이자"), "interest", Form.WHOLE),
        Of(_("입출금액"), "amount", Form.WHOLE),
        Of(_("예수금 잔액"), "balance", Form.WHOLE),
    )
    rows = within(CashFlow.objects.current(), asked).order_by("-settled_on", "-number", "-copy")
    return made(_("입출금"), columns, rows.iterator(LUMP))


def _review(trade: Trade, what: str) -> Any:
    """What its review says, ``None`` when there is none."""
    return getattr(getattr(trade, "review", None), what, None)


def _name(tag: Any) -> Value:
    return None if tag is None else str(tag)


def _order(sort: str) -> list[OrderBy | str]:
    """The list's own orders: unknown last in either direction, equal rows by number."""
    key = sort.removeprefix("-")
    sort = sort if key in SORTS else DEFAULT_SORT
    place, _is_known = SORTS[sort.removeprefix("-")]
    is_down = sort.startswith("-")
    return [OrderBy(place, descending=is_down, nulls_last=True), "-pk" if is_down else "pk"]
