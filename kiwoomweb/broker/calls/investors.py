"""Calls about who buys and who sells: one symbol day by day (ka10059)."""

from collections.abc import Callable
from datetime import date

from kiwoomweb.broker import protocol
from kiwoomweb.broker.asking import Broker
from kiwoomweb.broker.domain import InvestorDay
from kiwoomweb.broker.wire import times, writing
from kiwoomweb.broker.wire.numbers import count, millions, price
from kiwoomweb.broker.wire.row import Row

__all__ = ["investor_days"]

#: The kinds of institution, and who is neither, as ka10059 names them.
PARTS = {
    "fnnc_invt": "금융투자",
    "insrnc": "보험",
    "invtrt": "투신",
    "etc_fnnc": "기타금융",
    "bank": "은행",
    "penfnd_etc": "연기금등",
    "samo_fund": "사모펀드",
    "natn": "국가",
    "etc_corp": "기타법인",
    "natfor": "내외국인",
}


def investor_days(
    broker: Broker, symbol: str, *, until: date | None = None, shares: bool = False, pages: int = 1
) -> list[InvestorDay]:
    """종목별투자자기관별 (ka10059), newest day first: net buying in won, or in ``shares``.

    Amounts come in 백만원 although the guide lets one ask for 천원 (PROTOCOL 5.6).
    """
    body = {
        "dt": writing.day(until or broker.now().date()),
        "stk_cd": symbol,
        "amt_qty_tp": "2" if shares else "1",
        "trde_tp": "0",
        "unit_tp": "1",
    }
    told = broker.pages("ka10059", body, most=pages)
    rows = [Row("ka10059", line) for page in told for line in protocol.rows(page, "stk_invsr_orgn")]
    return [_day(row, count if shares else millions) for row in rows if not row.blank()]


def _day(row: Row, net: Callable[[str], int | None]) -> InvestorDay:
    return InvestorDay(
        day=row.need(times.day, "dt"),
        close=row.may(price, "cur_prc"),
        volume=row.may(count, "acc_trde_qty"),
        individuals=row.may(net, "ind_invsr"),
        foreigners=row.may(net, "frgnr_invsr"),
        institutions=row.may(net, "orgn"),
        parts={label: row.may(net, name) for name, label in PARTS.items()},
    )
