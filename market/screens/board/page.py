"""The board as its template sees it: one list, its columns, its rows or its tiles."""

from dataclasses import dataclass
from functools import cached_property

from django.urls import reverse
from django.utils.safestring import SafeString

from kiwoomweb.broker.domain import Quote
from market.models import BoardLook
from market.screens.board.columns import COLUMNS, Column, chosen
from market.screens.board.rows import Line, row
from market.screens.watchlists import WatchlistsPage
from market.selectors.instruments import named
from market.services.arranging import Removed
from market.services.keeping import Answer
from market.services.looks import VIEWS, look_of
from market.services.quotes import quotes_of

__all__ = ["BoardPage"]

#: Levels a side of a tile's small book: four tiles have room for five.
LEVELS = {4: 5, 9: 3}


@dataclass
class BoardPage(WatchlistsPage):
    """``turn`` is which page of tiles, from the address. ``removed_now`` may be put back by one press."""

    turn: str = ""
    removed_now: Removed | None = None

    @cached_property
    def look(self) -> BoardLook:
        return look_of(self.user)

    @property
    def columns(self) -> tuple[Column, ...]:
        return chosen([key for key in self.look.columns.split(",") if key in COLUMNS])

    @property
    def choices(self) -> list[tuple[Column, bool]]:
        """Every column, and whether it is shown."""
        shown = {column.key for column in self.columns}
        return [(column, column.key in shown) for column in COLUMNS.values()]

    @property
    def tiles(self) -> int:
        """How many tiles at once; 0 is the table."""
        return int(self.look.view) if self.look.view in VIEWS[1:] else 0

    @property
    def levels(self) -> range:
        return range(LEVELS.get(self.tiles, 3))

    @property
    def pages(self) -> range:
        """Pages of tiles, from 1."""
        return range(1, -(-len(self.watched) // (self.tiles or 1)) + 1)

    @property
    def page(self) -> int:
        """The page of tiles that is shown; nonsense is the first."""
        asked = int(self.turn) if self.turn.isascii() and self.turn.isdigit() and len(self.turn) < 4 else 1
        return asked if asked in self.pages else 1

    @cached_property
    def answer(self) -> Answer[list[Quote]]:
        """What the broker last said of the whole list, for the time until the feed speaks."""
        return quotes_of(self.account, self.symbols) if self.watched else Answer([], None)

    @cached_property
    def lines(self) -> list[Line]:
        """Everything of every symbol that is known before the feed speaks."""
        quotes = {str(quote.symbol): quote for quote in self.answer.value or []}
        names = {one.symbol: one.name for one in named(self.symbols)}
        address = reverse("market:symbols", args=[self.account.code])
        return [
            Line(one, names.get(one.symbol, ""), quotes.get(one.symbol), f"{address}{one.symbol}/")
            for one in self.watched
        ]

    @property
    def shown_tiles(self) -> list[Line]:
        first = (self.page - 1) * self.tiles
        return self.lines[first : first + self.tiles]

    @property
    def rows(self) -> SafeString:
        """The body of the table; a long list is no work for a template."""
        columns, may = self.columns, self.may_change
        return SafeString("".join(row(line, columns, may_change=may) for line in self.lines))

    @property
    def other_lists(self) -> list[tuple[int, str]]:
        """Lists a symbol of this one may be moved to."""
        return [(one.pk, one.name) for one in self.lists if one != self.current and self.is_mine(one)]

    @property
    def removed_name(self) -> str:
        """The name of what was just taken off."""
        if self.removed_now is None:
            return ""
        found = named([self.removed_now.symbol])
        return found[0].name if found else self.removed_now.symbol
