"""The page of one trade: head, steps, costs, how far it ran, facts, what stands beside it."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import cached_property

from django.http import QueryDict
from django.urls import reverse
from django.utils.safestring import SafeString

from kiwoomweb.access.models import Account
from kiwoomweb.broker.market_calendar import trading_days
from portfolio.analytics.proof.states import DayState
from portfolio.models import Review, Trade
from portfolio.presenting.review import ReviewPanel
from portfolio.presenting.trade.chart import SPANS, usual_span
from portfolio.presenting.trade.costing import Reckoned, both_ways
from portfolio.presenting.trade.costs import Costs, costs_of
from portfolio.presenting.trade.facts import Pair, asking_words, context_pairs, fact_pairs
from portfolio.presenting.trade.ran import Ran, ran
from portfolio.presenting.trade.rows import in_r, leg_rows, other_rows, r_text, return_of, same_rows
from portfolio.presenting.trade.subject import Subject
from portfolio.selectors.filtering import DEFAULT_SORT, SORTS, TradeFilter, neighbours
from portfolio.selectors.holdings import HoldingLine, assets
from portfolio.selectors.inside.bars import at_entry
from portfolio.selectors.inside.beside import (
    OtherTrades,
    SetupRecord,
    agreement_of,
    others_of,
    same_setup,
    worth_before,
)
from portfolio.selectors.inside.context import Context, context_of
from portfolio.selectors.notes import NoteView, note_of_trade

__all__ = ["TradePage"]


@dataclass
class TradePage:
    """``asked`` is the query of the address: the filter of the list one came from, and a span of the chart."""

    subject: Subject
    asked: QueryDict
    may_write: bool

    @property
    def trade(self) -> Trade:
        """The trade."""
        return self.subject.trade

    @property
    def account(self) -> Account:
        """Whose it is."""
        return self.trade.account

    # --- head ----------------------------------------------------------------------------------------------

    @property
    def is_closed(self) -> bool:
        """Flat again."""
        return self.trade.closed_day is not None

    @property
    def is_unsettled(self) -> bool:
        """미확정: sold what was never seen bought."""
        return self.trade.state == Trade.State.UNSETTLED

    @cached_property
    def days(self) -> int:
        """Trading days from the first to the last fill, both counted."""
        last = self.trade.closed_day or self.subject.today
        return len(list(trading_days(self.trade.opened_day, last, self.subject.clock.corrected)))

    @property
    def return_rate(self) -> Decimal | None:
        """Net over cost, percent."""
        return return_of(self.trade)

    @cached_property
    def review(self) -> Review | None:
        """What a person said of it."""
        return Review.objects.select_related("setup").filter(trade=self.trade).first()

    @property
    def r(self) -> Decimal | None:
        """Net in units of the planned risk."""
        return in_r(self.trade, self.review.risk if self.review else None)

    @property
    def r_words(self) -> str:
        """``+1.8R``."""
        return r_text(self.r) if self.r is not None else ""

    @cached_property
    def worth(self) -> int | None:
        """The account's worth when it began, in won."""
        return worth_before(self.trade)

    @property
    def worth_share(self) -> Decimal | None:
        """Net over that, percent."""
        net = self.trade.net
        return Decimal(100) * net / self.worth if net is not None and self.worth else None

    @cached_property
    def agreement(self) -> DayState | None:
        """Whether the days it realised something are proved."""
        return agreement_of(self.trade)

    @cached_property
    def filter(self) -> TradeFilter:
        """Of the list the reader came from."""
        return TradeFilter.parse(self.asked, self.subject.today)

    @property
    def sort(self) -> str:
        """Its order."""
        wanted = self.asked.get("sort", "")
        return wanted if wanted.removeprefix("-") in SORTS or wanted in SORTS else DEFAULT_SORT

    @cached_property
    def neighbours(self) -> tuple[int | None, int | None]:
        """The trades before and after this one in that list."""
        return neighbours(self.account, self.filter, self.trade, self.sort)

    @property
    def talk(self) -> str:
        """How members' talk of it is addressed."""
        return f"trade.{self.trade.pk}"

    @property
    def query(self) -> str:
        """What goes along to the neighbours: ``?…`` or nothing."""
        kept = self.filter.query()
        order = f"sort={self.sort}" if self.sort != DEFAULT_SORT else ""
        joined = "&".join(part for part in (kept, order) if part)
        return f"?{joined}" if joined else ""

    # --- open trades ---------------------------------------------------------------------------------------

    @cached_property
    def _assets(self) -> tuple[HoldingLine | None, datetime | None]:
        told = assets(self.account)
        lines = [line for line in told.lines if line.symbol == self.trade.symbol]
        fitting = [line for line in lines if line.quantity == self.trade.open_quantity]
        return (fitting[0] if fitting else None), told.read_at

    @property
    def holding(self) -> HoldingLine | None:
        """The holding of an open trade, when it is this trade's shares alone."""
        return None if self.is_closed or self.trade.is_void else self._assets[0]

    @property
    def holding_at(self) -> datetime | None:
        """When the broker told of it (our clock)."""
        return self._assets[1]

    # --- chart ---------------------------------------------------------------------------------------------

    @property
    def span(self) -> str:
        """The tab the chart opens with."""
        wanted = self.asked.get("span", "")
        return wanted if wanted in SPANS else usual_span(self.trade, self.subject.today)

    @property
    def spans(self) -> list[tuple[str, str]]:
        """Key and label of the tabs."""
        return [(key, str(label)) for key, (label, _minutes) in SPANS.items()]

    # --- words ---------------------------------------------------------------------------------------------

    @cached_property
    def panel(self) -> ReviewPanel:
        """The form of its review; when that is done the next trade of the list comes."""
        after = self.neighbours[1]
        there = reverse("portfolio:trade", args=[self.account.code, after]) + self.query if after else ""
        return ReviewPanel(self.account, self.trade, self.may_write, then=there)

    @cached_property
    def note(self) -> NoteView:
        """What was written about it."""
        return note_of_trade(self.trade)

    # --- right column --------------------------------------------------------------------------------------

    @property
    def leg_rows(self) -> SafeString:
        """The body of the 체결 table."""
        return leg_rows(self.subject.legs, self.subject.moves)

    @property
    def file_query(self) -> str:
        """The trade, as the address of its file says it."""
        return f"trade={self.trade.pk}"

    @property
    def costs(self) -> Costs:
        """비용 분해."""
        return costs_of(self.trade)

    @cached_property
    def reckoned(self) -> Reckoned | None:
        """The result first in, first out, beside the broker's moving average."""
        return both_ways(self.trade)

    @cached_property
    def ran(self) -> Ran | None:
        """MFE · MAE; ``None`` while no bar speaks of it."""
        row = self.subject.excursion
        return ran(self.trade, row, self.review.risk if self.review else None) if row else None

    @cached_property
    def context(self) -> Context:
        """당시 시장."""
        kept = at_entry(self.trade, self.subject.needs)
        return context_of(self.trade, self.subject.entry, kept, self.subject.needs)

    @property
    def facts(self) -> list[Pair]:
        """사실."""
        return fact_pairs(self.trade, self.review, self.worth, self.context, self.subject.needs)

    @property
    def market(self) -> list[Pair]:
        """The tab 당시 시장."""
        return context_pairs(self.context, self.subject.needs)

    @property
    def context_words(self) -> str:
        """Why the values of the moment are there, or are not."""
        return asking_words(self.context)

    @cached_property
    def others(self) -> OtherTrades:
        """Other trades of the symbol."""
        return others_of(self.trade)

    @property
    def other_rows(self) -> SafeString:
        """The body of their table."""
        return other_rows(self.others.shown, self.account.code)

    @cached_property
    def setup(self) -> SetupRecord | None:
        """How the same setup has done."""
        return same_setup(self.trade, self.review)

    @property
    def same_rows(self) -> SafeString:
        """The newest of them, as the body of their table."""
        return same_rows(self.setup.shown, self.account.code) if self.setup else SafeString("")
