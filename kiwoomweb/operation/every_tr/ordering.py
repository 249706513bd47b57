"""Ordering: the twelve order TRs, real small orders on the practice broker, in an order that lets each work."""

import time
from collections.abc import Iterator, Mapping

from kiwoomweb.broker.asking import Broker
from kiwoomweb.broker.catalogue import find
from kiwoomweb.broker.reading.usual import GOLD, SAMSUNG
from kiwoomweb.broker.wire import writing
from kiwoomweb.operation.every_tr.asking import Known, ask
from kiwoomweb.operation.every_tr.outcome import Outcome

__all__ = ["order"]

#: Real seconds in which a market order must have been filled while the clock runs fast.
PATIENCE = 10.0

SHARE = {"dmst_stex_tp": "KRX", "stk_cd": SAMSUNG}
AT_MARKET = SHARE | {"ord_uv": "", "trde_tp": "3", "cond_uv": ""}
GOLD_ORDER = {"stk_cd": GOLD, "trde_tp": "00"}


def order(broker: Broker, known: Known) -> Iterator[Outcome]:
    """Buy and sell a share, change and take back an order that waits; the same on credit, and with gold."""
    low = _price(broker, "ka10001", {"stk_cd": SAMSUNG}, "lst_pric")
    yield _place(broker, "kt10000", AT_MARKET | {"ord_qty": "3"})[0]
    _until_held(broker)
    yield _place(broker, "kt10001", AT_MARKET | {"ord_qty": "1"})[0]
    waiting, number = _place(broker, "kt10000", SHARE | _limit(low, "2"))
    known.order_no = number
    changed, number = _place(broker, "kt10002", SHARE | _change(number, _above(low), "2"))
    yield changed
    yield _place(broker, "kt10003", SHARE | {"orig_ord_no": number, "cncl_qty": "0"})[0]
    split = SHARE | {"dmst_stex_tp": "SOR"} | _limit(low, "2")
    known.order_no = _place(broker, "kt10000", split)[1]  # stays, for the lists of open orders
    yield from _on_credit(broker, low)
    yield from _gold(broker)
    if not waiting.well:  # what the changes rest on
        yield waiting


def _on_credit(broker: Broker, low: int) -> Iterator[Outcome]:
    today = writing.day(broker.now().date())
    yield _place(broker, "kt10006", AT_MARKET | {"ord_qty": "2"})[0]
    _until_held(broker, credit=True)
    yield _place(broker, "kt10007", AT_MARKET | {"ord_qty": "1", "crd_deal_tp": "33", "crd_loan_dt": today})[0]
    number = _place(broker, "kt10006", SHARE | _limit(low, "1"))[1]
    changed, number = _place(broker, "kt10008", SHARE | _change(number, _above(low), "1"))
    yield changed
    yield _place(broker, "kt10009", SHARE | {"orig_ord_no": number, "cncl_qty": "0"})[0]


def _gold(broker: Broker) -> Iterator[Outcome]:
    high = _price(broker, "ka50100", {"stk_cd": GOLD}, "upl_pric")
    low = _price(broker, "ka50100", {"stk_cd": GOLD}, "lst_pric")
    yield _place(broker, "kt50000", GOLD_ORDER | {"ord_qty": "2", "ord_uv": str(high)})[0]
    time.sleep(0.5)
    yield _place(broker, "kt50001", GOLD_ORDER | {"ord_qty": "1", "ord_uv": str(low)})[0]
    number = _place(broker, "kt50000", GOLD_ORDER | {"ord_qty": "1", "ord_uv": str(low)})[1]
    change = {"stk_cd": GOLD, "orig_ord_no": number, "mdfy_qty": "1", "mdfy_uv": str(low + 10)}
    changed, number = _place(broker, "kt50002", change)
    yield changed
    yield _place(broker, "kt50003", {"stk_cd": GOLD, "orig_ord_no": number, "cncl_qty": "0"})[0]


def _limit(price: int, quantity: str) -> dict[str, str]:
    return {"ord_qty": quantity, "ord_uv": str(price), "trde_tp": "0", "cond_uv": ""}


def _change(number: str, price: int, quantity: str) -> dict[str, str]:
    return {"orig_ord_no": number, "mdfy_qty": quantity, "mdfy_uv": str(price), "mdfy_cond_uv": ""}


def _above(price: int) -> int:
    """A price a little higher that is on every tick."""
    return (price // 1000 + 1) * 1000


def _place(broker: Broker, tr: str, body: Mapping[str, str]) -> tuple[Outcome, str]:
    outcome, fields = ask(broker, find(tr), body)
    return outcome, str(fields.get("ord_no", ""))


def _price(broker: Broker, tr: str, body: Mapping[str, str], name: str) -> int:
    told = str(broker.call(tr, body).fields.get(name, "")).strip().lstrip("+-")
    return int(told) if told.isdigit() else 0


def _until_held(broker: Broker, *, credit: bool = False) -> None:
    """Wait until the purchase is in the account; who sells before that is refused, which its line then says."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        body = {"qry_tp": "2", "dmst_stex_tp": "KRX"}
        rows = broker.call("kt00018", body).fields.get("acnt_evlt_remn_indv_tot") or []
        held = [row for row in rows if str(row.get("stk_cd", "")).endswith(SAMSUNG)]
        if any(bool(str(row.get("crd_loan_dt", "")).strip("0 ")) is credit for row in held):
            return
        time.sleep(0.2)
