"""Columns of the board: what they are called, what they say of a quote, what they are ordered by."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from kiwoomweb.broker.domain import Quote
from kiwoomweb.ui.templatetags.money import compact, percent, signed, trend, won

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

__all__ = ["COLUMNS", "USUAL", "Column", "chosen"]

Figure = int | Decimal | None


@dataclass(frozen=True, slots=True)
class Column:
    """``figure`` of a quote as ``text``; without them only the live feed or the browser fills it.

    ``coloured`` by the day's direction (``day``) or by where the figure stands against yesterday (``close``).
    """

    key: str
    title: "StrOrPromise"
    figure: Callable[[Quote], Figure] = lambda _quote: None
    text: Callable[[Figure], str] = won
    coloured: str = ""
    sorts: bool = True

    def trend_of(self, quote: Quote) -> str:
        """``rise``, ``fall``, ``flat``; blank for figures without a direction."""
        if self.coloured == "day":
            return trend(quote.change)
        figure, base = self.figure(quote), quote.previous_close
        return trend(figure - base) if self.coloured == "close" and figure and base else ""


def _some(price: int | None) -> int | None:
    """A price before the first trade is told as 0 and is none."""
    return price or None


COLUMNS = {
    column.key: column
    for column in (
        Column("price", _("현재가"), lambda quote: quote.price, coloured="day"),
        Column("change", _("전일비"), lambda quote: quote.change, signed, "day"),
        Column("rate", _("등락률"), lambda quote: quote.change_rate, percent, "day"),
        Column("volume", _("거래량"), lambda quote: quote.volume),
        Column("turnover", _("거래대금"), lambda quote: quote.turnover, compact),
        Column("strength", _("체결강도")),
        Column("ask", _("매도호가")),
        Column("bid", _("매수호가")),
        Column("open", _("시가"), lambda quote: _some(quote.open), coloured="close"),
        Column("high", _("고가"), lambda quote: _some(quote.high), coloured="close"),
        Column("low", _("저가"), lambda quote: _some(quote.low), coloured="close"),
        Column("spark", _("오늘 흐름"), sorts=False),
        Column("held", _("보유")),
        Column("gain", _("내 수익률")),
        Column("memo", _("메모"), sorts=False),
    )
}

#: What a person sees who has not chosen.
USUAL = ("price", "change", "rate", "volume", "turnover", "strength", "ask", "bid", "spark", "held", "memo")


def chosen(keys: Sequence[str]) -> tuple[Column, ...]:
    """The columns with these keys in the board's order; nonsense is passed over, nothing is the usual ones.

    The price is always among them: a board without it is none.
    """
    wanted = {"price", *keys} if keys else set(USUAL)
    return tuple(column for key, column in COLUMNS.items() if key in wanted)
