"""Paper: a broker that is a list in memory, for stories too many for a network. It loses what it is told to.

It answers kt00007, ka10075, ka10076, kt00018 and the share orders, in the words of the wire, and nothing else.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from kiwoomweb.broker.environment import Environment
from kiwoomweb.broker.errors import BrokerError, Unreachable
from kiwoomweb.broker.order_answers import Answer, Reached, SendFailed, Step, quietly
from kiwoomweb.broker.protocol import Reply

__all__ = ["Paper", "Sheet"]

OURS, MOUSE = "REST API", "영웅문S#"
_STEPS = (Step.CONNECT, Step.CONNECTED, Step.HALF, Step.WRITTEN)
#: Fault -> whether the order was booked.
LOST = {"lost_before": False, "lost_after": True, "garbage": True, "busy": False}

#: Numbers of the holdings nobody asks about here.
_OF_ALL = ("tot_pur_amt", "tot_evlt_amt", "tot_evlt_pl", "tot_prft_rt", "prsm_dpst_aset_amt")
_OF_A_LOT = (
    *("trde_able_qty", "pur_pric", "pur_amt", "cur_prc", "pred_close_pric", "evlt_amt", "evltv_prft"),
    *("prft_rt", "poss_rt", "sum_cmsn", "tax", "tdy_sellq"),
)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One order in the book. ``kind``: blank, 정정 or 취소. ``left`` waits, ``took`` was confirmed."""

    number: str
    original: str
    kind: str
    quantity: int
    price: int
    channel: str
    at: str
    left: int
    filled: int = 0
    took: int = 0
    dead: bool = False


@dataclass
class Paper:
    """The book of one day. ``fault`` is used up by the next order; ``deaf`` answers no question."""

    clock: datetime
    environment: Environment = Environment.SIMULATOR
    book: dict[str, Sheet] = field(default_factory=dict)
    fault: str = ""
    deaf: bool = False
    sent: list[tuple[str, int]] = field(default_factory=list)

    def now(self) -> datetime:
        return self.clock

    def copied(self) -> "Paper":
        """The same book, to be written on separately."""
        return replace(self, book=dict(self.book), sent=list(self.sent))

    # --- orders -------------------------------------------------------------------------------------------

    def send_once(self, tr_id: str, body: Mapping[str, str], *, reached: Reached = quietly) -> Answer:
        """Carry the order out, or lose it as the fault says; ``reached`` hears of every step."""
        fault, self.fault = self.fault, ""
        for step in _STEPS[:2]:
            try:
                reached(step)
            except Exception as reason:
                raise SendFailed(type(reason).__name__, is_unsent=True, step=step, trouble=reason) from None
        if fault == "unreachable":
            raise SendFailed("ConnectError", is_unsent=True, step=Step.CONNECT)
        self.sent.append((tr_id, int(body.get("ord_uv") or body.get("mdfy_uv") or 0)))
        reached(Step.HALF)
        answer = self._answer(tr_id, body, fault)
        reached(Step.WRITTEN)
        if fault in {"lost_before", "lost_after"}:
            raise SendFailed("ReadTimeout", is_unsent=False, step=Step.WRITTEN)
        reached(Step.ANSWERED)
        return answer

    def _answer(self, tr_id: str, body: Mapping[str, str], fault: str) -> Answer:
        if fault == "expired":
            return _said(tr_id, {"return_code": 3, "return_msg": "[8005:Token이 유효하지 않습니다]"})
        if fault == "refused":
            return _said(tr_id, {"return_code": 20, "return_msg": "[2000](571557:호가단위 오류입니다)"})
        if not LOST.get(fault, True):
            return _said(tr_id, {}, 503)
        told = self._carry_out(tr_id, body)
        return _said(tr_id, {"return_code": 0} if fault == "garbage" else told)

    def _carry_out(self, tr_id: str, body: Mapping[str, str]) -> dict[str, Any]:
        if tr_id in {"kt10000", "kt10001"}:
            sheet = self.enter(int(body["ord_qty"]), int(body["ord_uv"]))
            return {"return_code": 0, "return_msg": "정상", "ord_no": sheet.number}
        old = self.book.get(body["orig_ord_no"])
        if old is None or not old.left:
            return {"return_code": 20, "return_msg": "[2000](RC4033:정정/취소할 수량이 없습니다)"}
        took = min(int(body.get("mdfy_qty") or body.get("cncl_qty") or 0) or old.left, old.left)
        self.book[old.number] = replace(old, left=old.left - took)
        kind = "정정" if tr_id == "kt10002" else "취소"
        left = took if kind == "정정" else 0
        made = self._write(old.number, kind, took, int(body.get("mdfy_uv") or 0), OURS, left, took)
        return {"return_code": 0, "return_msg": "정상", "ord_no": made.number, "base_orig_ord_no": old.number}

    def enter(self, quantity: int, price: int, channel: str = OURS) -> Sheet:
        """A new order, by us or by somebody with a mouse."""
        return self._write("0000000", "", quantity, price, channel, quantity, 0)

    def _write(  # noqa: PLR0917  the columns of a sheet
        self, original: str, kind: str, quantity: int, price: int, channel: str, left: int, took: int
    ) -> Sheet:
        number = f"{len(self.book) + 1:07}"
        at = f"{self.clock:%H:%M:%S}"
        self.book[number] = Sheet(number, original, kind, quantity, price, channel, at, left, 0, took)
        return self.book[number]

    def fill(self, number: str, shares: int) -> None:
        """The market takes some of it."""
        old = self.book[number]
        shares = min(shares, old.left)
        self.book[number] = replace(old, left=old.left - shares, filled=old.filled + shares)

    def kill(self, number: str) -> None:
        """The exchange takes back what is left (F-38)."""
        self.book[number] = replace(self.book[number], left=0, dead=True)

    # --- questions ----------------------------------------------------------------------------------------

    def call(self, tr_id: str, body: Mapping[str, str] | None = None) -> Reply:
        raise NotImplementedError(tr_id)

    def pages(
        self, tr_id: str, body: Mapping[str, str] | None = None, *, most: int | None = None
    ) -> Iterator[Reply]:
        """The holdings (kt00018): one lot, all of it bought today."""
        if self.deaf:
            raise Unreachable("deaf", tr=tr_id)
        if tr_id != "kt00018":
            raise BrokerError("not on paper", tr=tr_id)
        bought = sum(one.filled for one in self.book.values())
        lot = dict.fromkeys(_OF_A_LOT, "0") | {"stk_cd": "A005930", "rmnd_qty": bought, "tdy_buyq": bought}
        lots = [lot] if bought else []
        yield Reply(tr_id, dict.fromkeys(_OF_ALL, "0") | {"acnt_evlt_remn_indv_tot": lots}, "", self.clock)

    def rows(self, tr_id: str, body: Mapping[str, str] | None, list_name: str) -> list[dict[str, Any]]:
        """A list, whole."""
        if self.deaf:
            raise Unreachable("deaf", tr=tr_id)
        told = {"kt00007": self._traced, "ka10075": self._waiting, "ka10076": self._filled}.get(tr_id)
        if told is None:
            raise BrokerError("not on paper", tr=tr_id)
        return told()

    def _traced(self) -> list[dict[str, Any]]:
        return [
            {
                **_common(one),
                "ori_ord": one.original,
                "ord_remnq": one.left,
                "ord_uv": one.price,
                "cntr_uv": one.price if one.filled else 0,
                "mdfy_cncl": one.kind,
                "cnfm_qty": one.took,
                "acpt_tp": "접수",
                "comm_ord_tp": one.channel,
                "io_tp_nm": "현금매수",
                "dmst_stex_tp": "KRX",
            }
            for one in self.book.values()
        ]

    def _waiting(self) -> list[dict[str, Any]]:
        return [_listed(one) | {"tm": one.at} for one in self.book.values() if one.left]

    def _filled(self) -> list[dict[str, Any]]:
        return [_listed(one) | {"ord_tm": one.at} for one in self.book.values() if one.filled]


def _common(one: Sheet) -> dict[str, Any]:
    return {
        "ord_no": one.number,
        "stk_cd": "005930",
        "stk_nm": "삼성전자",
        "trde_tp": "보통",
        "ord_qty": one.quantity,
        "cntr_qty": one.filled,
        "ord_tm": one.at,
    }


def _listed(one: Sheet) -> dict[str, Any]:
    return _common(one) | {
        "orig_ord_no": one.original,
        "io_tp_nm": f"+매수{one.kind}",
        "ord_stt": "접수",
        "ord_pric": one.price,
        "cntr_pric": one.price if one.filled else 0,
        "oso_qty": one.left,
        "tdy_trde_cmsn": 0,
        "tdy_trde_tax": 0,
        "stex_tp_txt": "KRX",
        "sor_yn": "N",
    }


def _said(tr_id: str, fields: Mapping[str, Any], status: int = 200) -> Answer:
    return Answer(tr_id, status, {}, json.dumps(fields, ensure_ascii=False).encode())
