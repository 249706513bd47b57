"""The rows behind an equation: what was summed, each with where it came from."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Q
from django.utils.translation import gettext as _

from kiwoomweb.access.models import Account
from orders.models import Fill, Order
from portfolio.analytics.proof import Equation
from portfolio.models import (
    Balance,
    CashFlow,
    ClosingBalance,
    ClosingHolding,
    Deposit,
    DiaryDay,
    DiaryLine,
    Holding,
    RealisedDay,
    RealisedSpan,
    Sale,
    TradeSlice,
)

__all__ = ["RowTable", "rows_behind"]

Value = str | int | Decimal | None


@dataclass(frozen=True, slots=True)
class RowTable:
    """One list of rows: its title, the TR it came from (blank: our own), headings and cells."""

    title: str
    tr: str
    headings: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]


def rows_behind(account: Account, day: date, equation: Equation) -> tuple[RowTable, ...]:
    """The lists that an equation of the day summed; empty lists are left out."""
    return tuple(table for table in (make(account, day) for make in TABLES[equation]) if table.rows)


def _fills(account: Account, day: date) -> RowTable:
    rows = Fill.objects.current().filter(account=account, day=day).order_by("filled_at", "order_no")
    columns = ("order_no", "symbol", "name", "side", "quantity", "price", "amount")
    headings = (_("주문"), _("코드"), _("종목"), _("구분"), _("수량"), _("체결가"), _("금액"))
    found = [
        (order, symbol, name, _("매도") if side == "sell" else _("매수"), *rest)
        for order, symbol, name, side, *rest in rows.values_list(*columns)
    ]
    return RowTable(_("체결"), "", headings, tuple(found))


def _totals(account: Account, day: date) -> RowTable:
    rows = RealisedDay.objects.current().filter(account=account, day=day)
    headings = (_("매수"), _("매도"), _("실현손익"), _("수수료"), _("세금"))
    columns = ("bought", "sold", "realised", "commission", "tax")
    return RowTable(_("일별 실현손익"), "ka10074", headings, tuple(rows.values_list(*columns)))


def _sales(account: Account, day: date) -> RowTable:
    rows = Sale.objects.current().filter(account=account, day=day).order_by("source", "symbol", "pk")
    headings = (
        _("코드"),
        _("종목"),
        _("수량"),
        _("매입가"),
        _("매도가"),
        _("실현손익"),
        _("수수료"),
        _("세금"),
    )
    columns = ("symbol", "name", "quantity", "buy_price", "sell_price", "realised", "commission", "tax")
    found = rows.filter(source="ka10073")
    return RowTable(_("종목별 실현손익"), "ka10073", headings, tuple(found.values_list(*columns)))


def _diary(account: Account, day: date) -> RowTable:
    headings = (_("코드"), _("종목"), _("매수"), _("매도"), _("수수료+세금"), _("실현손익"))
    columns = ("symbol", "name", "bought", "sold", "costs", "realised")
    lines = list(
        DiaryLine.objects.current().filter(account=account, day=day).order_by("symbol").values_list(*columns)
    )
    totals = (
        DiaryDay.objects.current()
        .filter(account=account, day=day)
        .values_list("bought", "sold", "costs", "realised")
    )
    return RowTable(
        _("매매일지"), "ka10170", headings, (*lines, *(("", _("합계"), *total) for total in totals))
    )


def _orders(account: Account, day: date) -> RowTable:
    rows = (
        Order.objects.current()
        .filter(account=account, day=day, source="ka10076", filled__gt=0)
        .order_by("order_no")
    )
    headings = (_("주문"), _("코드"), _("체결수량"), _("평균가"), _("수수료"), _("세금"))
    columns = ("order_no", "symbol", "filled", "fill_price", "commission", "tax")
    return RowTable(_("주문별 체결"), "ka10076", headings, tuple(rows.values_list(*columns)))


def _open_orders(account: Account, day: date) -> RowTable:
    rows = Order.objects.filter(account=account, day=day, source__in=("ka10075", "kt00007")).order_by(
        "order_no", "source"
    )
    headings = (_("주문"), _("코드"), _("조회"), _("주문수량"), _("체결수량"), _("상태"))
    columns = ("order_no", "symbol", "source", "quantity", "filled", "status")
    return RowTable(_("주문"), "kt00007", headings, tuple(rows.values_list(*columns).distinct()))


def _spans(account: Account, day: date) -> RowTable:
    rows = RealisedSpan.objects.current().filter(account=account, first__lte=day, day__gte=day)
    headings = (_("부터"), _("까지"), _("매수"), _("매도"), _("실현손익"), _("수수료"), _("세금"))
    found = [
        (str(first), str(last), *rest)
        for first, last, *rest in rows.values_list(
            "first", "day", "bought", "sold", "realised", "commission", "tax"
        )
    ]
    return RowTable(_("기간 머리글"), "ka10074", headings, tuple(found))


def _slices(account: Account, day: date) -> RowTable:
    rows = TradeSlice.objects.filter(
        account=account, day=day, trade__is_void=False, trade__merged_into__isnull=True
    )
    headings = (_("코드"), _("수량"), _("매도"), _("매입금액 (이동평균)"), _("매입금액 (선입선출)"))
    columns = ("symbol", "sold_quantity", "sold", "cost", "cost_fifo")
    return RowTable(_("우리 계산"), "", headings, tuple(rows.order_by("symbol").values_list(*columns)))


def _holdings(account: Account, day: date) -> RowTable:
    rows = Holding.objects.current().filter(account=account, day=day).order_by("symbol")
    headings = (_("코드"), _("종목"), _("보유"), _("당일 매수"), _("당일 매도"))
    columns = ("symbol", "name", "quantity", "bought_today", "sold_today")
    told = Balance.objects.current().filter(account=account, day=day).exists()
    found = tuple(rows.values_list(*columns)) or (((_("없음"), "", 0, 0, 0),) if told else ())
    return RowTable(_("보유 잔고"), "kt00018", headings, found)


def _closing(account: Account, day: date) -> RowTable:
    rows = ClosingHolding.objects.current().filter(account=account, day=day).order_by("symbol", "copy")
    headings = (_("코드"), _("종목"), _("보유"), _("종가"), _("평가금액"))
    found: tuple[tuple[Value, ...], ...] = tuple(
        rows.values_list("symbol", "name", "quantity", "price", "value")
    )
    told = ClosingBalance.objects.current().filter(account=account, day=day).exists()
    return RowTable(_("일별 잔고"), "ka01690", headings, found or ((("", _("없음"), 0, 0, 0),) if told else ()))


def _closing_cash(account: Account, day: date) -> RowTable:
    rows = ClosingBalance.objects.current().filter(account=account, day=day)
    headings = (_("예수금"), _("평가금액"), _("추정자산"))
    told = tuple(rows.values_list("cash", "value", "estimated_assets"))
    return RowTable(_("일별 잔고"), "ka01690", headings, told)


def _cash(account: Account, day: date) -> RowTable:
    rows = Deposit.objects.current().filter(account=account, day=day)
    headings = (_("예수금"), _("D+1 예수금"), _("D+2 예수금"))
    return RowTable(_("예수금"), "kt00001", headings, tuple(rows.values_list("cash", "d1", "d2")))


def _ledger(account: Account, day: date) -> RowTable:
    rows = CashFlow.objects.current().filter(Q(day=day) | Q(settled_on=day), account=account)
    headings = (
        _("체결일"),
        _("결제일"),
        _("적요"),
        _("종목"),
        _("거래금액"),
        _("수수료"),
        _("세금"),
        _("증감"),
    )
    columns = ("day", "settled_on", "note", "name", "gross", "commission", "tax", "amount")
    found = [(str(traded), str(on), *rest) for traded, on, *rest in rows.values_list(*columns)]
    return RowTable(_("입출금·결제 내역"), "kt00015", headings, tuple(found))


TABLES: dict[Equation, Sequence[Callable[[Account, date], RowTable]]] = {
    Equation.AMOUNTS: (_fills, _totals, _diary, _ledger),
    Equation.COSTS: (_totals, _sales, _orders, _diary, _ledger),
    Equation.REALISED: (_totals, _sales, _slices, _diary),
    Equation.HEADERS: (_spans, _totals),
    Equation.SHARES: (_closing, _holdings, _fills),
    Equation.CASH: (_closing_cash, _cash, _ledger, _totals),
    Equation.OPEN_ORDERS: (_open_orders,),
    Equation.LEDGER: (_ledger,),
}
