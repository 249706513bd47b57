"""The sectors: a market's map, and one sector of it in full."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from kiwoomweb.access.models import Account
from kiwoomweb.broker.reading import Column, Kind
from market.boards.cells import writer_of
from market.boards.page import BoardPage
from market.boards.shelves import SECTORS, Board, Shelf
from market.overview.parts import MapPart
from market.services.candles import SPANS, ChartSpan
from market.terms import term

__all__ = ["MARKETS", "SectorsPage"]

#: 종합 of each market, and the digit its TRs call it by.
MARKETS = {"0": ("001", "0"), "1": ("101", "1"), "2": ("201", "2")}


@dataclass
class SectorsPage:
    """``asked``: ``sector`` a 업종코드 (its first digit is its market), ``span`` of the chart."""

    account: Account
    asked: Mapping[str, str]

    @property
    def shelf(self) -> Shelf:
        return SECTORS

    @property
    def sector(self) -> str:
        told = self.asked.get("sector", "")
        return told if len(told) == 3 and told.isascii() and told.isdigit() else "001"

    @property
    def composite(self) -> str:
        """종합 of the sector's market."""
        return MARKETS.get(self.sector[0], MARKETS["0"])[0]

    @property
    def market(self) -> str:
        return MARKETS.get(self.sector[0], MARKETS["0"])[1]

    @property
    def query(self) -> Mapping[str, str]:
        return {"sector": self.sector}

    @cached_property
    def map(self) -> MapPart:
        return MapPart(self.account, self.composite)

    @cached_property
    def name(self) -> str:
        names = {tile.code: tile.name for tile in self.map.tiles}
        composites = {"001": _("코스피 종합"), "101": _("코스닥 종합"), "201": "KOSPI 200"}
        return names.get(self.sector) or composites.get(self.sector) or self.sector

    @property
    def span(self) -> str:
        told = self.asked.get("span", "")
        return told if told in SPANS else "day"

    @property
    def spans(self) -> tuple[ChartSpan, ...]:
        return tuple(SPANS.values())

    @cached_property
    def members(self) -> BoardPage:
        """Its shares (ka20002), as the board shows them."""
        asked = {"mrkt_tp": self.market, "inds_cd": self.sector}
        board = Board("ka20002", _("구성 종목"))
        return BoardPage(self.account, SECTORS, board, asked)

    @cached_property
    def nets(self) -> list[tuple[str, SafeString]]:
        """Who bought and sold the sector today (ka10051): (investor, amount as shown)."""
        page = BoardPage(
            self.account, SECTORS, Board("ka10051", ""), {"mrkt_tp": self.market, "amt_qty_tp": "0"}
        )
        if page.reading is None:
            return []
        table = page.reading.tables[0]
        at = {column.name: n for n, column in enumerate(table.columns)}
        row = next((row for row in table.rows if row[at["inds_cd"]].value == self.sector), None)
        return (
            []
            if row is None
            else [
                (_short(column), SafeString(writer_of(column)(row[at[column.name]])))
                for column in table.columns
                if _is_net(column)
            ]
        )


def _is_net(column: Column) -> bool:
    return column.kind is Kind.WON and column.name.endswith("netprps")


def _short(column: Column) -> str:
    """개인순매수 -> 개인: the heading says that these are net."""
    return term(column.label.removesuffix("순매수"))
