"""What the market's pages show: values gathered once, for templates that only print."""

import json
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext

from kiwoomweb.access.gateway import broker_now
from kiwoomweb.access.models import Account
from kiwoomweb.broker.domain import Quote, Symbol
from kiwoomweb.broker.errors import UnknownSymbol
from market.desk.hours import DeskHours, hours_of
from market.desk.venues import DeskVenue, venue_of, venues_of
from market.models import Instrument
from market.services.candles import SPANS, ChartSpan
from market.services.keeping import Answer
from market.services.quotes import quote_of

__all__ = ["AVERAGES", "LEVELS", "SymbolPage"]

#: Levels a side of the 호가창, from the far ask down.
LEVELS = tuple(range(10))

#: Lengths of the moving averages a chart offers, in bars; the last one waits to be chosen.
AVERAGES = ((5, True), (20, True), (60, True), (120, False))

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
    #: The venue as the address says it.
    at_venue: str = ""

    @cached_property
    def venue(self) -> DeskVenue:
        return venue_of(self.account.environment, self.at_venue, self.instrument.symbol)

    @property
    def venues(self) -> tuple[DeskVenue, ...]:
        return venues_of(self.account.environment, self.instrument.symbol)

    @property
    def followed(self) -> str:
        """The symbol of the page's live topics."""
        return self.venue.followed(self.instrument.symbol)

    @cached_property
    def hours(self) -> DeskHours:
        return hours_of(broker_now(self.account), self.venue.venue)

    @property
    def windows(self) -> str:
        """The day's windows as JSON, for an attribute."""
        return json.dumps(self.hours.windows, ensure_ascii=False)

    @property
    def chart_hours(self) -> str:
        """Which moments belong to the bars, as JSON for an attribute."""
        return json.dumps({"daily": self.hours.daily, "fine": self.hours.fine})

    @cached_property
    def answer(self) -> Answer[Quote]:
        try:
            return quote_of(self.account, self.venue.asked(self.instrument.symbol))
        except UnknownSymbol:
            return Answer(None, None)

    @property
    def is_absent(self) -> bool:
        """Whether the broker knows the share, but not on this venue."""
        return self.answer.value is None and not self.answer.trouble

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
    def remembers(self) -> bool:
        """Whether the chart opens as the reader left it: not when the address says how."""
        return self.chosen not in SPANS

    @property
    def moment(self) -> int | None:
        """The moment to look at; nonsense and what lies before 2000 or after 2100 is none."""
        plain = self.at.isascii() and self.at.isdigit() and len(self.at) <= 10
        return int(self.at) if plain and 946_684_800 <= int(self.at) <= 4_102_444_800 else None

    @property
    def spans(self) -> tuple[ChartSpan, ...]:
        return tuple(SPANS.values())

    @property
    def averages(self) -> tuple[tuple[int, bool], ...]:
        return AVERAGES

    @property
    def firm_places(self) -> range:
        """거래원: the broker names five a side."""
        return range(5)

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
    def is_suspended(self) -> bool:
        return "거래정지" in self.instrument.state.split("|")

    @property
    def range_of_day(self) -> list[tuple[str, str, int | None, int | None]]:
        """(field, label, price, distance from base) of open, high and low."""
        told = [
            ("open", gettext("시가"), self.quote.open),
            ("high", gettext("고가"), self.quote.high),
            ("low", gettext("저가"), self.quote.low),
        ]
        return [(field, label, price or None, self.from_base(price)) for field, label, price in told]
