"""Warrants live: 0m theory and sensitivities, 0u ratios, looked at once a second."""

from collections.abc import Mapping

from kiwoomweb.broker.wire.writing import clock, day, directed
from kiwoomweb.simulator.exchange import Exchange
from kiwoomweb.simulator.products.warrants import WarrantLine
from kiwoomweb.simulator.replies.products.elw_words import fulcrum, iv, number
from kiwoomweb.simulator.replies.shape import Value

__all__ = ["beside_quote", "ratios", "theory"]


def theory(exchange: Exchange, item: str) -> Mapping[str, Value] | None:
    """0m ELW 이론가."""
    line = _line(exchange, item)
    if line is None:
        return None
    worth, quote = line.valued, line.quote
    return {
        "20": clock(quote.traded_at),
        "10": directed(quote.price, quote.base_price),
        "670": number(worth.theory),
        "671": number(iv(worth.implied)),
        "672": number(worth.greeks.delta / worth.warrant.ratio, 6),
        "673": number(worth.greeks.gamma / worth.warrant.ratio, 6),
        "674": number(worth.greeks.theta, 6),
        "675": number(worth.greeks.vega, 6),
        "676": number(worth.greeks.rho, 6),
        "706": number(iv(worth.lp_volatility)),
    }


def ratios(exchange: Exchange, item: str) -> Mapping[str, Value] | None:
    """0u ELW 지표."""
    line = _line(exchange, item)
    if line is None:
        return None
    worth = line.valued
    return {
        "20": clock(line.quote.traded_at),
        "666": number(worth.parity),
        "1211": number(worth.premium),
        "667": number(worth.gearing),
        "668": number(worth.break_even_rate),
        "669": number(fulcrum(worth.capital_fulcrum)),
    }


def beside_quote(exchange: Exchange, code: str) -> Mapping[str, Value]:
    """What ka10095 says of a warrant beyond its quote; nothing for anything else."""
    line = _line(exchange, code) if exchange.instrument(code) is None else None
    if line is None:
        return {}
    one, worth = line.warrant, line.valued
    return {
        "prty": number(worth.parity),
        "gear": number(worth.gearing),
        "pl_qutr": number(worth.break_even_rate),
        "cap_support": number(fulcrum(worth.capital_fulcrum)),
        "elwexec_pric": number(one.strike),
        "cnvt_rt": number(one.ratio, 4),
        "elwexpr_dt": day(one.expires),
        "theory_pric": number(worth.theory),
        "innr_vltl": number(iv(worth.implied)),
        "delta": number(worth.greeks.delta / one.ratio, 6),
        "gam": number(worth.greeks.gamma / one.ratio, 6),
        "theta": number(worth.greeks.theta, 6),
        "vega": number(worth.greeks.vega, 6),
        "law": number(worth.greeks.rho, 6),
    }


def _line(exchange: Exchange, item: str) -> WarrantLine | None:
    one = exchange.products.warrants.find(item)
    return exchange.products.warrants.line(one) if one else None
