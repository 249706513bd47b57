"""Credit: ka10013 a share's loans by day, ka10033 the ranking, kt20016 and kt20017 what may be bought on it."""

from datetime import date
from decimal import Decimal

from kiwoomweb.broker.wire.writing import day as written_day
from kiwoomweb.broker.wire.writing import plus, prefixed
from kiwoomweb.simulator.boards.board import Line
from kiwoomweb.simulator.flows.classes import ShareClass, class_of
from kiwoomweb.simulator.flows.credit import Kind
from kiwoomweb.simulator.flows.foreigners import listed_shares
from kiwoomweb.simulator.market_facts import Instrument, percent
from kiwoomweb.simulator.replies.asking import Ask, Rows, Said
from kiwoomweb.simulator.replies.flows.formats import MILLION, cut, per_cent, price_fields
from kiwoomweb.simulator.replies.flows.markets import lines_in, venue_asked
from kiwoomweb.simulator.replies.flows.prices import (
    price_now,
    price_on,
    settled_day,
    share_asked,
    share_days,
)
from kiwoomweb.simulator.replies.names import listed_code
from kiwoomweb.simulator.replies.shape import Value

__all__ = ["able", "history", "list_of_able", "top"]

#: 신용조건 of ka10033 -> the class; 9 is any of them.
CLASSES = {"1": "A", "2": "B", "3": "C", "4": "D", "7": "E"}
#: 종목조건 -> the cover a share must ask (or, for 5, must not).
MARGINS = {"6": 100, "7": 40, "8": 30, "9": 20}
MARKETS = {"%": ("KOSPI", "KOSDAQ", "ETF"), "1": ("KOSPI", "ETF"), "0": ("KOSDAQ",)}
PAGE = 100


def history(ask: Ask) -> Said:
    """ka10013, newest first from ``dt`` back; 1 융자, 2 대주. Told when the day's session is over."""
    found = share_asked(ask)
    if found is None:
        return Said(rows=Rows("crd_trde_trend", [], lambda _: {}))
    kind: Kind = "borrowed" if ask.text("qry_tp") == "2" else "loan"
    days = share_days(ask, found[0], None, settled_day(ask, ask.day("dt")))
    return Said(rows=Rows("crd_trde_trend", days, lambda day: _history_row(ask, found[0], day, kind)))


def _history_row(ask: Ask, code: str, day: date, kind: Kind) -> dict[str, Value]:
    market, volume = ask.exchange.market, ask.exchange.flows.traded(code, day, ask.now).bought()
    credit = ask.exchange.flows.credit.on(code, day, kind)
    return {
        "dt": written_day(day),
        **price_fields(price_on(ask, code, day), sign="pred_pre_sig", rate=False),
        "trde_qty": volume,
        "new": credit.new,
        "rpya": credit.repaid,
        "remn": credit.balance,
        "amt": cut(credit.won, MILLION),
        "pre": plus(credit.new - credit.repaid),
        "shr_rt": per_cent(percent(credit.new, volume)),
        "remn_rt": per_cent(percent(credit.balance, listed_shares(market, market.universe.instruments[code]))),
    }


def top(ask: Ask) -> Said:
    """ka10033: by the part of a share's stock that was bought with the broker's money."""
    found, day = [], settled_day(ask)
    market = ask.exchange.market
    for line in lines_in(ask, ask.text("mrkt_tp"), venue_asked(ask)):
        if not _wanted(ask, line):
            continue
        balance = ask.exchange.flows.credit.on(line.about.code, day, "loan").balance
        if balance:
            found.append((percent(balance, listed_shares(market, line.about)), line))
    found.sort(key=lambda one: (-one[0], one[1].about.code))

    def fill(one: tuple[Decimal, Line]) -> dict[str, Value]:
        return {"crd_rt": per_cent(one[0]), **_top_row(ask, one[1])}

    return Said(rows=Rows("crd_rt_upper", found, fill))


def _top_row(ask: Ask, line: Line) -> dict[str, Value]:
    depth = ask.exchange.depth(line.about.code, venue_asked(ask))
    return {
        "stk_infr": 0,
        "stk_cd": line.about.code,
        "stk_nm": line.about.name,
        **price_fields(price_now(line.quote), sign="pred_pre_sig"),
        "sel_req": depth.total_asks,
        "buy_req": depth.total_bids,
        "now_trde_qty": line.quote.volume,
    }


def _wanted(ask: Ask, line: Line) -> bool:
    """거래량구분, 종목조건 (no share here is under administration), 상하한포함 and 신용조건."""
    quote, terms = line.quote, class_of(line.about)
    if quote.volume < int(ask.text("trde_qty_tp")) * 1_000:
        return False
    if ask.text("updown_incls") == "0" and quote.price in (quote.upper_limit, quote.lower_limit):
        return False
    return _margin_wanted(ask.text("stk_cnd"), terms) and _class_wanted(ask.text("crd_cnd"), terms)


def _margin_wanted(condition: str, terms: ShareClass) -> bool:
    if condition == "5":
        return terms.margin != 100
    return condition not in MARGINS or terms.margin == MARGINS[condition]


def _class_wanted(condition: str, terms: ShareClass) -> bool:
    if condition == "9":
        return terms.on_credit
    return condition not in CLASSES or terms.credit == CLASSES[condition]


def list_of_able(ask: Ask) -> Said:
    """kt20016: by class and market, or one share. ``crd_loan_able`` tells of the one asked for, else of any."""
    wanted = ask.text("crd_stk_grde_tp") or "%"
    code = listed_code(ask.text("stk_cd"))[0] if ask.text("stk_cd") else ""
    found = [
        one
        for one in ask.exchange.instruments()
        if one.market in MARKETS[ask.text("mrkt_deal_tp")]
        and class_of(one).on_credit
        and wanted in ("%", class_of(one).credit)
        and code in ("", one.code)
    ]
    words = "연속자료가 존재합니다." if len(found) > PAGE else ""
    rows = Rows("crd_loan_pos_stk", found, lambda one: _able_row(ask, one))
    return Said({"crd_loan_able": "Y" if found else "N"}, rows, words)


def _able_row(ask: Ask, one: Instrument) -> dict[str, Value]:
    before = ask.exchange.market.close_before(one.code, ask.exchange.market.day_at(ask.now))
    terms, close = class_of(one), before.close if before else 0
    return {
        "stk_cd": prefixed(one.code),
        "stk_nm": one.name,
        "crd_assr_rt": f"{terms.cover}%",
        "repl_pric": terms.substitute(close),
        "pred_close_pric": close,
        "crd_limit_over_yn": "N",
        "crd_limit_over_txt": "",
    }


def able(ask: Ask) -> Said:
    """kt20017; blank for a code nobody lists."""
    found = share_asked(ask)
    about = ask.exchange.instrument(found[0]) if found else None
    return Said({"crd_alow_yn": "Y" if class_of(about).on_credit else "N"} if about else {})
