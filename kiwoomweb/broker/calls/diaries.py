"""당일매매일지 (ka10170): one day's trading, stock by stock, for any of the last two months."""

from datetime import date
from decimal import Decimal

from kiwoomweb.broker import protocol
from kiwoomweb.broker.asking import Broker
from kiwoomweb.broker.domain import Diary, DiaryLine, Won
from kiwoomweb.broker.protocol import Reply
from kiwoomweb.broker.wire import writing
from kiwoomweb.broker.wire.names import symbol
from kiwoomweb.broker.wire.numbers import count, decimal, rate, won
from kiwoomweb.broker.wire.row import Row

__all__ = ["diary"]

#: How the broker says that a day is too long ago; the reply is a success all the same (PROTOCOL 6.12).
TOO_OLD = "최근 2개월"


def diary(broker: Broker, day: date) -> Diary | None:
    """The diary of ``day`` with all of its sales; ``None`` when the broker no longer has it.

    A day without trades has no lines: the broker answers one blank line, and blank totals or zeros.
    """
    body = {"base_dt": writing.day(day), "ottks_tp": "2", "ch_crd_tp": "0"}
    pages = list(broker.pages("ka10170", body))
    if TOO_OLD in pages[0].said:
        return None
    lines = [_line(row) for page in pages for row in _rows(page) if not row.blank()]
    return _diary(day, Row.of(pages[0]), tuple(lines))


def _rows(page: Reply) -> list[Row]:
    return [Row(page.tr, line) for line in protocol.rows(page, "tdy_trde_diary")]


def _diary(day: date, head: Row, lines: tuple[DiaryLine, ...]) -> Diary:
    if not lines and head.blank("tot_buy_amt", "tot_sell_amt", "tot_pl_amt"):
        nothing = Won(0)
        return Diary(day, nothing, nothing, nothing, nothing, nothing, Decimal(0), ())
    return Diary(
        day=day,
        bought=head.need(won, "tot_buy_amt"),
        sold=head.need(won, "tot_sell_amt"),
        costs=head.need(won, "tot_cmsn_tax"),
        settled=head.need(won, "tot_exct_amt"),
        realised=head.need(won, "tot_pl_amt"),
        return_rate=head.need(rate, "tot_prft_rt"),
        lines=lines,
    )


def _line(row: Row) -> DiaryLine:
    return DiaryLine(
        symbol=row.need(symbol, "stk_cd"),
        name=row.text("stk_nm"),
        bought_quantity=row.need(count, "buy_qty"),
        bought_average=row.need(decimal, "buy_avg_pric"),
        bought=row.need(won, "buy_amt"),
        sold_quantity=row.need(count, "sell_qty"),
        sold_average=row.need(decimal, "sel_avg_pric"),
        sold=row.need(won, "sell_amt"),
        costs=row.need(won, "cmsn_alm_tax"),
        realised=row.need(won, "pl_amt"),
        return_rate=row.need(rate, "prft_rt"),
    )
