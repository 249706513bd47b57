"""What the market's pages show: values gathered once, for templates that only print."""

from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext

from kiwoomweb.access.models import Account
from kiwoomweb.broker.domain import Quote, Symbol
from market.models import Instrument
from market.services.candles import SPANS, ChartSpan
from market.services.keeping import Answer
from market.services.quotes import quote_of

__all__ = ["LEVELS", "SymbolPage"]

#: Levels a side of the 호가창, from the far ask down.
LEVELS = tuple(range(10))

#: What ka10099 says of shares to be careful with (종목상태, 감리구분).
WARNINGS = frozenset(
    {"거래정지", "관리종목", "정리매매", "투자주의", "투자경고", "투자위험", "투자주의환기종목"}
)


@dataclass
class SymbolPage:
    """One symbol in one account. Numbers are the last good ones; ``answer.trouble`` says when they are old."""

    account: Account
    instrument: Instrument
    chosen: str
    #: Seconds since 1970 of a moment to look at, as the address says it.
    at: str = ""

    @cached_property
    def answer(self) -> Answer[Quote]:
        return quote_of(self.account, self.instrument.symbol)

    @property
    def quote(self) -> Quote:
        """The last good quote; every number of it unknown when there never was one."""
        nothing = [None] * 12
        return self.answer.value or Quote(Symbol(self.instrument.symbol), self.instrument.name, *nothing)

    @property
    def span(self) -> str:
        """The chart's span, from the address; an unknown one is the day."""
        return self.chosen if self.chosen in SPANS else "day"

    @property
    def moment(self) -> int | None:
        """The moment to look at; nonsense and what lies before 2000 or after 2100 is none."""
        plain = self.at.isascii() and self.at.isdigit() and len(self.at) <= 10
        return int(self.at) if plain and 946_684_800 <= int(self.at) <= 4_102_444_800 else None

    @property
    def spans(self) -> tuple[ChartSpan, ...]:
        return tuple(SPANS.values())

    @property
    def levels(self) -> tuple[int, ...]:
        return LEVELS

    def from_base(self, price: int | None) -> int | None:
        """How far a price is from yesterday's close; what it is coloured by."""
        base = self.quote.previous_close
        return price - base if price and base else None

    @property
    def warning(self) -> str:
        """관리종목, 거래정지 and the like; nothing for a share like any other (its 증거금 is no warning)."""
        return next((part for part in self.instrument.state.split("|") if part in WARNINGS), "")

    @property
    def range_of_day(self) -> list[tuple[str, str, int | None, int | None]]:
        """(field, label, price, distance from base) of open, high and low."""
        told = [
            ("open", gettext("시가"), self.quote.open),
            ("high", gettext("고가"), self.quote.high),
            ("low", gettext("저가"), self.quote.low),
        ]
        return [(field, label, price or None, self.from_base(price)) for field, label, price in told]
