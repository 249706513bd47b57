"""Lists: which lines of the board a request asks for, and the columns every market list begins with."""

from collections.abc import Callable, Collection, Mapping, Sequence

from kiwoomweb.broker.domain import Venue
from kiwoomweb.broker.wire.writing import directed, plus
from kiwoomweb.simulator.boards.amounts import band
from kiwoomweb.simulator.boards.board import Line
from kiwoomweb.simulator.boards.conditions import credit_condition, share_condition
from kiwoomweb.simulator.market_facts import Quote
from kiwoomweb.simulator.refusals import bad_input
from kiwoomweb.simulator.replies.asking import Ask
from kiwoomweb.simulator.replies.shape import Value
from kiwoomweb.simulator.replies.text import direction

__all__ = ["MARKETS", "best", "change", "choice", "face", "lines", "number", "quote_sign", "traded", "venue"]

Filter = Callable[[Line], bool]

#: 거래소구분 of market TRs; 0 behaves like 1 (PROTOCOL 5.4).
VENUES = {"2": Venue.NXT, "3": Venue.ALL}
#: 시장구분. Funds are listed on KOSPI; the broker's list of "코스피" holds them, too.
MARKETS = {"001": {"KOSPI", "ETF"}, "101": {"KOSDAQ"}}
KOSPI200 = "201"


def venue(ask: Ask) -> Venue:
    return VENUES.get(ask.text("stex_tp"), Venue.KRX)


def choice(ask: Ask, name: str) -> str:
    """The guide's words for what was chosen, blank where it has none."""
    field = next(field for field in ask.tr.request if field.name == name)
    return field.choices.get(ask.text(name), "")


def number(ask: Ask, name: str, most: int, *, least: int = 0, empty: int = 0) -> int:
    """A whole number of the request within its bounds; 1517 for anything else."""
    text = ask.text(name)
    if not text:
        return empty
    if not (text.isascii() and text.isdecimal() and least <= int(text) <= most):
        raise bad_input("1517", name, f"{least}~{most} 사이의 숫자가 아닙니다")
    return int(text)


def lines(ask: Ask, *, leaving: Collection[str] = ()) -> list[Line]:
    """The lines every filter of the request lets through, by code, but for the filters named in ``leaving``."""
    asked = [field.name for field in ask.tr.request if field.name in FILTERS and field.name not in leaving]
    filters = [FILTERS[name](ask, name) for name in asked]
    board = ask.exchange.board.lines(ask.now, venue(ask))
    return [line for line in board if all(lets(line) for lets in filters)]


def traded(found: Sequence[Line]) -> list[Line]:
    """Those that have traded on the board's day."""
    return [line for line in found if line.quote.volume]


def face(line: Line, *, rate: bool = True) -> dict[str, Value]:
    """종목코드, 종목명, 현재가, 전일대비 and their signs."""
    return {
        "stk_cd": line.code,
        "stk_nm": line.about.name,
        "cur_prc": directed(line.quote.price, line.quote.base_price),
        "pred_pre_sig": quote_sign(line.quote),
        **change(line.quote, rate=rate),
    }


def change(quote: Quote, *, rate: bool = True) -> dict[str, Value]:
    told: dict[str, Value] = {"pred_pre": plus(quote.change)}
    return told | {"flu_rt": plus(quote.change_rate)} if rate else told


def quote_sign(quote: Quote) -> str:
    return direction(quote.price, quote.base_price, quote.upper_limit, quote.lower_limit)


def best(ask: Ask, line: Line, *, sizes: bool = False, prices: bool = True) -> Mapping[str, Value]:
    """The first step of the book: 매도호가 and 매수호가, their sizes if wanted."""
    book, base = ask.exchange.board.book(line), line.quote.base_price
    told: dict[str, Value] = {}
    if prices:
        told |= {"sel_bid": directed(book.asks[0].price, base), "buy_bid": directed(book.bids[0].price, base)}
    if sizes:
        told |= {"sel_req": book.asks[0].size, "buy_req": book.bids[0].size}
    return told


def _market(ask: Ask, name: str) -> Filter:
    asked = ask.text(name)
    if asked == KOSPI200:
        codes = {one.code for one in ask.exchange.market.daily.membership.of(KOSPI200)}
        return lambda line: line.code in codes
    wanted = MARKETS.get(asked)
    return lambda line: wanted is None or line.about.market in wanted


def _shares(ask: Ask, name: str) -> Filter:
    lets = share_condition(choice(ask, name))
    return lambda line: lets(line.about)


def _credit(ask: Ask, name: str) -> Filter:
    lets = credit_condition(choice(ask, name), ask.exchange.board.day(ask.now))
    return lambda line: lets(line.about)


def _price(ask: Ask, name: str) -> Filter:
    wanted = band(choice(ask, name))
    return lambda line: wanted.holds(line.quote.price)


def _volume(ask: Ask, name: str) -> Filter:
    wanted = band(choice(ask, name))
    return lambda line: wanted.holds(line.quote.volume)


def _turnover(ask: Ask, name: str) -> Filter:
    wanted = band(choice(ask, name))
    return lambda line: wanted.holds(line.quote.turnover)


def _limits(ask: Ask, name: str) -> Filter:
    """상하한포함: 0 leaves out what stands at a limit."""
    included = ask.text(name) == "1"
    return lambda line: included or quote_sign(line.quote) not in {"1", "4"}


FILTERS: Mapping[str, Callable[[Ask, str], Filter]] = {
    "mrkt_tp": _market,
    "stk_cnd": _shares,
    "mang_stk_incls": _shares,
    "crd_cnd": _credit,
    "crd_tp": _credit,
    "pric_cnd": _price,
    "pric_tp": _price,
    "trde_gold_tp": _price,
    "trde_qty_tp": _volume,
    "trde_qty_cnd": _volume,
    "trde_prica_cnd": _turnover,
    "trde_prica_tp": _turnover,
    "updown_incls": _limits,
}
