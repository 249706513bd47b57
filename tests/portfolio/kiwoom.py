"""A Kiwoom that says what the test tells it to, over real HTTP messages and our real client.

It answers every TR of the journal with "nothing" until told otherwise, and remembers what it was asked. Rows
are written as the wire writes them; amounts are whole won.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import httpx

from kiwoomweb.access.models import Account
from kiwoomweb.access.services.keeping import keeper
from kiwoomweb.broker.client import Client
from kiwoomweb.broker.credentials import Credentials
from kiwoomweb.broker.domain import SEOUL, OrderEvent, Side, Symbol, Venue, Won
from kiwoomweb.broker.environment import Address, Environment
from kiwoomweb.broker.pacing import Priority
from kiwoomweb.broker.tokens import MemoryTokenStore

Row = dict[str, str]
Body = Mapping[str, str]
Answer = Callable[[Body], list[dict[str, Any]]]

TOKEN = {
    "expires_dt": "20991231235959",
    "token_type": "bearer",
    "token": "a-token",
    "return_code": 0,
    "return_msg": "정상적으로 처리되었습니다",
}

LISTS = {
    "ka10072": "dt_stk_div_rlzt_pl",
    "ka10073": "dt_stk_rlzt_pl",
    "ka10074": "dt_rlzt_pl",
    "ka10075": "oso",
    "ka10076": "cntr",
    "ka10077": "tdy_rlzt_pl_dtl",
    "ka10085": "acnt_prft_rt",
    "ka10088": "osop",
    "ka10170": "tdy_trde_diary",
    "kt00007": "acnt_ord_cntr_prps_dtl",
    "kt00018": "acnt_evlt_remn_indv_tot",
}


class Unpaced:
    """A pacer for tests: nobody waits."""

    def wait(self, key_id: str, tr_id: str, priority: Priority) -> None:
        return None


@dataclass
class Kiwoom:
    """The broker of one test. ``now`` is its clock."""

    now: datetime = datetime(2026, 11, 20, 10, 30, tzinfo=SEOUL)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    answers: dict[str, Answer] = field(default_factory=dict)
    broken: dict[str, httpx.Response] = field(default_factory=dict)

    # --- what the test tells it ----------------------------------------------------------------------------

    def lists(self, tr: str, *rows: Row, per_page: int = 100, **head: str) -> None:
        """Answer ``tr`` with these rows, ``per_page`` on a page."""
        self.answers[tr] = lambda _body: paged(tr, rows, per_page, head)

    def breaks(self, tr: str, status: int = 200, text: str = "", code: int = 0, said: str = "") -> None:
        """Answer ``tr`` with that text, or with an error of that code, until ``mends``."""
        body = text or json.dumps({"return_code": code, "return_msg": said})
        self.broken[tr] = httpx.Response(status, text=body)

    def mends(self, *trs: str) -> None:
        for tr in trs or list(self.broken):
            self.broken.pop(tr, None)

    def count(self, tr: str) -> int:
        """How often that TR was asked, pages included."""
        return sum(asked == tr for asked, _body in self.asked)

    # --- how it answers ------------------------------------------------------------------------------------

    def client(self, account: Account) -> Client:
        return Client(
            Credentials("an-app-key", "an-app-secret"),
            Address.on("127.0.0.1", 9),
            tokens=MemoryTokenStore(),
            pacer=Unpaced(),
            environment=Environment.SIMULATOR,
            keep=keeper(account),
            http=httpx.Client(transport=httpx.MockTransport(self.answer)),
            sleep=lambda _seconds: None,
        )

    def answer(self, request: httpx.Request) -> httpx.Response:
        if request.url.path == "/oauth2/token":
            return httpx.Response(200, json=TOKEN)
        tr, body = request.headers["api-id"], json.loads(request.content)
        self.asked.append((tr, body))
        if tr in self.broken or "*" in self.broken:
            broken = self.broken.get(tr) or self.broken["*"]
            return httpx.Response(broken.status_code, text=broken.text)
        return self._page(tr, body, int(request.headers.get("next-key", "1")))

    def _page(self, tr: str, body: Body, number: int) -> httpx.Response:
        pages = self.answers.get(tr, nothing(tr))(body)
        more = number < len(pages)
        headers = {"cont-yn": "Y", "next-key": str(number + 1)} if more else {"cont-yn": "N"}
        page = {**pages[number - 1], "return_code": 0, "return_msg": "정상적으로 처리되었습니다"}
        return httpx.Response(200, json=page, headers=headers)


def paged(tr: str, rows: Iterable[Row], per_page: int, head: Mapping[str, str]) -> list[dict[str, Any]]:
    rows = list(rows)
    pieces = [rows[start : start + per_page] for start in range(0, len(rows), per_page)] or [[]]
    return [{**(heads(tr, rows) | dict(head)), LISTS[tr]: piece} for piece in pieces]


def heads(tr: str, rows: list[Row]) -> dict[str, str]:
    """The totals above a list, summed from its rows as the broker does."""

    def total(name: str) -> str:
        return str(sum(int(row.get(name) or 0) for row in rows))

    if tr == "ka10074":
        return {
            "tot_buy_amt": total("buy_amt"),
            "tot_sell_amt": total("sell_amt"),
            "rlzt_pl": total("tdy_sel_pl"),
            "trde_cmsn": total("tdy_trde_cmsn"),
            "trde_tax": total("tdy_trde_tax"),
        }
    if tr == "ka10170":
        return {
            "tot_sell_amt": total("sell_amt"),
            "tot_buy_amt": total("buy_amt"),
            "tot_cmsn_tax": total("cmsn_alm_tax"),
            "tot_exct_amt": total("pl_amt"),
            "tot_pl_amt": total("pl_amt"),
            "tot_prft_rt": "0.00",
        }
    if tr == "kt00018":
        return {
            "tot_pur_amt": total("pur_amt"),
            "tot_evlt_amt": total("evlt_amt"),
            "tot_evlt_pl": total("evltv_prft"),
            "tot_prft_rt": "1.00",
            "prsm_dpst_aset_amt": "000000010000000",
        }
    return {"tdy_rlzt_pl": total("tdy_sel_pl")} if tr == "ka10077" else {}


def nothing(tr: str) -> Answer:
    """An account in which nothing has ever happened."""
    if tr == "kt00001":
        names = ("entr", "pymn_alow_amt", "ord_alow_amt", "d1_entra", "d2_entra")
        return lambda _body: [dict.fromkeys(names, "000000010000000")]
    if tr == "ka10170":
        blank = dict.fromkeys(diary_row("", "").keys(), "")
        return lambda _body: [{**dict.fromkeys(heads(tr, []), ""), LISTS[tr]: [blank]}]
    return lambda _body: paged(tr, [], 100, {})


# --- rows as the wire writes them ----------------------------------------------------------------------------


def day_row(day: date, realised: int, sold: int = 1_000_000, bought: int = 0) -> Row:
    """One day of ka10074."""
    return {
        "dt": f"{day:%Y%m%d}",
        "buy_amt": str(bought),
        "sell_amt": str(sold),
        "tdy_sel_pl": str(realised),
        "tdy_trde_cmsn": "150",
        "tdy_trde_tax": "2000",
    }


def sale_row(realised: int, symbol: str = "005930", day: date | None = None, quantity: int = 10) -> Row:
    """One sale of ka10073 (with ``day``), ka10072 or ka10077."""
    row = {
        "stk_nm": "삼성전자",
        "stk_cd": f"A{symbol}",
        "cntr_qty": str(quantity),
        "buy_uv": "97602.9573459",
        "cntr_pric": "98000",
        "tdy_sel_pl": str(realised),
        "pl_rt": "+1.52",
        "tdy_trde_cmsn": "280",
        "tdy_trde_tax": "1960",
        "loan_dt": "",
        "crd_tp": "현금잔고",
    }
    return row | {"dt": f"{day:%Y%m%d}"} if day else row


def filled_row(number: str, quantity: int, filled: int, price: int, side: str = "매수", **more: str) -> Row:
    """One order of ka10076."""
    row = {
        "ord_no": number,
        "stk_nm": "삼성전자",
        "stk_cd": "005930",
        "io_tp_nm": f"+{side}" if side == "매수" else f"-{side}",
        "ord_pric": str(price),
        "ord_qty": str(quantity),
        "cntr_pric": str(price),
        "cntr_qty": str(filled),
        "oso_qty": str(quantity - filled),
        "tdy_trde_cmsn": "140",
        "tdy_trde_tax": "0",
        "ord_stt": "체결",
        "trde_tp": "보통",
        "orig_ord_no": "0000000",
        "ord_tm": "101414",
        "stex_tp": "1",
        "stex_tp_txt": "KRX",
        "sor_yn": "N",
        "stop_pric": "0",
    }
    return row | more


def open_row(number: str, quantity: int, filled: int, price: int, **more: str) -> Row:
    """One order of ka10075."""
    row = filled_row(number, quantity, filled, price) | {"tm": "101414", "ord_stt": "접수", "acnt_no": ""}
    del row["ord_tm"]
    return row | more


def placed_row(number: str, quantity: int, filled: int, price: int, side: str = "매수", **more: str) -> Row:
    """One order of kt00007."""
    row = {
        "ord_no": number,
        "stk_cd": "A005930",
        "trde_tp": "보통",
        "crd_tp": "보통매매",
        "ord_qty": f"{quantity:010}",
        "ord_uv": f"{price:010}",
        "cnfm_qty": "0000000000",
        "acpt_tp": "접수",
        "rsrv_tp": "",
        "ord_tm": "10:14:14",
        "ori_ord": "0000000",
        "stk_nm": "삼성전자",
        "io_tp_nm": f"현금{side}",
        "loan_dt": "",
        "cntr_qty": f"{filled:010}",
        "cntr_uv": f"{price:010}",
        "ord_remnq": f"{quantity - filled:010}",
        "comm_ord_tp": "영웅문4",
        "mdfy_cncl": "",
        "cnfm_tm": "",
        "dmst_stex_tp": "KRX",
        "cond_uv": "0000000000",
    }
    return row | more


def holding_row(symbol: str, name: str, quantity: int, cost: int, price: int) -> Row:
    """One line of kt00018."""
    value = price * quantity
    return {
        "stk_cd": f"A{symbol}",
        "stk_nm": name,
        "evltv_prft": f"{value - cost * quantity:015}",
        "prft_rt": "1.00",
        "pur_pric": f"{cost:015}",
        "pred_close_pric": f"{cost:012}",
        "rmnd_qty": f"{quantity:015}",
        "trde_able_qty": f"{quantity:015}",
        "cur_prc": f"{price:012}",
        "pred_buyq": "0" * 15,
        "pred_sellq": "0" * 15,
        "tdy_buyq": "0" * 15,
        "tdy_sellq": "0" * 15,
        "pur_amt": f"{cost * quantity:015}",
        "pur_cmsn": "0" * 15,
        "evlt_amt": f"{value:015}",
        "sell_cmsn": "0" * 15,
        "tax": "0" * 15,
        "sum_cmsn": "0" * 15,
        "poss_rt": "100.00",
        "crd_tp": "00",
        "crd_tp_nm": "",
        "crd_loan_dt": "",
    }


def diary_row(symbol: str, name: str, bought: int = 0, sold: int = 0, realised: int = 0) -> Row:
    """One stock of ka10170."""
    return {
        "stk_nm": name,
        "buy_avg_pric": "98000",
        "buy_qty": str(bought // 98_000),
        "sel_avg_pric": "98000",
        "sell_qty": str(sold // 98_000),
        "cmsn_alm_tax": "0",
        "pl_amt": str(realised),
        "sell_amt": str(sold),
        "buy_amt": str(bought),
        "prft_rt": "0.50",
        "stk_cd": symbol,
    }


def execution(number: str, fill_no: str, size: int, filled: int, quantity: int = 30) -> OrderEvent:
    """One execution as the socket tells it (type 00), at 98,000 won."""
    at = Kiwoom().now.replace(minute=30 + int(fill_no) % 20)
    return OrderEvent(
        order_no=number,
        original_order_no="",
        symbol=Symbol("005930"),
        name="삼성전자",
        status="체결",
        side=Side.SELL if number == "0000002" else Side.BUY,
        label="",
        kind="보통",
        quantity=quantity,
        price=Won(98_000),
        remaining=quantity - filled,
        filled=filled,
        fill_no=fill_no,
        unit_price=Won(98_000),
        unit_size=size,
        commission=None,
        tax=None,
        at=at.astimezone(SEOUL),
        reason="",
        venue=Venue.KRX,
        routed=False,
    )
