"""매매: the filtered list of trades, a page of it at a time, with what the filter comes to."""

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from kiwoomweb.access.models import Account, User
from portfolio.models import Book, BulkEdit, HoldingEvent, TagGroup, Trade
from portfolio.presenting.filter_bar import FOLDED, FilterBar
from portfolio.presenting.tables import Column, Header, headers
from portfolio.presenting.trade_rows import trade_rows
from portfolio.presenting.written_rows import WrittenRows, written_once
from portfolio.selectors.days import today_of
from portfolio.selectors.filtering import DEFAULT_SORT, SORTS, Page, TradeFilter, page_of
from portfolio.selectors.filtering.sums import Sums, sums_of
from portfolio.selectors.reviews.labels import Label, labels_by_trade
from portfolio.selectors.reviews.queue import waiting_count
from portfolio.selectors.trades import trades_of
from portfolio.selectors.versions import version_of

__all__ = ["COLUMNS", "LATER", "TradeList"]

#: Parts of the page that come when somebody reaches for them, by the id htmx asks for.
LATER = {
    **FOLDED,
    "bulk-edit": "portfolio/parts/bulk.html",
    "holding-events": "portfolio/parts/holding_events.html",
}

COLUMNS = (
    Column("name", _("종목"), is_text=True),
    Column("day", _("기간"), is_text=True),
    Column("net", _("순손익")),
    Column("return", _("수익률"), is_wide=True),
    Column("r", "R", is_wide=True),
    Column("quantity", _("수량"), is_wide=True),
    Column("held", _("보유"), is_wide=True),
    Column("labels", _("셋업 · 태그"), is_text=True, is_wide=True, is_fixed=True),
    Column("review", _("복기"), is_text=True, is_wide=True, is_fixed=True),
    Column("state", _("상태"), is_text=True, is_wide=True, is_fixed=True),
)
EVENT_KINDS = {
    "split": _("액면분할·병합"),
    "bonus": _("무상증자"),
    "rights": _("유상증자"),
    "rename": _("코드 변경"),
    "merger": _("합병"),
    "spin_off": _("분할 신설"),
    "delisting": _("상장폐지"),
    "brought_in": _("입고"),
    "taken_out": _("출고"),
    "adopted": _("일지 이전 보유"),
}
#: How many trades a page may show; the first unless the address says otherwise.
SIZES = (50, 100, 200)
#: Trades of unknown beginning listed as a to-do; the filter finds the rest.
TODO = 20


class Turn(NamedTuple):
    """Addresses of the pages on either side; empty when there is none."""

    earlier: str
    later: str


@dataclass
class TradeList:
    """``query`` is the address's: a filter, ``sort``, and ``after`` or ``before`` the number of a trade."""

    account: Account
    person: User
    query: QueryDict
    may_write: bool = False

    @cached_property
    def asked(self) -> TradeFilter:
        """The filter of the address."""
        return TradeFilter.parse(self.query, today_of(self.account))

    @property
    def sort(self) -> str:
        """A column's key, with a minus for descending; nonsense is the newest first."""
        wanted = self.query.get("sort", "")
        return wanted if wanted.removeprefix("-") in SORTS else DEFAULT_SORT

    @property
    def file_query(self) -> str:
        """The filter and the order, as an address says them."""
        return "&".join(part for part in (self.asked.query(), f"sort={self.sort}") if part)

    @cached_property
    def bar(self) -> FilterBar:
        """The filter bar above the list."""
        kept = {} if self.sort == DEFAULT_SORT else {"sort": self.sort}
        return FilterBar(self.account, self.person, self.asked, kept)

    @property
    def headers(self) -> list[Header]:
        """The columns with the address each orders by."""
        return [_with(header, self.asked.query()) for header in headers(COLUMNS, self.sort, {})]

    @cached_property
    def page(self) -> Page:
        """The trades shown."""
        after, before = (_number(self.query.get(name, "")) for name in ("after", "before"))
        return page_of(self.account, self.asked, self.sort, after=after, before=before, size=self.size)

    @property
    def size(self) -> int:
        """How many trades the page shows."""
        wanted = _number(self.query.get("rows", ""))
        return wanted if wanted in SIZES else SIZES[0]

    @property
    def sizes(self) -> list[tuple[int, str, bool]]:
        """Each number of rows with its address, and whether it is the present one."""
        return [(size, f"?{self._address(rows=size)}", size == self.size) for size in SIZES]

    @cached_property
    def written(self) -> WrittenRows:
        """The body of the table and where it stands in the list; written anew once something has changed."""
        asked = (self.asked.first, self.asked.last, self._address(rows=self.size))
        places = (self.query.get("after", ""), self.query.get("before", ""))
        # The version is asked before the rows are read: what is kept under it is as new, or newer.
        key = (self.account.pk, version_of(self.account), get_language(), self.may_write, *asked, *places)
        return written_once(key, self._write)

    def _write(self) -> WrittenRows:
        page, trades = self.page, self.page.trades
        first, last = (trades[0].pk, trades[-1].pk) if trades else (0, 0)
        sums = sums_of(self.account, self.asked)
        unsettled = self._to_do() if sums.unsettled or not self.asked.is_empty else ()
        return WrittenRows(self.rows, first, last, page.has_earlier, page.has_later, sums, unsettled)

    @property
    def rows(self) -> SafeString:
        """The body of the table, written now."""
        labels = labels_by_trade(self.page.trades)
        base = reverse("portfolio:trades", args=[self.account.code])
        kept = self._address()
        return trade_rows(self.page.trades, labels, base, f"?{kept}" if kept else "", may_write=self.may_write)

    @property
    def turn(self) -> Turn:
        """The pages before and after."""
        at = self.written
        earlier = self._address(before=at.first) if at.first and at.has_earlier else ""
        later = self._address(after=at.last) if at.first and at.has_later else ""
        return Turn(earlier and f"?{earlier}", later and f"?{later}")

    @property
    def sums(self) -> Sums:
        """What all trades of the filter come to."""
        return self.written.sums

    @cached_property
    def waiting(self) -> int:
        """How many wait for a review."""
        return waiting_count(self.account)

    @property
    def unsettled(self) -> tuple[Trade, ...]:
        """Trades whose beginning nobody knows: what there is to do, the newest first."""
        return self.written.unsettled

    def _to_do(self) -> tuple[Trade, ...]:
        rows = trades_of(self.account).filter(state=Trade.State.UNSETTLED)
        # By the day alone: with the number as well SQLite walks all trades in order to find these few.
        return tuple(rows.order_by("-opened_day")[: TODO + 1])

    @property
    def has_more_unsettled(self) -> bool:
        """More than are listed."""
        return len(self.unsettled) > TODO

    @cached_property
    def events(self) -> list[tuple[HoldingEvent, str]]:
        """Holding events of the account with their kind in words, the newest first; withdrawn ones too."""
        rows = HoldingEvent.objects.filter(account=self.account).select_related("author", "withdrawn_by")
        return [(event, str(EVENT_KINDS[event.kind])) for event in rows.order_by("-day", "-pk")[:50]]

    @property
    def event_kinds(self) -> list[tuple[str, str]]:
        """Kinds of holding events, as people call them."""
        return [(key, str(words)) for key, words in EVENT_KINDS.items()]

    @cached_property
    def undoable(self) -> BulkEdit | None:
        """The newest edit of many trades by this person, while it can be taken back."""
        rows = BulkEdit.objects.filter(account=self.account, author=self.person).order_by("-pk")[:1]
        return next((edit for edit in rows if edit.undone_at is None and edit.trades), None)

    @property
    def labels(self) -> list[Label]:
        """Tags and mistakes that can be put on or taken off."""
        return self._offered(TagGroup.Kind.TAG, TagGroup.Kind.MISTAKE)

    @property
    def setups(self) -> list[Label]:
        """Setups that can be given."""
        return self._offered(TagGroup.Kind.SETUP)

    def _offered(self, *kinds: str) -> list[Label]:
        groups = (group for group in self.bar.groups if group.kind in kinds)
        return [label for group in groups for label in group.labels if not label.is_retired]

    @cached_property
    def books(self) -> list[Book]:
        """Books trades can be moved to."""
        return list(Book.objects.filter(account=self.account, closed_at=None).order_by("name"))

    def _address(self, **more: int) -> str:
        sort = {} if self.sort == DEFAULT_SORT else {"sort": self.sort}
        size = {} if self.size == SIZES[0] else {"rows": self.size}
        return urlencode([*self.asked.pairs(), *{**sort, **size, **more}.items()])


def _with(header: Header, query: str) -> Header:
    """The same header, keeping the filter."""
    joined = "&".join(part for part in (query, header.query) if part)
    return Header(header.label, header.query and joined, header.direction, header.css)


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and 0 < len(text) < 19 else None
