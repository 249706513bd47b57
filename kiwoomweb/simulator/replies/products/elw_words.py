"""How warrants are chosen and written: the filters of the ELW lists, and numbers in the guide's forms.

Figures that no longer mean anything are blank: the 괴리율 of a warrant whose theory price is nothing, the
implied volatility of a price that none explains, a 자본지지점 beyond a hundredfold a year.
"""

from collections.abc import Sequence
from decimal import Decimal

from kiwoomweb.broker.wire.writing import directed, plus
from kiwoomweb.simulator.market_facts import Quote
from kiwoomweb.simulator.products.warrant import ISSUERS, Warrant
from kiwoomweb.simulator.products.warrants import WarrantLine
from kiwoomweb.simulator.replies.asking import Ask
from kiwoomweb.simulator.replies.shape import Value
from kiwoomweb.simulator.replies.text import direction

__all__ = [
    "change",
    "chosen",
    "disparity",
    "fulcrum",
    "issuer",
    "iv",
    "number",
    "ranked",
    "right",
    "scaled_number",
]

EVERYTHING = {"", "0", "000", "000000000000"}
#: 권리구분: only plain calls and puts are listed here; the other kinds find nothing.
CALL, PUT = 1, 2
#: Theory below this many won is nothing.
NOTHING = 0.5
MOST_FULCRUM = 10_000


def chosen(ask: Ask, *, ended: str = "", firm: bool = True) -> list[WarrantLine]:
    """The warrants that the request's filters let through.

    ``ended`` names the field that leaves out those that have ended. ``firm=False``: the firm asked for is a
    member that trades, not the issuer.
    """
    warrants, day = ask.exchange.products.warrants, ask.exchange.products.warrants.board_day
    without_ended = not ended or ask.text(ended) == "1"
    return [
        line
        for line in warrants.lines()
        if not (without_ended and line.warrant.is_over(day)) and _fits(ask, line.warrant, firm=firm)
    ]


def _fits(ask: Ask, one: Warrant, *, firm: bool) -> bool:
    maker, provider, kind = (ask.text(name) for name in ("isscomp_cd", "lpcd", "rght_tp"))
    return (
        (not firm or _numbered(maker, one.issuer))
        and _numbered(provider, one.issuer)
        and (kind in EVERYTHING or int(kind) == (CALL if one.call else PUT))
        and _underlying(ask.text("bsis_aset_cd"), one.underlying.code)
    )


def _numbered(asked: str, issuer: int) -> bool:
    return asked in EVERYTHING or int(asked) == issuer


def _underlying(asked: str, code: str) -> bool:
    """The code as it is, or with zeros before it up to twelve digits."""
    return asked in EVERYTHING or asked == code or (len(asked) == 12 and asked.endswith(code.zfill(6)))


def right(one: Warrant) -> str:
    return "CALL" if one.call else "PUT"


def issuer(one: Warrant) -> str:
    return ISSUERS[one.issuer][0]


def change(quote: Quote, sign: str, *, rate: str = "flu_rt") -> dict[str, Value]:
    """현재가, 전일대비 and 등락율; ``sign`` names the field of the direction."""
    return {
        "cur_prc": directed(quote.price, quote.base_price),
        sign: direction(quote.price, quote.base_price),
        "pred_pre": plus(quote.change),
        rate: plus(quote.change_rate),
    }


def number(value: float | None, places: int = 2) -> str:
    """With so many decimals; blank for none."""
    return "" if value is None else f"{_exact(value, places):f}"


def scaled_number(value: float | None) -> str:
    """A hundredfold without its decimal point, as the guide writes iv, LP and theory."""
    return "" if value is None else str(int(_exact(value, 2) * 100))


def iv(line_iv: float | None) -> float | None:
    """A volatility in percent."""
    return None if line_iv is None else line_iv * 100


def disparity(theory: float, price: int) -> float | None:
    return (price / theory - 1) * 100 if theory >= NOTHING else None


def fulcrum(value: float) -> float | None:
    return value if value < MOST_FULCRUM else None


def _exact(value: float, places: int) -> Decimal:
    found = Decimal(f"{value:.{places}f}")
    return found if found else abs(found)


def ranked(lines: Sequence[WarrantLine]) -> list[tuple[int, WarrantLine]]:
    return list(enumerate(lines, 1))
