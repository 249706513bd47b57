"""What settles next: kt00008 (PROTOCOL 6.19)."""

from collections.abc import Mapping

from kiwoomweb.broker.wire.writing import day, padded, prefixed
from kiwoomweb.simulator.account_facts import CashRow
from kiwoomweb.simulator.replies.asking import Ask, Rows, Said
from kiwoomweb.simulator.replies.names import loan_day, lot_code
from kiwoomweb.simulator.replies.shape import Value

__all__ = ["next_settlement"]

#: 농어촌특별세 inside the tax of a KOSPI sale, in hundred-thousandths; KOSDAQ sales carry none.
RURAL_TAX = 150
PARTS = 100_000


def next_settlement(ask: Ask) -> Said:
    """kt00008. The next settlement day only: trades of today are not in it yet (PROTOCOL 11-45)."""
    exchange = ask.exchange
    settles = exchange.trading_day_after(ask.today, 1)
    numbered = list(enumerate(exchange.settlements(settles), start=1))
    first = ask.count("strt_dcd_seq")
    head: dict[str, Value] = {
        "trde_dt": day(exchange.trading_day_after(settles, -2)),
        "setl_dt": day(settles),
        "sell_amt_sum": sum(row.settled for _, row in numbered if row.is_credit),
        "buy_amt_sum": sum(row.settled for _, row in numbered if not row.is_credit),
    }
    shown = [one for one in numbered if one[0] >= first]
    return Said(head, Rows("acnt_nxdy_setl_frcs_prps_array", shown, lambda one: _row(ask, *one)))


def _row(ask: Ask, number: int, row: CashRow) -> Mapping[str, Value]:
    rural = _rural_tax(ask, row)
    return {
        "seq": padded(number, 7),
        "stk_cd": prefixed(row.code),
        "loan_dt": loan_day(row.loan, none=""),
        "qty": row.quantity,
        "engg_amt": row.amount,
        "cmsn": row.commission,
        "rstx": rural,
        "stk_nm": ask.name(row.code),
        "sell_tp": "1" if row.is_credit else "2",
        "unp": row.unit_price,
        "exct_amt": row.settled,
        "trde_tax": row.tax - rural,
        "crd_tp": lot_code(row.loan),
    }


def _rural_tax(ask: Ask, row: CashRow) -> int:
    about = ask.exchange.instrument(row.code)
    rural = row.amount * RURAL_TAX // PARTS if about and about.market == "KOSPI" else 0
    return min(rural, row.tax)
