"""Facts as files: fills, orders, holdings, cash. They are read from the database while the file is written."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from kiwoomweb.ui.takeaway import Form, Sheet
from orders.models import Fill
from orders.selectors.blotter import orders_between
from portfolio.models import Deposit, Holding
from portfolio.presenting.files.asked import Asked
from portfolio.presenting.files.made import Of, made, side

__all__ = ["deposits", "fills", "holdings", "orders", "within"]

#: Rows fetched at a time.
LUMP = 2000
DAY = Of(gettext_lazy("일자"), "day", Form.DAY)
SYMBOL = (Of(gettext_lazy("종목코드"), "symbol"), Of(gettext_lazy("종목명"), "name"))
SIDE = Of(gettext_lazy("매매구분"), side)


def fills(asked: Asked) -> Sheet:
    """Every fill of the span, newest first."""
    columns = (
        DAY,
        Of(_("체결시각"), "filled_at", Form.MOMENT),
        *SYMBOL,
        SIDE,
        Of(_("수량"), "quantity", Form.WHOLE),
        Of(_("체결단가"), "price", Form.NUMBER),
        Of(_("체결금액"), "amount", Form.WHOLE),
        Of(_("거래소"), "venue"),
        Of(_("주문번호"), "order_no"),
        Of(_("체결번호"), lambda fill: "" if fill.is_aggregate else fill.fill_no),
        Of(_("합친 체결"), "is_aggregate"),
    )
    rows = within(Fill.objects.current(), asked).order_by("-day", "-filled_at", "-order_no", "-fill_no")
    return made(pgettext("own", "체결"), columns, rows.iterator(LUMP))


def orders(asked: Asked) -> Sheet:
    """Every order of the span, each made of what all lists tell of it, newest first."""
    columns = (
        DAY,
        Of(_("주문시각"), "placed_at", Form.MOMENT),
        Of(_("주문번호"), "order_no"),
        Of(_("원주문번호"), "original_order_no"),
        *SYMBOL,
        SIDE,
        Of(_("주문구분"), "label"),
        Of(_("주문유형"), "kind"),
        Of(_("상태"), "status"),
        Of(_("주문수량"), "quantity", Form.WHOLE),
        Of(_("주문단가"), "price", Form.WHOLE),
        Of(_("체결수량"), "filled", Form.WHOLE),
        Of(_("체결평균가"), "fill_price", Form.NUMBER),
        Of(_("남은 수량"), "remaining", Form.WHOLE),
        Of(_("수수료"), "commission", Form.WHOLE),
        Of(_("세금"), "tax", Form.WHOLE),
        Of(_("거래소"), "venue"),
    )
    found = orders_between(asked.account, *asked.span)
    return made(_("주문"), columns, (order for order in found if asked.symbol in ("", order.symbol)))


def holdings(asked: Asked) -> Sheet:
    """What was held at the close of each day of the span, newest first, biggest value first."""
    columns = (
        DAY,
        *SYMBOL,
        Of(_("신용·대출일"), "lot"),
        Of(_("보유수량"), "quantity", Form.WHOLE),
        Of(_("매도가능"), "sellable", Form.WHOLE),
        Of(_("평균단가"), "average_cost", Form.WHOLE),
        Of(_("매입금액"), "cost", Form.WHOLE),
        Of(_("현재가"), "price", Form.WHOLE),
        Of(_("평가금액"), "value", Form.WHOLE),
        Of(_("평가손익"), "profit", Form.WHOLE),
        Of(_("수익률(%)"), "return_rate", Form.RATE),
        Of(_("비중(%)"), "weight", Form.RATE),
    )
    rows = within(Holding.objects.current(), asked).order_by("-day", "-value", "symbol", "lot")
    return made(_("보유종목"), columns, rows.iterator(LUMP))


def deposits(asked: Asked) -> Sheet:
    """Cash at the close of each day of the span, newest first."""
    columns = (
        DAY,
        Of(_("예수금"), "cash", Form.WHOLE),
        Of(_("D+1 예수금"), "d1", Form.WHOLE),
        Of(_("D+2 예수금"), "d2", Form.WHOLE),
        Of(_("출금가능"), "withdrawable", Form.WHOLE),
        Of(_("주문가능"), "buying_power", Form.WHOLE),
    )
    rows = _days(Deposit.objects.current(), asked).order_by("-day")
    return made(_("예수금"), columns, rows.iterator(LUMP))


def within(rows: "QuerySet[Any]", asked: Asked) -> "QuerySet[Any]":
    """The account's facts of the span, of one symbol when one is asked for."""
    rows = _days(rows, asked)
    return rows.filter(symbol=asked.symbol) if asked.symbol else rows


def _days(rows: "QuerySet[Any]", asked: Asked) -> "QuerySet[Any]":
    first, last = asked.span
    rows = rows.filter(account=asked.account, day__lte=last)
    return rows.filter(day__gte=first) if first else rows
