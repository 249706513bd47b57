"""Sectors: ka10051, what each kind of investor bought net of every 업종, added up over its shares."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from kiwoomweb.broker.wire.writing import directed, plus, scaled
from kiwoomweb.simulator.flows.traded import FOREIGN, INDIVIDUAL, INSTITUTIONS, Group, Investor, Traded, summed
from kiwoomweb.simulator.market_facts import percent
from kiwoomweb.simulator.replies.asking import Ask, Rows, Said
from kiwoomweb.simulator.replies.flows.formats import HUNDRED_MILLION, THOUSAND, cut
from kiwoomweb.simulator.replies.flows.markets import traded_on, venue_asked
from kiwoomweb.simulator.replies.flows.prices import board_day, last_days
from kiwoomweb.simulator.replies.shape import Value
from kiwoomweb.simulator.replies.text import direction

__all__ = ["net_bought"]

COLUMNS: Mapping[str, Group] = {
    "sc_netprps": (Investor.DEALER,),
    "insrnc_netprps": (Investor.INSURER,),
    "invtrt_netprps": (Investor.TRUST,),
    "bank_netprps": (Investor.BANK,),
    "jnsinkm_netprps": (Investor.OTHER_FINANCE,),
    "endw_netprps": (Investor.PENSION,),
    "etc_corp_netprps": (Investor.CORPORATION,),
    "ind_netprps": INDIVIDUAL,
    "frgnr_netprps": FOREIGN,
    "native_trmt_frgnr_netprps": (Investor.RESIDENT_FOREIGN,),
    "natn_netprps": (Investor.STATE,),
    "samo_fund_netprps": (Investor.PRIVATE_FUND,),
    "orgn_netprps": INSTITUTIONS,
}
MARKETS = {"0": "KOSPI", "1": "KOSDAQ"}


def net_bought(ask: Ask) -> Said:
    """ka10051: in 억원 (0) or 천주 (1). Index levels and rates come a hundred times as large."""
    market = MARKETS[ask.text("mrkt_tp")]
    day = last_days(ask, 1, ask.day("base_dt") or board_day(ask))[0]
    members, venue = ask.exchange.market.daily.membership, venue_asked(ask)
    rows = [
        (code, name, summed(traded_on(ask, one.code, day, venue) for one in members.of(code)))
        for code, name, its_market in ask.exchange.sectors()
        if its_market == market
    ]
    return Said(rows=Rows("inds_netprps", rows, lambda row: _row(ask, day, *row)))


def _row(ask: Ask, day: date, code: str, name: str, traded: Traded) -> dict[str, Value]:
    level, base = _levels(ask, code, day)
    rate = percent(level - base, base)
    return {
        "inds_cd": code,
        "inds_nm": name,
        "cur_prc": directed(level, base),
        "pre_smbol": direction(level, base),
        "pred_pre": plus(level - base),
        "flu_rt": _hundredfold(rate),
        "trde_qty": traded.bought(),
        **_nets(ask, traded),
    }


def _nets(ask: Ask, traded: Traded) -> dict[str, Value]:
    if ask.text("amt_qty_tp") == "1":
        return {name: plus(cut(traded.net(group), THOUSAND)) for name, group in COLUMNS.items()}
    return {name: plus(cut(traded.net_won(group), HUNDRED_MILLION)) for name, group in COLUMNS.items()}


def _levels(ask: Ask, code: str, day: date) -> Sequence[int]:
    """The index and the day before's, in hundredths of a point."""
    market = ask.exchange.market
    base = market.base(code, day)
    if day == board_day(ask):
        index = ask.exchange.index(code)
        return (int(index.level * 100) if index else base), base
    bar = market.daily.series(code, day).on(day)
    return (bar.close if bar else base), base


def _hundredfold(rate: Decimal) -> str:
    text = scaled(rate)
    return f"+{text}" if rate > 0 else text
