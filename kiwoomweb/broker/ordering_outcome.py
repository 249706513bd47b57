"""The outcome of one send: what may be believed of it. Pure, and UNKNOWN unless something is proved (R3).

    NOT_SENT  no byte left: no name, no line, no TLS, withdrawn before the first write
    REJECTED  an explicit no that is proved to come before the order book
    ACCEPTED  HTTP 200, ``return_code`` 0 and an order number of one to seven digits
    UNKNOWN   everything else: silence, a cut line, 3xx, 5xx, HTML, a half JSON, a no whose code proves nothing

A refusal whose code is not on the list is UNKNOWN with ``is_refused``: one complete look at the broker's own
list that does not show the order settles it. Which ledger codes prove anything on Kiwoom's hosts only
experiments can say (order_safety Q5); of the simulator we know, because we wrote it.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import httpx

from kiwoomweb.broker.environment import Environment
from kiwoomweb.broker.order_answers import Answer, SendFailed, Step
from kiwoomweb.broker.refusals import code_in

__all__ = ["PROVED", "VERIFIED", "Judgement", "NotAccepted", "Outcome", "classify", "judge"]


class Outcome(StrEnum):
    NOT_SENT = "not_sent"
    REJECTED = "rejected"
    ACCEPTED = "accepted"
    UNKNOWN = "unknown"


#: Gateway codes that are answered before anything reaches the ledger (PROTOCOL 2.4).
PROVED = frozenset(
    {
        *("1700", "1701", "1702"),
        *("8005", "8010", "8030", "8031", "8040", "8050", "8103"),
        *("1501", "1504", "1505", "1511", "1512", "1513", "1514", "1515", "1516", "1517"),
    }
)
#: Ledger and symbol codes the simulator gives without touching its books.
_SIMULATED = frozenset(
    {
        *("855056", "800033", "571557", "308003", "407022", "571357", "521790", "571412", "571435", "506550"),
        *("509193", "509247", "1901", "1902", "1903", "8104", "RC4003", "RC4007", "RC4010", "RC4025", "RC4026"),
        *("RC4027", "RC4032", "RC4033", "RC4057", "RC4058", "RC4061", "RC9000"),
    }
)
#: By environment: further codes of which it is verified that no order exists after them.
VERIFIED: Mapping[Environment, frozenset[str]] = {
    Environment.LIVE: frozenset(),
    Environment.PAPER: frozenset(),
    Environment.SIMULATOR: _SIMULATED,
}

#: What httpx raises only before the first byte; see ``sending``.
_UNSENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol)
#: An order number as the guide shows it: seven digits, or fewer without their zeros.
MOST_DIGITS = 7


@dataclass(frozen=True, slots=True)
class Judgement:
    """What came of one send. ``said`` and ``code`` are the broker's own; ``order_no`` only when ACCEPTED.

    ``cause`` names what happened where no answer came; ``step`` how far the send got.
    """

    outcome: Outcome
    code: str = ""
    said: str = ""
    status: int | None = None
    order_no: str = ""
    is_refused: bool = False
    cause: str = ""
    step: Step | None = None
    trouble: BaseException | None = None


class NotAccepted(Exception):
    """An order that is not known to be accepted; ``judgement`` says what is known of it."""

    def __init__(self, judgement: Judgement, tr: str = "") -> None:
        why = judgement.code or judgement.cause or judgement.status
        super().__init__(f"{tr or '?'} {judgement.outcome}: {why} {judgement.said}"[:500])
        self.judgement, self.tr = judgement, tr

    @property
    def outcome(self) -> Outcome:
        return self.judgement.outcome


def classify(told: Answer | BaseException, environment: Environment = Environment.LIVE) -> Outcome:
    """The outcome alone. Anything this function does not know is UNKNOWN."""
    return judge(told, environment).outcome


def judge(told: Answer | BaseException, environment: Environment = Environment.LIVE) -> Judgement:
    """What may be believed of an answer, or of whatever came instead of one."""
    if isinstance(told, Answer):
        return _of_answer(told, PROVED | VERIFIED[environment])
    if isinstance(told, NotAccepted):
        return told.judgement
    if isinstance(told, SendFailed):
        outcome = Outcome.NOT_SENT if told.is_unsent else Outcome.UNKNOWN
        return Judgement(outcome, code=told.code, cause=told.cause, step=told.step, trouble=told.trouble)
    outcome = Outcome.NOT_SENT if isinstance(told, _UNSENT) else Outcome.UNKNOWN
    return Judgement(outcome, cause=type(told).__name__)


def _of_answer(answer: Answer, proved: frozenset[str]) -> Judgement:
    fields = _object(answer.content)
    said = str(fields.get("return_msg", "")).strip()[:500]
    number, order_no = _return_code(fields), _order_no(fields)
    code = code_in(said)
    if not code and number is not None and str(number) in proved:  # a code as the return_code itself was seen
        code = str(number)

    def known(outcome: Outcome, *, is_refused: bool = False) -> Judgement:
        kept = order_no if outcome is Outcome.ACCEPTED else ""
        return Judgement(outcome, code, said, answer.status, kept, is_refused, step=Step.ANSWERED)

    if answer.status == 200 and number == 0 and order_no:
        return known(Outcome.ACCEPTED)
    if number == 0 or str(_blank(fields.get("ord_no"))).strip():
        return known(Outcome.UNKNOWN)  # it says yes, or names an order, and yet something is wrong
    if answer.status == 429:
        return known(Outcome.REJECTED)
    if number is None or not _may_refuse(answer.status):
        return known(Outcome.UNKNOWN)
    if code in proved:
        return known(Outcome.REJECTED)
    return known(Outcome.UNKNOWN, is_refused=answer.status == 200 and code != "1999")


def _may_refuse(status: int) -> bool:
    """Whether a body under this status may prove a refusal: 200 as the guide has it, and 4xx but a timeout."""
    return status == 200 or (400 <= status < 500 and status != 408)


def _object(content: bytes) -> Mapping[str, Any]:
    try:
        fields = json.loads(content, parse_float=str, parse_constant=str)
    except (ValueError, RecursionError):
        return {}
    return fields if isinstance(fields, dict) else {}


def _return_code(fields: Mapping[str, Any]) -> int | None:
    """The coarse code, a number or its digits; ``None`` when it is neither: then this is no answer."""
    raw = fields.get("return_code")
    if isinstance(raw, bool) or not isinstance(raw, int | str):
        return None
    text = str(raw).strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 6 else None


def _blank(value: object) -> object:
    return "" if value is None else value


def _order_no(fields: Mapping[str, Any]) -> str:
    """The order number with all its zeros, or nothing where it is none."""
    raw = fields.get("ord_no")
    text = raw.strip() if isinstance(raw, str) else ""
    good = text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS and text.strip("0")
    return text.zfill(MOST_DIGITS) if good else ""
