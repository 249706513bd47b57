"""Inputs: is the body what the guide asks for?

PROTOCOL 11 item 6: the first missing field in spec order is 1511, a malformed value 1517; unknown keys do not
matter. Absent and empty are the same.
"""

import json
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from kiwoomweb.broker.catalogue import TR, Field
from kiwoomweb.simulator.products.fund_list import funds
from kiwoomweb.simulator.refusals import bad_input

__all__ = ["body_of", "checked", "remembered"]

ELW_LISTS = ("ka30001", "ka30004", "ka30005")
UNDERLYINGS = frozenset({"000660", "005380", "035420", "035720"})
INDICES = frozenset(fund.index_code for fund in funds().values())
ISSUERS = frozenset(f"{number:012d}" for number in (3, 5, 6, 12, 17))

#: Values the broker answers although its guide does not list them (PROTOCOL 5.4, 6.13).
ANSWERED_ANYWAY = {
    ("kt00001", "qry_tp"): {"1"},
    ("kt00018", "dmst_stex_tp"): {"%", "SOR"},
    # The guide names four underlyings and the short forms of issuers as examples.
    ("ka40004", "trace_idex"): INDICES,
    **{(tr, "bsis_aset_cd"): UNDERLYINGS for tr in ELW_LISTS},
    **{(tr, name): ISSUERS for tr in ELW_LISTS for name in ("isscomp_cd", "lpcd")},
}
#: 거래소구분 of any TR: 0 behaves like 1 where the guide lists no 0 (PROTOCOL 5.4).
ANY_VENUE = "stex_tp"

LONGEST = 400
#: Where a period begins, and the single day of an order list.
DAYS = frozenset({"strt_dt", "ord_dt"})
#: A day before every account.
FORGOTTEN = "19700101"


def body_of(raw: bytes) -> dict[str, Any]:
    """The JSON object of a request; an empty body is an empty object. Raises 1517 for anything else."""
    if not raw.strip():
        return {}
    try:
        body = json.loads(raw)
    except ValueError:
        raise bad_input("1517", "body", "JSON 형식이 아닙니다") from None
    if not isinstance(body, dict):
        raise bad_input("1517", "body", "JSON 객체가 아닙니다")
    return body


def checked(tr: TR, body: Mapping[str, Any]) -> dict[str, str]:
    """The fields the guide knows, as text, checked for form and against the listed values (1511, 1517)."""
    known = {field.name: _as_text(field.name, body.get(field.name)) for field in tr.request}
    for field in tr.request:
        if field.required and not known[field.name]:
            raise bad_input("1511", field.name)
    for field in tr.request:
        if known[field.name] and (reason := _wrong(tr, field, known[field.name])):
            raise bad_input("1517", field.name, reason)
    return known


def remembered(body: dict[str, str], days: int | None, today: date) -> dict[str, str]:
    """The body as a host understands it that looks back only so many ``days`` (``None``: for ever).

    A period begins no earlier than that; a single day before it becomes one that nobody remembers.
    """
    if days is None:
        return body
    earliest = f"{today - timedelta(days=days):%Y%m%d}"
    older = {name: value for name, value in body.items() if name in DAYS and value and value < earliest}
    return {**body, **{name: FORGOTTEN if name == "ord_dt" else earliest for name in older}}


def _as_text(name: str, value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise bad_input("1517", name, "문자열이 아닙니다")
    return str(value).strip()


def _wrong(tr: TR, field: Field, value: str) -> str:
    if len(value) > LONGEST and tr.id != "ka10095":
        return "길이를 초과하였습니다"
    if field.format == "YYYYMMDD" and not _is_day(value):
        return "날짜 형식(YYYYMMDD)이 아닙니다"
    if field.format == "number" and not _is_number(value):
        return "숫자가 아닙니다"
    allowed = field.choices.keys() | ANSWERED_ANYWAY.get((tr.id, field.name), set())
    if field.name == ANY_VENUE:
        allowed = allowed | {"0"}
    # Where another TR knows the values (업종코드), the guide's own list is only a beginning of them.
    if field.choices and not field.lookup and value not in allowed:
        return "허용되지 않는 값입니다"
    return ""


def _is_number(value: str) -> bool:
    digits = value.removeprefix("-")
    return digits.isascii() and digits.isdecimal()


def _is_day(value: str) -> bool:
    if len(value) != 8 or not (value.isascii() and value.isdecimal()):
        return False
    try:
        date(int(value[:4]), int(value[4:6]), int(value[6:]))
    except ValueError:
        return False
    return True
