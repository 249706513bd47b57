"""Results as files: days and symbols as the P&L page shows them, single sales, the month of the journal."""

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kiwoomweb.ui.takeaway import Form, Sheet
from portfolio.presenting.files.asked import Asked
from portfolio.presenting.files.made import Of, made
from portfolio.presenting.journal import JournalPage
from portfolio.presenting.pnl import PnlPage
from portfolio.presenting.rows import costs
from portfolio.selectors.journal import journal_day
from portfolio.selectors.sales import sales_between

__all__ = ["days", "journal", "lines", "sales", "symbols"]

COSTS = (
    Of(gettext_lazy("수수료"), "commission", Form.WHOLE),
    Of(gettext_lazy("세금"), "tax", Form.WHOLE),
)
RATE = Of(gettext_lazy("수익률(%)"), "return_rate", Form.RATE)
SYMBOL = (Of(gettext_lazy("종목코드"), "symbol"), Of(gettext_lazy("종목명"), "name"))
REALISED = Of(gettext_lazy("실현손익"), "realised", Form.WHOLE)
SOLD = Of(gettext_lazy("매도금액"), "sold", Form.WHOLE)
BOUGHT = Of(gettext_lazy("매수금액"), "bought", Form.WHOLE)
COST = Of(gettext_lazy("매입금액"), "bought", Form.WHOLE)
DAY = Of(gettext_lazy("일자"), "day", Form.DAY)


def days(asked: Asked) -> Sheet:
    """The P&L page by day, in its order."""
    page = _page(asked, "day")
    running = Of(_("기간 누적"), lambda row: page.running[row.day], Form.WHOLE)
    bought = BOUGHT if page.chosen.is_everything else COST
    return made(_("일자별 손익"), (DAY, SOLD, bought, *COSTS, REALISED, running), page.results)


def symbols(asked: Asked) -> Sheet:
    """The P&L page by symbol, in its order."""
    page = _page(asked, "symbol")
    columns = (
        *SYMBOL,
        Of(_("매도 건수"), "sales", Form.WHOLE),
        Of(_("이긴 건수"), "wins", Form.WHOLE),
        Of(_("수량"), "quantity", Form.WHOLE),
        Of(_("매입금액"), "cost", Form.WHOLE),
        SOLD,
        *COSTS,
        RATE,
        REALISED,
        Of(_("마지막 매도"), "last_day", Form.DAY),
    )
    return made(_("종목별 손익"), columns, page.results)


def _page(asked: Asked, by: str) -> PnlPage:
    """The page of this address, grouped this way."""
    query = QueryDict(asked.address, mutable=True)
    query["by"] = by
    return PnlPage(asked.account, query)


def sales(asked: Asked) -> Sheet:
    """Every sale of the span as the broker reckons it, newest first."""
    columns = (
        DAY,
        *SYMBOL,
        Of(_("수량"), "quantity", Form.WHOLE),
        Of(_("매입단가"), "buy_price", Form.NUMBER),
        Of(_("매도단가"), "sell_price", Form.NUMBER),
        *COSTS,
        RATE,
        REALISED,
        Of(_("신용구분"), "credit"),
        Of(_("대출일"), "loan_date", Form.DAY),
    )
    found = sales_between(asked.account, *asked.span)
    return made(_("매도별 손익"), columns, (s for s in found if asked.symbol in ("", s.symbol)))


def journal(asked: Asked) -> Sheet:
    """One month of the journal: the days with trades or notes, newest first."""
    page = JournalPage(account=asked.account, query=QueryDict(asked.address))
    columns = (
        Of(_("일자"), lambda row: row[0].day, Form.DAY),
        Of(_("실현손익"), lambda row: row[0].realised, Form.WHOLE),
        Of(_("매도금액"), lambda row: row[1].sold if row[1] else None, Form.WHOLE),
        Of(_("수수료+세금"), lambda row: costs(row[1]) if row[1] else None, Form.WHOLE),
        Of(_("거래 있음"), lambda row: row[0].traded),
        Of(_("메모"), lambda row: row[0].note),
    )
    return made(_("매매일지"), columns, page.entries)


def lines(asked: Asked) -> Sheet:
    """The stocks of one day, as the day's page lists them."""
    columns = (
        *SYMBOL,
        Of(_("매수수량"), "bought_quantity", Form.WHOLE),
        Of(_("매수평균가"), "bought_average", Form.NUMBER),
        BOUGHT,
        Of(_("매도수량"), "sold_quantity", Form.WHOLE),
        Of(_("매도평균가"), "sold_average", Form.NUMBER),
        SOLD,
        Of(_("수수료+세금"), "costs", Form.WHOLE),
        REALISED,
        RATE,
    )
    return made(_("하루 종목별"), columns, journal_day(asked.account, asked.span[1]).lines)
