"""A Kiwoom that says what the test tells it to, over real HTTP messages and our real client.

It answers every TR of the journal with "nothing" until told otherwise, and remembers what it was asked. Rows
are written as the wire writes them; amounts are whole won.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any

import httpx

from kiwoomweb.access.models import Account
from kiwoomweb.access.services.keeping import keeper
from kiwoomweb.broker.client import Client
from kiwoomweb.broker.credentials import Credentials
from kiwoomweb.broker.environment import Address, Environment
from kiwoomweb.broker.pacing import Unpaced
from kiwoomweb.broker.tokens import MemoryTokenStore
from tests.portfolio.rows import OPENING, Row, diary_row

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
    "ka01690": "day_bal_rt",
    "ka10072": "dt_stk_div_rlzt_pl",
    "ka10073": "dt_stk_rlzt_pl",
    "ka10074": "dt_rlzt_pl",
    "ka10075": "oso",
    "ka10076": "cntr",
    "ka10077": "tdy_rlzt_pl_dtl",
    "ka10085": "acnt_prft_rt",
    "ka10088": "osop",
    "ka10170": "tdy_trde_diary",
    "kt00002": "daly_prsm_dpst_aset_amt_prst",
    "kt00007": "acnt_ord_cntr_prps_dtl",
    "kt00009": "acnt_ord_cntr_prst_array",
    "kt00015": "trst_ovrl_trde_prps_array",
    "kt00018": "acnt_evlt_remn_indv_tot",
}


@dataclass
class Kiwoom:
    """The broker of one test. ``now`` is its clock."""

    now: datetime = OPENING
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
            http=httpx.Client(transport=httpx.MockTransport(partial(self._answered, account))),
            sleep=lambda _seconds: None,
        )

    def _answered(self, account: Account, request: httpx.Request) -> httpx.Response:
        """Whose token it is, without a word about it; else what the test wants answered."""
        if request.headers.get("api-id") == "ka00001" and "ka00001" not in self.broken:
            number = {"acctNo": account.number, "return_code": 0, "return_msg": ""}
            return httpx.Response(200, json=number)
        return self.answer(request)

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
