"""Calls about gold (금현물): price (ka50100), candles (ka50079-ka50083), the means (kt50020, kt50021)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time

from kiwoomweb.broker import protocol
from kiwoomweb.broker.asking import Broker
from kiwoomweb.broker.domain import SEOUL, Candle, GoldQuote, Span, Won
from kiwoomweb.broker.errors import UnknownSymbol
from kiwoomweb.broker.wire import names, writing
from kiwoomweb.broker.wire.numbers import count, millions, price, rate, won
from kiwoomweb.broker.wire.row import Row
from kiwoomweb.broker.wire.times import clock, day, moment

__all__ = ["CHARTS", "GoldBalance", "gold_balance", "gold_candles", "gold_power", "gold_quote"]

KILOGRAM = "M04020000"
#: TR and list by span; there are no yearly candles of gold.
CHARTS = {
    Span.TICK: ("ka50079", "gds_tic_chart_qry"),
    Span.MINUTE: ("ka50080", "gds_min_chart_qry"),
    Span.DAY: ("ka50081", "gds_day_chart_qry"),
    Span.WEEK: ("ka50082", "gds_week_chart_qry"),
    Span.MONTH: ("ka50083", "gds_month_chart_qry"),
}


@dataclass(frozen=True, slots=True)
class GoldBalance:
    """The gold account's worth in won, and grams by contract as (held, sellable, worth in won)."""

    assets: int
    lots: Mapping[str, tuple[int, int, int]]


def gold_power(broker: Broker) -> int:
    """Won that gold may be ordered for (금현물 예수금, kt50021): the gold account is one of its own."""
    return Row.of(broker.call("kt50021", {})).need(won, "ord_alow_amt")


def gold_balance(broker: Broker) -> GoldBalance:
    """금현물 잔고확인 (kt50020)."""
    told = broker.call("kt50020", {})
    rows = [Row("kt50020", line) for line in protocol.rows(told, "gold_acnt_evlt_prst")]
    lots: dict[str, tuple[int, int, int]] = {
        row.need(names.symbol, "stk_cd"): (
            row.need(count, "real_qty"),
            row.need(count, "able_qty"),
            row.need(won, "est_amt"),
        )
        for row in rows
        if not row.blank()
    }
    return GoldBalance(Row.of(told).need(won, "net_amt"), lots)


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


def gold_candles(broker: Broker, symbol: str, span: Span, *, minutes: int = 1) -> list[Candle]:
    """The latest candles of a gold contract, oldest first, as traded. There are no yearly ones.

    ``minutes`` is the width of a minute candle, or the ticks in a tick candle.
    """
    chart = CHARTS[span]
    fine = span in {Span.TICK, Span.MINUTE}
    body = {"stk_cd": symbol, "upd_stkpc_tp": "0"}
    body |= {"tic_scope": str(minutes)} if fine else {"base_dt": writing.day(broker.now().date())}
    rows = [Row(chart[0], line) for line in protocol.rows(broker.call(chart[0], body), chart[1])]
    return [_candle(row, fine=fine) for row in reversed(rows) if not row.blank()]


def _candle(row: Row, *, fine: bool) -> Candle:
    return Candle(
        at=_fine(row) if fine else datetime.combine(row.need(day, "dt"), time(), tzinfo=SEOUL),
        open=row.need(price, "open_pric"),
        high=row.need(price, "high_pric"),
        low=row.need(price, "low_pric"),
        close=row.need(price, "cur_prc"),
        volume=row.may(count, "trde_qty" if fine else "acc_trde_qty"),
        turnover=None if fine else row.may(millions, "acc_trde_prica"),
    )


def _fine(row: Row) -> datetime:
    """The time of a fine candle stands alone beside its day, or holds the day as well."""
    if len(row.text("cntr_tm")) > 8:
        return row.need(moment, "cntr_tm")
    return datetime.combine(row.need(day, "dt"), row.need(clock, "cntr_tm"), tzinfo=SEOUL)
