"""Calls about themes: all of them ranked (ka90001), the members of one (ka90002)."""

from typing import Literal

from kiwoomweb.broker.asking import Broker
from kiwoomweb.broker.domain import Theme, ThemeMember
from kiwoomweb.broker.wire.names import symbol as code
from kiwoomweb.broker.wire.numbers import count, price, rate, won
from kiwoomweb.broker.wire.row import Row

__all__ = ["theme_members", "themes"]

#: 등락수익구분 of ka90001.
ORDERS = {"best period": "1", "worst period": "2", "rising": "3", "falling": "4"}


def themes(
    broker: Broker,
    *,
    days: int = 10,
    order: Literal["best period", "worst period", "rising", "falling"] = "best period",
    of_symbol: str = "",
) -> list[Theme]:
    """테마그룹별 (ka90001) over the last ``days`` (1-99), or those that hold one symbol."""
    body = {
        "qry_tp": "2" if of_symbol else "0",
        "stk_cd": of_symbol,
        "date_tp": str(days),
        "thema_nm": "",
        "flu_pl_amt_tp": ORDERS[order],
        "stex_tp": "1",
    }
    rows = [Row("ka90001", line) for line in broker.rows("ka90001", body, "thema_grp")]
    return [_theme(row) for row in rows if not row.blank()]


def _theme(row: Row) -> Theme:
    return Theme(
        code=row.need(_word, "thema_grp_cd"),
        name=row.text("thema_nm"),
        members=row.may(count, "stk_num"),
        change_rate=row.may(rate, "flu_rt"),
        rising=row.may(count, "rising_stk_num"),
        falling=row.may(count, "fall_stk_num"),
        period_rate=row.may(rate, "dt_prft_rt"),
        leaders=row.text("main_stk"),
    )


def theme_members(broker: Broker, theme: str, *, days: int = 10) -> list[ThemeMember]:
    """테마구성종목 (ka90002) of one theme, with their result over the last ``days`` (1-99)."""
    body = {"date_tp": str(days), "thema_grp_cd": theme, "stex_tp": "1"}
    rows = [Row("ka90002", line) for line in broker.rows("ka90002", body, "thema_comp_stk")]
    return [_member(row) for row in rows if not row.blank()]


def _member(row: Row) -> ThemeMember:
    return ThemeMember(
        symbol=row.need(code, "stk_cd"),
        name=row.text("stk_nm"),
        price=row.may(price, "cur_prc"),
        change=row.may(won, "pred_pre"),
        change_rate=row.may(rate, "flu_rt"),
        volume=row.may(count, "acc_trde_qty"),
        period_rate=row.may(rate, "dt_prft_rt_n"),
    )


def _word(text: str) -> str | None:
    return text or None
