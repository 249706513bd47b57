"""Rows of the board, each written by one ``format_html``: the live part only changes the text of its cells."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from kiwoomweb.broker.domain import Quote
from kiwoomweb.ui.templatetags.money import percent, signed, trend, won
from market.models import WatchedSymbol
from market.screens.board.columns import Column

__all__ = ["Line", "row"]

ROW = (
    '<tr data-symbol="{symbol}" data-name="{name}" data-close="{close}" data-memo="{memo}">'
    '<th scope="row" class="name">{handle}'
    '<a href="{address}"><b>{name}</b><small class="wide">{symbol}</small></a></th>{cells}'
    '<td class="num"><span class="age none" data-age>{waits}</span></td>{edit}</tr>'
)
CELL = '<td class="num {}" data-c="{}" data-v="{}">{}</td>'
MEMO = '<td class="memo" data-c="memo" title="{0}">{0}</td>'
SPARK = (
    '<td class="num" data-c="spark"><svg class="day-line" viewBox="0 0 100 22" aria-hidden="true"></svg></td>'
)
HANDLE = (
    '<button class="handle" type="button" data-handle aria-label="{}"><svg class="grip" aria-hidden="true"'
    ' viewBox="0 0 8 14"><path d="M2 2v0M6 2v0M2 7v0M6 7v0M2 12v0M6 12v0"/></svg></button>'
)
EDIT = '<td class="num"><button class="icon-button" type="button" data-edit aria-label="{}">⋯</button></td>'


@dataclass(frozen=True, slots=True)
class Line:
    """One symbol of the board; ``quote`` is what the broker last said, if anything."""

    watched: WatchedSymbol
    told_name: str
    quote: Quote | None
    address: str

    @property
    def symbol(self) -> str:
        return self.watched.symbol

    @property
    def name(self) -> str:
        return self.told_name or (self.quote.name if self.quote else "") or self.symbol

    @property
    def close(self) -> int | None:
        """Yesterday's close (기준가) in won."""
        return self.quote.previous_close if self.quote else None

    @property
    def price(self) -> str:
        return won(self.quote.price if self.quote else None)

    @property
    def change(self) -> str:
        return signed(self.quote.change if self.quote else None)

    @property
    def rate(self) -> str:
        return percent(self.quote.change_rate if self.quote else None)

    @property
    def trend(self) -> str:
        return trend(self.quote.change if self.quote else None)


def row(line: Line, columns: Sequence[Column], *, may_change: bool) -> SafeString:
    """The row of one symbol with these columns; whoever may change the list gets a handle and a menu."""
    cells = format_html_join("", "{}", ((_cell(line, column),) for column in columns))
    return format_html(
        ROW,
        symbol=line.symbol,
        name=line.name,
        close=line.close or "",
        memo=line.watched.memo,
        address=line.address,
        handle=format_html(HANDLE, _("%(name)s 자리 옮기기") % {"name": line.name}) if may_change else "",
        cells=cells,
        waits=_("대기"),
        edit=format_html(EDIT, _("%(name)s 메모 · 옮기기 · 빼기") % {"name": line.name}) if may_change else "",
    )


def _cell(line: Line, column: Column) -> SafeString:
    if column.key == "memo":
        return format_html(MEMO, line.watched.memo)
    if column.key == "spark":
        return SafeString(SPARK)
    if line.quote is None:
        return format_html(CELL, "unknown", column.key, "", "—")
    figure = column.figure(line.quote)
    css = column.trend_of(line.quote) if figure is not None else "unknown"
    return format_html(CELL, css, column.key, "" if figure is None else figure, column.text(figure))
