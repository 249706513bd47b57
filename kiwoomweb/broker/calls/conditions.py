"""Condition searches (조건검색): the questions for the socket, and what its answers mean.

Asked over the one socket of an account, by ``Stream.ask`` or through the door of another process, so questions
and readings are apart::

    found = conditions(await stream.ask(LIST_CONDITIONS))             # ka10171
    hits = hits_of(await stream.ask(search(found[0].number)))         # ka10172
    inside = symbols_of(await stream.ask(watch(found[0].number)))     # ka10173, then ScreenerEvents
    await stream.ask(unwatch(found[0].number))                        # ka10174
"""

from collections.abc import Mapping
from typing import Any

from kiwoomweb.broker.domain import Condition, ConditionHit, Symbol
from kiwoomweb.broker.errors import Unreadable
from kiwoomweb.broker.wire.names import symbol as code
from kiwoomweb.broker.wire.numbers import count, price, scaled, won
from kiwoomweb.broker.wire.row import Row

__all__ = ["LIST_CONDITIONS", "conditions", "hits_of", "next_of", "search", "symbols_of", "unwatch", "watch"]

Question = Mapping[str, str]
Answer = Mapping[str, Any]

#: 조건검색 목록조회 (ka10171).
LIST_CONDITIONS: Question = {"trnm": "CNSRLST"}

#: The rate of a hit is written times a thousand (PROTOCOL 8.8).
THOUSANDTHS = 1000


def search(number: str, *, next_key: str = "") -> Question:
    """조건검색 요청 일반 (ka10172): who fulfils it now; ``next_key`` asks for the next page."""
    paging = {"cont_yn": "Y" if next_key else "N", "next_key": next_key}
    return {"trnm": "CNSRREQ", "seq": number, "search_type": "0", "stex_tp": "K", **paging}


def watch(number: str) -> Question:
    """조건검색 요청 실시간 (ka10173): who fulfils it now, and from then on who comes and goes (type 02)."""
    return {"trnm": "CNSRREQ", "seq": number, "search_type": "1", "stex_tp": "K"}


def unwatch(number: str) -> Question:
    """조건검색 실시간 해제 (ka10174)."""
    return {"trnm": "CNSRCLR", "seq": number}


def conditions(answer: Answer) -> list[Condition]:
    """The answer to ``LIST_CONDITIONS``: rows are arrays by place, though objects are documented (5.8)."""
    return [_condition(row) for row in answer["data"]]


def _condition(row: Any) -> Condition:
    if isinstance(row, list) and len(row) >= 2:
        row = {"seq": row[0], "name": row[1]}
    fields = _fields(row, "ka10171")
    return Condition(fields.text("seq"), fields.text("name"))


def hits_of(answer: Answer) -> list[ConditionHit]:
    """The answer to ``search``."""
    rows = (_fields(row, "ka10172") for row in answer["data"])
    return [_hit(row) for row in rows if not row.blank()]


def _hit(row: Row) -> ConditionHit:
    rate = row.may(lambda text: scaled(text, by=THOUSANDTHS), "12")
    return ConditionHit(
        symbol=row.need(code, "9001"),
        name=row.text("302"),
        price=row.may(price, "10"),
        change=row.may(won, "11"),
        change_rate=rate,
        volume=row.may(count, "13"),
        open=row.may(price, "16"),
        high=row.may(price, "17"),
        low=row.may(price, "18"),
    )


def symbols_of(answer: Answer) -> list[Symbol]:
    """The answer to ``watch``: who fulfils the condition as the watch begins."""
    return [_fields(row, "ka10173").need(code, "jmcode") for row in answer["data"]]


def next_of(answer: Answer) -> str:
    """The key of the next page; blank on the last."""
    key = answer.get("next_key", "") if answer.get("cont_yn") == "Y" else ""
    return str(key)


def _fields(row: Any, tr: str) -> Row:
    if not isinstance(row, dict):
        raise Unreadable(f"data: not a row: {ascii(row)[:40]}", tr=tr)
    return Row(tr, row)
