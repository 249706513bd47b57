"""The usual question: a complete body for any TR, as somebody would ask it who has no wish of his own."""

from collections.abc import Mapping
from datetime import date, timedelta

from kiwoomweb.broker.catalogue import TR, Field
from kiwoomweb.broker.wire import writing

__all__ = ["GOLD", "SAMSUNG", "usual_question"]

SAMSUNG = "005930"
#: 금 99.99_1kg.
GOLD = "M04020000"

#: How far back a period begins.
PERIOD = timedelta(days=30)
#: Request fields that begin a period; other days are its end.
BEGINNINGS = frozenset({"strt_dt", "start_dt", "fr_dt"})

#: What to send where neither the choices nor the format tell, by field; as in the guide's samples.
BY_NAME: Mapping[str, str] = {
    "inds_cd": "001",  # 종합(KOSPI)
    "mmcm_cd": "050",  # 키움증권 itself
    "thema_grp_cd": "100",
    "arn_grp_id": "000",
    "date_tp": "10",  # days
    "tm": "60",
    "tm_tp": "1",
    "rank_strt": "1",
    "rank_end": "100",
    "skip_stk": "000000000",  # no kind of share is left out
    **dict.fromkeys(("min_trde_qty", "max_trde_qty", "min_trde_prica", "max_trde_prica"), "0"),
    "prps_cnctr_rt": "20",
    "prpscnt": "10",
    "etfobjt_idex_cd": "207",
    "bsis_aset_cd": "000000000000",
    "ord_qty": "1",
    "mdfy_qty": "0",  # all that remains
    "cncl_qty": "0",
    "uv": "60000",
}

#: … and by TR and field.
BY_TR: Mapping[tuple[str, str], str] = {
    ("ka10052", "stk_cd"): SAMSUNG,
    ("ka10054", "stk_cd"): "",
    ("ka10075", "stk_cd"): "",
    ("ka10084", "tm"): "",
    ("ka10023", "tm_tp"): "2",  # against yesterday
    ("ka10017", "updown_tp"): "2",  # risen; nothing may be at its limit today
    ("ka90001", "thema_nm"): "",
    ("ka10131", "dt"): "5",
    ("ka10038", "dt"): "",
    ("ka10043", "qry_dt_tp"): "0",
    ("ka30002", "isscomp_cd"): "003",
    ("ka30003", "bsis_aset_cd"): "201",
    ("kt10007", "crd_deal_tp"): "33",
}

#: Choices that leave nothing out, as their Korean meaning begins.
_ALL = ("통합", "전체", "(전체)")


def usual_question(tr: TR, today: date | None = None, symbol: str = SAMSUNG) -> dict[str, str]:
    """Every required field filled in; a day stays blank where ``today`` is not given."""
    return {
        field.name: _answer(tr, field, today, symbol)
        for field in tr.request
        if field.kind != "list" and (field.required or (tr.id, field.name) in BY_TR or field.format == "symbol")
    }


def _answer(tr: TR, field: Field, today: date | None, symbol: str) -> str:
    if (tr.id, field.name) in BY_TR:
        return BY_TR[tr.id, field.name]
    if field.format == "symbol":
        return _symbol(tr, field, symbol)
    if field.format == "YYYYMMDD":
        return writing.day(today - PERIOD if today and field.name in BEGINNINGS else today)
    if field.choices and not field.lookup:
        return _choice(field)
    return BY_NAME.get(field.name, "")


def _symbol(tr: TR, field: Field, symbol: str) -> str:
    if field.choices or "금현물" in tr.name:
        return GOLD
    return symbol if field.required else ""


def _choice(field: Field) -> str:
    for beginning in _ALL:
        for code, meaning in field.choices.items():
            if meaning.startswith(beginning):
                return code
    return next(iter(field.choices))
