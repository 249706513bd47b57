"""The account over time: kt00002 by day, kt00016 over a period, kt00017 today (PROTOCOL 6.14, 6.26, 6.27)."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal

from kiwoomweb.broker.wire.writing import day
from kiwoomweb.simulator.account_facts import CashKind, CashRow, DaySnapshot
from kiwoomweb.simulator.refusals import bad_input
from kiwoomweb.simulator.replies.asking import Ask, Rows, Said
from kiwoomweb.simulator.replies.shape import Value
from kiwoomweb.simulator.replies.text import percent, rate

__all__ = ["day_by_day", "over_a_period", "today"]

A_DAY = timedelta(days=1)


def day_by_day(ask: Ask) -> Said:
    """kt00002. A row per calendar day, oldest first; days without trading repeat the one before."""
    start, end = _span(ask, "start_dt", "end_dt")
    first = max(start, ask.exchange.opened_on)
    days = [first + n * A_DAY for n in range((min(end, ask.today) - first).days + 1)]
    while days and ask.exchange.day_snapshot(days[0]) is None:
        del days[0]
    return Said(rows=Rows("daly_prsm_dpst_aset_amt_prst", days, lambda one: _day(ask, one)))


def over_a_period(ask: Ask) -> Said:
    """kt00016. ``_fr`` is the account as it closed before the first day, ``_to`` as it stands on the last."""
    start, end = _span(ask, "fr_dt", "to_dt")
    start, end = max(start, ask.exchange.opened_on), min(end, ask.today)
    opening, closing = ask.exchange.day_snapshot(start - A_DAY), ask.exchange.day_snapshot(end)
    flows = [row for row in ask.exchange.cash_ledger(start, end) if row.kind in _FLOWS]
    paid_in = sum(row.settled for row in flows if row.is_credit)
    paid_out = sum(row.settled for row in flows if not row.is_credit)
    before, after = _assets(opening), _assets(closing)
    profit = after - before - paid_in + paid_out
    invested = before + _weighted(flows, start, end)
    traded = sum(one.bought + one.sold for one in ask.exchange.realised_days(start, end))
    head: dict[str, Value] = {
        **_side(opening, "fr"),
        **_side(closing, "to"),
        "invt_bsamt": invested,
        "evltv_prft": profit,
        "prft_rt": percent(rate(profit, invested), ask.profile),
        "tern_rt": percent(rate(traded, invested), ask.profile),
        "termin_tot_trns": paid_in,
        "termin_tot_pymn": paid_out,
    }
    return Said(head)


def today(ask: Ask) -> Said:
    """kt00017. Money and trades of today; holdings as they will be settled."""
    money, lots = ask.exchange.deposit(), ask.exchange.positions()
    moves = ask.exchange.cash_ledger(ask.today, ask.today)
    traded = ask.exchange.realised_days(ask.today, ask.today)
    head: dict[str, Value] = {
        "d2_entra": money.d2,
        "gnrl_stk_evlt_amt_d2": sum(one.value for one in lots if not one.loan),
        "crd_loan_d2": money.owed,
        "crd_loan_evlta_d2": sum(one.value for one in lots if one.loan),
        "ina_amt": sum(row.settled for row in moves if row.kind is CashKind.DEPOSIT),
        "outa": sum(row.settled for row in moves if row.kind is CashKind.WITHDRAWAL),
        "sell_amt": sum(one.sold for one in traded),
        "buy_amt": sum(one.bought for one in traded),
        "cmsn": sum(one.commission for one in traded),
        "tax": sum(one.tax for one in traded),
        "crd_int_amt": sum(row.interest for row in moves),
        "dvida_amt": sum(row.settled for row in moves if row.kind is CashKind.DIVIDEND),
    }
    return Said(head)


_FLOWS = frozenset({CashKind.DEPOSIT, CashKind.WITHDRAWAL})


def _span(ask: Ask, start: str, end: str) -> tuple[date, date]:
    first, last = ask.day(start) or ask.today, ask.day(end) or ask.today
    if last < first:
        raise bad_input("1517", end, "종료일자가 시작일자보다 빠릅니다")
    return first, last


def _day(ask: Ask, asked: date) -> Mapping[str, Value]:
    closed = ask.exchange.day_snapshot(asked)
    if closed is None:
        return {"dt": day(asked)}
    return {
        "dt": day(asked),
        "entr": closed.cash,
        "crd_loan": closed.owed,
        "prsm_dpst_aset_amt": closed.estimated_assets,
        "prsm_dpst_aset_amt_bncr_skip": closed.estimated_assets,
    }


def _side(closed: DaySnapshot | None, end: str) -> Mapping[str, Value]:
    if closed is None:
        return {}
    return {
        f"entr_{end}": closed.cash,
        f"scrt_evlt_amt_{end}": closed.value,
        f"crd_loan_{end}": closed.owed,
        f"crd_int_{end}": closed.interest,
        f"tot_amt_{end}": closed.estimated_assets,
    }


def _assets(closed: DaySnapshot | None) -> int:
    return closed.estimated_assets if closed else 0


def _weighted(flows: Sequence[CashRow], start: date, end: date) -> int:
    """투자원금평잔's part from money that came or went on the way: each sum for the days it was there."""
    days = (end - start).days + 1
    there = ((row.settled if row.is_credit else -row.settled, (end - row.day).days + 1) for row in flows)
    return int(sum(Decimal(amount * stayed) / days for amount, stayed in there))
