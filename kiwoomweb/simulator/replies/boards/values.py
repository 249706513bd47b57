"""Values: ka10026 cheap and dear by PER, PBR or ROE, ka10025 where a share's volume lies."""

from collections.abc import Callable, Mapping
from decimal import Decimal

from kiwoomweb.broker.wire.writing import directed, plus
from kiwoomweb.simulator.boards.board import Line
from kiwoomweb.simulator.boards.company import Company
from kiwoomweb.simulator.boards.shelves import Shelf, shelves
from kiwoomweb.simulator.market_facts import percent
from kiwoomweb.simulator.replies.asking import Ask, Rows, Said
from kiwoomweb.simulator.replies.boards.lists import face, lines, number
from kiwoomweb.simulator.replies.shape import Value

__all__ = ["by_value", "concentrated"]

#: PER구분 -> what is compared, and whether the largest comes first. A loss has no PER and no place in 3 and 4.
KINDS: Mapping[str, tuple[Callable[[Company, int], Decimal | None], bool]] = {
    "1": (Company.pbr, False),
    "2": (Company.pbr, True),
    "3": (Company.per, False),
    "4": (Company.per, True),
    "5": (lambda company, _: company.roe, False),
    "6": (lambda company, _: company.roe, True),
}


def by_value(ask: Ask) -> Said:
    """ka10026. The column is PER whatever was asked for, blank where the company lost money."""
    look, descending = KINDS[ask.text("pertp")]
    valued = []
    for line in lines(ask):
        company = ask.exchange.companies.of(line.about, ask.today)
        value = look(company, line.quote.price) if company else None
        if company and value is not None:
            valued.append((value, line, company))
    valued.sort(key=lambda one: one[0], reverse=descending)
    return Said(rows=Rows("high_low_per", valued, lambda one: _valued(ask, one[1], one[2])))


def _valued(ask: Ask, line: Line, company: Company) -> Mapping[str, Value]:
    book = ask.exchange.board.book(line)
    return {
        **face(line),
        "per": company.per(line.quote.price),
        "now_trde_qty": line.quote.volume,
        "sel_bid": directed(book.asks[0].price, line.quote.base_price),
    }


def concentrated(ask: Ask) -> Said:
    """ka10025: price bands that hold at least ``prps_cnctr_rt`` percent of ``cycle_tp`` days' volume.

    ``prpscnt`` bands lie between the period's low and high. With ``cur_prc_entry`` 1 only those count that
    the price stands in now, with 0 only the others.
    """
    least, count = number(ask, "prps_cnctr_rt", 100), max(number(ask, "prpscnt", 100), 1)
    inside, days = ask.text("cur_prc_entry") == "1", int(ask.text("cycle_tp"))
    found: list[tuple[Line, Shelf, Decimal]] = []
    for line in lines(ask):
        bands = shelves(ask.exchange.board.past(line.code, ask.now, days), count)
        whole = sum(shelf.volume for shelf in bands)
        for shelf in bands:
            share = percent(shelf.volume, whole)
            if share >= least and shelf.volume and shelf.holds(line.quote.price) == inside:
                found.append((line, shelf, share))
    found.sort(key=lambda one: -one[2])
    return Said(rows=Rows("prps_cnctr", found, lambda one: _concentrated(*one)))


def _concentrated(line: Line, shelf: Shelf, share: Decimal) -> Mapping[str, Value]:
    return {
        **face(line),
        "now_trde_qty": line.quote.volume,
        "pric_strt": shelf.low,
        "pric_end": shelf.high,
        "prps_qty": shelf.volume,
        "prps_rt": plus(share),
    }
