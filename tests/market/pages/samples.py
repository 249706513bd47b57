"""Replies of any TR, made from the catalogue: three rows whose every field has a value of its kind."""

from datetime import datetime
from typing import Any

from kiwoomweb.broker.catalogue import TR, Field, find
from kiwoomweb.broker.domain import SEOUL
from kiwoomweb.broker.protocol import Reply
from kiwoomweb.broker.reading import Kind, columns_of

__all__ = ["AT", "NAMES", "reply"]

AT = datetime(2026, 11, 25, 10, 30, 5, tzinfo=SEOUL)
NAMES = (("005930", "삼성전자"), ("000660", "SK하이닉스"), ("00104K", "CJ4우(전환)"))
TEXTS: dict[Kind, tuple[str, str, str]] = {
    Kind.PRICE: ("+72400", "-71000", "68500"),
    Kind.POINTS: ("+2874.53", "-801.20", "512.00"),
    Kind.WON: ("1200", "-3400", "0"),
    Kind.COUNT: ("11800000", "-52000", "0"),
    Kind.RATE: ("+1.52", "-0.96", "0.00"),
    Kind.NUMBER: ("12.5", "-3", "0"),
    Kind.TRADED: ("+12", "-300", "7"),
    Kind.DAY: ("20261125", "20261124", "20261123"),
    Kind.CLOCK: ("103000", "102959", "090001"),
    Kind.MOMENT: ("20261125103000", "20261125102900", "20261125090000"),
    Kind.ORDER_NO: ("0000001", "0000002", "0000003"),
    Kind.TEXT: ("가나", "다라", "마바"),
    Kind.CHOICE: ("1", "2", "3"),
}


def reply(tr_id: str, rows: int = 3) -> Reply:
    """What the broker might say to any question of this TR."""
    tr = find(tr_id)
    told: dict[str, Any] = {"return_code": 0, "return_msg": "정상적으로 처리되었습니다"}
    told |= {field.name: _text(tr, field, 0) for field in tr.response if field.kind != "list"}
    for field in tr.lists:
        told[field.name] = [{part.name: _text(tr, part, n % 3) for part in field.fields} for n in range(rows)]
    return Reply(tr_id, told, "", AT)


def _text(tr: TR, field: Field, n: int) -> str:
    if field.name.endswith("stk_cd"):
        return NAMES[n][0]
    if field.name.endswith("stk_nm"):
        return NAMES[n][1]
    if field.name == "inds_cd":
        return ("001", "013", "021")[n]
    columns = columns_of([field], tr)
    return (
        TEXTS[columns[0].kind if columns else Kind.TEXT][n] if not field.choices else next(iter(field.choices))
    )
