"""Realised results: ka10072, ka10073, ka10074, ka10077, and the day's diary ka10170 (PROTOCOL 6.4-6.12)."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import reduce

from kiwoomweb.broker.wire.writing import day, fixed, plus, prefixed
from kiwoomweb.simulator.account_facts import Diary, DiaryKind, DiaryLine, RealisedDay, SaleRow
from kiwoomweb.simulator.replies.asking import Ask, Rows, Said
from kiwoomweb.simulator.replies.names import loan_day
from kiwoomweb.simulator.replies.shape import Value
from kiwoomweb.simulator.replies.text import decimals

__all__ = ["diary", "sales_of_day", "sales_of_period", "sales_today", "totals_by_day"]

CASH_ONLY, CREDIT_ONLY = "1", "2"
TOO_LONG_AGO = "조회기간은 최근 2개월 이전까지만 가능합니다."


def sales_of_day(ask: Ask) -> Said:
    """ka10072. One row per sell execution of that day, without a date."""
    start = ask.day("strt_dt") or ask.today
    end = ask.today if ask.profile.ka10072_since else start
    sales = _sales(ask, start, end)
    return Said(rows=Rows("dt_stk_div_rlzt_pl", sales[::-1], _with(ask, _on_lot, _twice)))


def sales_of_period(ask: Ask) -> Said:
    """ka10073. Newest first; equal sales give equal rows."""
    start, end = ask.day("strt_dt") or ask.today, ask.day("end_dt") or ask.today
    sales = _sales(ask, start, end)
    return Said(rows=Rows("dt_stk_rlzt_pl", sales[::-1], _with(ask, _on_lot, _dated)))


def _sales(ask: Ask, start: date, end: date) -> Sequence[SaleRow]:
    """The sales of these days; an ISA account gets none (appendix B 20)."""
    if ask.profile.account_kind == "isa":
        return []
    return ask.exchange.realised_rows(start, end, ask.text("stk_cd"))


def totals_by_day(ask: Ask) -> Said:
    """ka10074. Only days with a sale have a row; the totals cover the whole range."""
    start, end = ask.day("strt_dt") or ask.today, ask.day("end_dt") or ask.today
    days = ask.exchange.realised_days(start, end)
    head: dict[str, Value] = {
        "tot_buy_amt": sum(one.bought for one in days),
        "tot_sell_amt": sum(one.sold for one in days),
        "rlzt_pl": sum(one.realised for one in days),
        "trde_cmsn": sum(one.commission for one in days),
        "trde_tax": sum(one.tax for one in days),
    }
    return Said(head, Rows("dt_rlzt_pl", [one for one in reversed(days) if one.has_sales], _day_row))


def sales_today(ask: Ask) -> Said:
    """ka10077. One stock, today, with up to seven decimals."""
    sales = ask.exchange.realised_rows(ask.today, ask.today, ask.text("stk_cd"))
    total = sum((sale.realised for sale in sales), Decimal(0))
    return Said({"tdy_rlzt_pl": int(total)}, Rows("tdy_rlzt_pl_dtl", sales[::-1], _with(ask, _precise)))


def diary(ask: Ask) -> Said:
    """ka10170. Blank row on a day without trades; older than two months is a success that says so."""
    asked = ask.day("base_dt") or ask.today
    if asked < _two_months_before(ask.today):
        return Said(rows=Rows("tdy_trde_diary", [None], _nothing), words=TOO_LONG_AGO)
    if asked > ask.today:
        return _no_trades()
    on_credit = {CASH_ONLY: False, CREDIT_ONLY: True}.get(ask.text("ch_crd_tp"))
    told = ask.exchange.diary(asked, DiaryKind(ask.text("ottks_tp")), on_credit)
    if not told.lines:
        return _no_trades()
    return Said(_diary_head(told), Rows("tdy_trde_diary", told.lines, lambda line: _diary_row(ask, line)))


def _with(
    ask: Ask, *more: Callable[[SaleRow, dict[str, Value]], dict[str, Value]]
) -> Callable[[SaleRow], Mapping[str, Value]]:
    def fill(sale: SaleRow) -> Mapping[str, Value]:
        return reduce(lambda row, add: add(sale, row), more, _sale(ask, sale))

    return fill


def _sale(ask: Ask, sale: SaleRow) -> dict[str, Value]:
    return {
        "stk_nm": ask.name(sale.code),
        "stk_cd": prefixed(sale.code),
        "cntr_qty": sale.quantity,
        "buy_uv": fixed(sale.buy_price, cut=True),
        "cntr_pric": sale.sell_price,
        "tdy_sel_pl": fixed(sale.realised, cut=True),
        "pl_rt": plus(sale.return_rate),
        "tdy_trde_cmsn": sale.commission,
        "tdy_trde_tax": sale.tax,
    }


def _on_lot(sale: SaleRow, row: dict[str, Value]) -> dict[str, Value]:
    lot = "융자잔고" if sale.loan else "현금잔고"
    return row | {"crd_tp": lot, "loan_dt": loan_day(sale.loan, none="")}


def _twice(sale: SaleRow, row: dict[str, Value]) -> dict[str, Value]:
    """ka10072 repeats the code and the profit under a second name."""
    return row | {
        "wthd_alowa": 0,
        "stk_cd_1": row["stk_cd"],
        "tdy_sel_pl_1": row["tdy_sel_pl"],
    }


def _dated(sale: SaleRow, row: dict[str, Value]) -> dict[str, Value]:
    # tdy_htssel_cmsn is named a commission and holds the word 현금 (PROTOCOL 5.7)
    paid = "융자" if sale.loan else "현금"
    return row | {"dt": day(sale.day), "tdy_htssel_cmsn": paid, "wthd_alowa": 0}


def _precise(sale: SaleRow, row: dict[str, Value]) -> dict[str, Value]:
    return row | {"buy_uv": decimals(sale.buy_price, 7), "tdy_sel_pl": decimals(sale.realised, 7)}


def _day_row(one: RealisedDay) -> Mapping[str, Value]:
    return {
        "dt": day(one.day),
        "buy_amt": one.bought,
        "sell_amt": one.sold,
        "tdy_sel_pl": one.realised,
        "tdy_trde_cmsn": one.commission,
        "tdy_trde_tax": one.tax,
    }


def _diary_head(told: Diary) -> dict[str, Value]:
    return {
        "tot_sell_amt": told.sold,
        "tot_buy_amt": told.bought,
        "tot_cmsn_tax": told.costs,
        "tot_exct_amt": told.settled,
        "tot_pl_amt": told.realised,
        "tot_prft_rt": str(told.return_rate),
    }


def _diary_row(ask: Ask, line: DiaryLine) -> Mapping[str, Value]:
    return {
        "stk_nm": ask.name(line.code),
        "stk_cd": line.code,
        "buy_avg_pric": int(line.bought_average),
        "buy_qty": line.bought_quantity,
        "sel_avg_pric": int(line.sold_average),
        "sell_qty": line.sold_quantity,
        "cmsn_alm_tax": line.costs,
        "pl_amt": line.realised,
        "sell_amt": line.sold,
        "buy_amt": line.bought,
        "prft_rt": str(line.return_rate),
    }


def _no_trades() -> Said:
    return Said({"tot_prft_rt": "0.00"}, Rows("tdy_trde_diary", [None], _nothing))


def _nothing(_: None) -> Mapping[str, Value]:
    return {}


def _two_months_before(today: date) -> date:
    year, month = divmod(today.year * 12 + today.month - 3, 12)
    first = date(year, month + 1, 1)
    return min(date.fromordinal(first.toordinal() + today.day - 1), _last_day(first))


def _last_day(first: date) -> date:
    after = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    return date.fromordinal(after.toordinal() - 1)
