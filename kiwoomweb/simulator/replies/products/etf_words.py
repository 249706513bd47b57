"""How a fund's value is written: NAV and index in the guide's forms."""

from decimal import Decimal

from kiwoomweb.broker.wire.writing import directed, plus
from kiwoomweb.simulator.products.fund_list import Fund
from kiwoomweb.simulator.products.fund_values import FundValue
from kiwoomweb.simulator.replies.asking import Ask
from kiwoomweb.simulator.replies.names import listed_code
from kiwoomweb.simulator.replies.shape import Value
from kiwoomweb.simulator.replies.text import direction

__all__ = ["CLASS", "asked_fund", "hundredth", "hundredths", "index_moved", "named", "nav"]

#: 종목분류 of a fund.
CLASS = "19"


def asked_fund(ask: Ask) -> Fund | None:
    """The fund asked about; ``None`` for a share or a code nobody lists. ``A069500`` is refused."""
    code, _ = listed_code(ask.text("stk_cd"))
    return ask.exchange.products.funds.fund(code)


def hundredth(value: float) -> Decimal:
    """With two decimals, and no minus on nothing."""
    found = Decimal(f"{value:.2f}")
    return found if found else abs(found)


def hundredths(value: float) -> int:
    """A hundredfold without its decimal point."""
    return int(hundredth(value) * 100)


def nav(value: FundValue) -> str:
    return f"{value.nav:.2f}"


def index_moved(value: FundValue, level: str, moved: str, sign: str) -> dict[str, Value]:
    """추적지수 and its change, a hundredfold without decimal points."""
    now, before = hundredths(value.index), hundredths(value.index_before)
    return {level: directed(now, before), moved: plus(now - before), sign: direction(now, before)}


def named(ask: Ask, fund: Fund) -> dict[str, Value]:
    """Name and index, as the heads of ka40002, ka40006 and ka40007 say them."""
    return {"stk_nm": ask.name(fund.code), "etfobjt_idex_nm": fund.index_name}
