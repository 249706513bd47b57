"""Company: the part of ka10001 that is not a price: fundamentals, ownership, weight in the market."""

from datetime import date
from decimal import Decimal

from kiwoomweb.broker.wire.writing import eoks, plain, plus
from kiwoomweb.simulator.boards.company import Company
from kiwoomweb.simulator.flows.classes import class_of
from kiwoomweb.simulator.market_facts import Instrument, Quote, percent
from kiwoomweb.simulator.replies.asking import Ask
from kiwoomweb.simulator.replies.shape import Value

__all__ = ["facts_of"]

#: Nearly every Korean company closes its books in December.
CLOSES_IN = "12"


def facts_of(ask: Ask, about: Instrument, quote: Quote) -> dict[str, Value]:
    flows, today, shares = ask.exchange.flows, ask.exchange.board.day(ask.now), about.shares
    company = ask.exchange.companies.of(about, today)
    return {
        "crd_rt": plus(percent(flows.loans(about.code, today, ask.now).balance, shares)),
        "mac_wght": str(_weight(ask, about, today)),
        "for_exh_rt": plus(flows.holding(about.code, today, ask.now).used),
        "repl_pric": class_of(about).substitute(quote.previous_close),
        **(_fundamentals(company, quote, shares) if company else {}),
    }


def _fundamentals(company: Company, quote: Quote, shares: int) -> dict[str, Value]:
    """Blank for a fund, which has no company behind it; PER and EV are blank in a loss."""
    tradable = int(shares * company.float_rate / 100)
    return {
        "setl_mm": CLOSES_IN,
        "per": plain(company.per(quote.price)),
        "eps": company.eps,
        "roe": str(company.roe),
        "pbr": str(company.pbr(quote.price)),
        "ev": plain(company.ev_ratio(quote.price * shares)),
        "bps": company.bps,
        "sale_amt": eoks(company.sales),
        "bus_pro": eoks(company.operating),
        "cup_nga": eoks(company.net),
        "dstr_stk": tradable,
        "dstr_rt": plus(company.float_rate),
    }


def _weight(ask: Ask, about: Instrument, today: date) -> Decimal:
    """시가총액비중 in percent of the share's market, by yesterday's closes: it moves once a day."""
    caps = ask.exchange.board.caps(about.market, today)
    return percent(caps.get(about.code, 0), sum(caps.values()))
