"""Suggestions: a body for any TR that may be sent as it stands, for whoever has nothing better to ask yet."""

from collections.abc import Mapping
from datetime import date, timedelta

from kiwoomweb.broker.catalogue import TR, Field

__all__ = ["suggested"]

#: Where a period begins when nobody says: a month back is on every broker's shelf.
BACK = timedelta(days=30)
BEGINNINGS = frozenset({"strt_dt", "start_dt", "fr_dt"})

#: What a required field without listed choices may hold.
PLAIN = {
    "date_tp": "10",
    "etfobjt_idex_cd": "207",
    "bsis_aset_cd": "201",
    "max_trde_prica": "0",
    "max_trde_qty": "0",
    "min_trde_prica": "0",
    "min_trde_qty": "0",
    "prps_cnctr_rt": "50",
    "prpscnt": "10",
    "rank_end": "100",
    "rank_strt": "1",
    "skip_stk": "000000000",
    "tm": "5",
    "tm_tp": "5",
    "uv": "10000",
}
#: The choice that serves most people where it is neither the first nor called 전체.
BETTER = {"upd_stkpc_tp": "1"}
#: Groups whose 종목 are no shares: an index fund stands for the ETFs.
OWN_SYMBOLS = {"ETF": "069500", "ELW": "", "0G": "069500", "0m": "", "0u": ""}
LOOKED_UP = {"ka10101": "001", "ka10171": "0"}


def suggested(tr: TR, today: date, symbol: str) -> dict[str, str]:
    """Wire name -> text for every field of the request; optional ones blank. ``symbol`` is any share's code.

    A field only a person can know (an order number, a member firm, a theme, an ELW) is blank, too.
    """
    return {item.name: _suggestion(tr, item, today, symbol) for item in tr.request if item.kind != "list"}


def _suggestion(tr: TR, item: Field, today: date, symbol: str) -> str:
    if not item.required:
        return ""
    if item.format == "symbol":
        return _symbol(tr, item, symbol)
    if item.format == "YYYYMMDD":
        return f"{today - BACK if item.name in BEGINNINGS else today:%Y%m%d}"
    if item.choices:
        return BETTER.get(item.name) or _choice(item.choices)
    return LOOKED_UP.get(item.lookup) or PLAIN.get(item.name, "")


def _symbol(tr: TR, item: Field, symbol: str) -> str:
    """Gold is known by its own codes, which some chapters of the guide forget to list."""
    if item.choices:
        return next((code for code in item.choices if code.startswith("M")), "M04020000")
    return OWN_SYMBOLS.get(tr.id, OWN_SYMBOLS.get(tr.group, symbol))


def _choice(choices: Mapping[str, str]) -> str:
    everything = (code for code, meaning in choices.items() if meaning.startswith(("전체", "(전체")))
    return next(everything, next(iter(choices)))
