"""Calls about gold (금현물): its price now (ka50100)."""

from kiwoomweb.broker.asking import Broker
from kiwoomweb.broker.domain import GoldQuote, Won
from kiwoomweb.broker.errors import UnknownSymbol
from kiwoomweb.broker.wire.numbers import count, price, rate, won
from kiwoomweb.broker.wire.row import Row

__all__ = ["gold_quote"]

KILOGRAM = "M04020000"


def gold_quote(broker: Broker, symbol: str = KILOGRAM) -> GoldQuote:
    """금현물 시세정보 (ka50100). Raises ``UnknownSymbol`` where the broker answers blanks."""
    row = Row.of(broker.call("ka50100", {"stk_cd": symbol}))
    if row.blank("pred_close_pric", "open_pric", "pred_pre"):
        raise UnknownSymbol(f"no such gold: {symbol}", tr="ka50100")
    before, change = row.may(price, "pred_close_pric"), row.may(won, "pred_pre")
    return GoldQuote(
        symbol=symbol,
        price=None if before is None or change is None else Won(before + change),
        change=change,
        change_rate=row.may(rate, "flu_rt"),
        open=row.may(price, "open_pric"),
        high=row.may(price, "high_pric"),
        low=row.may(price, "low_pric"),
        previous_close=before,
        upper_limit=row.may(price, "upl_pric"),
        lower_limit=row.may(price, "lst_pric"),
        volume=row.may(count, "trde_qty"),
    )
