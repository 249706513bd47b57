"""The cash ledger: kt00015, settled rows only, booked on the settlement day (PROTOCOL 6.25)."""

from collections.abc import Mapping
from types import MappingProxyType

from kiwoomweb.broker.wire.writing import colon_clock, day, padded, prefixed
from kiwoomweb.simulator.account_facts import CashKind, CashRow
from kiwoomweb.simulator.replies.asking import Ask, Rows, Said
from kiwoomweb.simulator.replies.names import loan_day
from kiwoomweb.simulator.replies.shape import Value

__all__ = ["statement"]

_BUYS = frozenset({CashKind.BUY, CashKind.CREDIT_BUY})
_SALES = frozenset({CashKind.SELL, CashKind.REPAYING_SALE})
_TRADES = _BUYS | _SALES
_INFLOWS = frozenset({CashKind.DEPOSIT, CashKind.DIVIDEND})
_MONEY = _INFLOWS | {CashKind.WITHDRAWAL}

#: 구분 (``tp``); what is not named here (securities in and out, loans repaid in cash, currencies) this account
#: never does.
KINDS: Mapping[str, frozenset[CashKind]] = MappingProxyType(
    {
        "0": frozenset(CashKind),
        "1": _MONEY,
        "M": _MONEY,
        "3": _TRADES,
        "4": _BUYS,
        "5": _SALES,
        "6": _INFLOWS,
        "7": frozenset({CashKind.WITHDRAWAL}),
    }
)

SIDE_NAMES = {
    CashKind.BUY: "매수",
    CashKind.SELL: "매도",
    CashKind.CREDIT_BUY: "매수",
    CashKind.REPAYING_SALE: "매도",
    CashKind.DEPOSIT: "입금",
    CashKind.DIVIDEND: "입금",
    CashKind.WITHDRAWAL: "출금",
}
DOMESTIC = {"0", "1"}
NEWEST_FIRST = "1"


def statement(ask: Ask) -> Said:
    """Oldest first unless asked otherwise; amounts are positive on both sides."""
    start, end = ask.day("strt_dt") or ask.today, ask.day("end_dt") or ask.today
    rows = ask.exchange.cash_ledger(start, end) if ask.text("gds_tp") in DOMESTIC else []
    kinds, code = KINDS.get(ask.text("tp"), frozenset()), ask.text("stk_cd")
    chosen = [row for row in rows if row.kind in kinds and code in {"", row.code}]
    if ask.text("qry_sort_tp") == NEWEST_FIRST:
        chosen.reverse()
    number = ask.account
    masked = f"{number[:4]}-{number[4]}***-{number[-2:]} [연습계좌]"
    return Said({"acnt_no": masked}, Rows("trst_ovrl_trde_prps_array", chosen, lambda row: _row(ask, row)))


def _row(ask: Ask, row: CashRow) -> Mapping[str, Value]:
    traded = row.kind in _TRADES
    return {
        "trde_dt": day(row.day),
        "trde_no": padded(row.number, 9),
        "rmrk_nm": row.kind.value,
        "crd_deal_tp_nm": "융자" if row.loan else "",
        "exct_amt": row.settled,
        "loan_amt_rpya": row.principal,
        "entra_remn": row.balance,
        "crnc_cd": "KRW",
        "trde_ocr_tp": "" if traded else "1",
        "trde_kind_nm": "매매" if traded else "입출금",
        "stk_nm": ask.name(row.code) if row.code else "",
        "trde_amt": row.amount,
        "trde_agri_tax": row.tax,
        "io_tp": "1" if row.is_credit else "2",
        "io_tp_nm": SIDE_NAMES[row.kind],
        "orig_deal_no": "000000000",
        "stk_cd": prefixed(row.code) if row.code else "",
        "trde_qty_jwa_cnt": row.quantity if traded else "",
        "cmsn": row.commission,
        "int_ls_usfe": row.interest,
        "proc_tm": colon_clock(row.at),
        "trde_unit": f"{row.unit_price:,}" if traded else "",
        "loan_dt": loan_day(row.loan, none=""),
        "cntr_dt": day(row.traded),
        "tax_sum_cmsn": row.tax + row.commission,
    }
