"""주문 내역: every order of a span, ours and those of other channels, filtered; as a page and as files."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from itertools import islice
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from kiwoomweb.access.gateway import broker_now
from kiwoomweb.access.models import Account
from kiwoomweb.ui.takeaway import Sheet
from kiwoomweb.ui.takeaway.sheet import Column, Form, Value
from kiwoomweb.ui.templatetags.money import price, won
from orders.presenting.words import side_word, standing, told_kind, told_status
from orders.selectors.history import FILTERS, PastOrder, past_orders

__all__ = ["HistoryPage"]

ROW = (
    '<tr><td class="dim">{}<small class="sub">{}</small></td>'
    '<td class="name"><span class="mark {}">{}</span> {}</td>'
    '<td class="wide">{}<small class="sub dim">{}</small></td>'
    '<td class="num"><span class="amount">{}</span></td><td class="num wide">{}</td>'
    '<td class="num"><span class="amount">{}</span><small class="sub dim">{}</small></td>'
    '<td class="num wide"><span class="amount">{}</span></td>'
    '<td><span class="badge {}">{}</span></td><td class="wide dim">{}<small class="sub">{}</small></td></tr>'
)
#: Rows of the page; files hold all.
MOST = 300
SPANS = {"today": 0, "week": 6, "month": 30, "quarter": 91, "year": 365}

COLUMNS = (
    Column(gettext_lazy("일자"), Form.DAY),
    Column(gettext_lazy("시각"), Form.MOMENT),
    Column(gettext_lazy("주문번호")),
    Column(gettext_lazy("종목코드")),
    Column(gettext_lazy("종목")),
    Column(gettext_lazy("매매")),
    Column(gettext_lazy("종류")),
    Column(gettext_lazy("거래소")),
    Column(gettext_lazy("수량"), Form.WHOLE),
    Column(gettext_lazy("가격"), Form.WHOLE),
    Column(pgettext_lazy("order state", "체결"), Form.WHOLE),
    Column(gettext_lazy("체결가"), Form.POINTS),
    Column(gettext_lazy("수수료"), Form.WHOLE),
    Column(gettext_lazy("세금"), Form.WHOLE),
    Column(gettext_lazy("상태")),
    Column(gettext_lazy("낸 곳")),
    Column(gettext_lazy("까닭")),
)


@dataclass
class HistoryPage:
    """``asked``: ``span`` or ``first`` and ``last``, ``side``, ``symbol``, ``state``; nonsense is left out."""

    account: Account
    asked: Mapping[str, str]

    @cached_property
    def today(self) -> date:
        return broker_now(self.account).date()

    @property
    def span(self) -> str:
        """The span chosen by its name; empty where days were named."""
        if self._day("first") or self._day("last"):
            return ""
        return self.asked.get("span", "") if self.asked.get("span") in SPANS else "week"

    @cached_property
    def days(self) -> tuple[date, date]:
        """The first and the last day."""
        if self.span:
            return self.today - timedelta(days=SPANS[self.span]), self.today
        last = self._day("last") or self.today
        return min(self._day("first") or last, last), last

    @property
    def side(self) -> str:
        return self.asked.get("side", "") if self.asked.get("side") in {"buy", "sell"} else ""

    @property
    def state(self) -> str:
        return self.asked.get("state", "") if self.asked.get("state") in FILTERS else ""

    @property
    def symbol(self) -> str:
        return self.asked.get("symbol", "").strip()[:20]

    @cached_property
    def found(self) -> list["Row"]:
        """As many as the page shows, and one more where there are more."""
        return [Row(one) for one in islice(self._all(), MOST + 1)]

    @property
    def rows(self) -> list["Row"]:
        return self.found[:MOST]

    @property
    def body(self) -> SafeString:
        """The rows, each written by one ``format_html``."""
        return SafeString("".join(order_row(row, self.account.code) for row in self.rows))

    @property
    def has_more(self) -> bool:
        return len(self.found) > MOST

    @property
    def spans(self) -> list[tuple[str, str, bool]]:
        """(query, label, whether it is the present one)."""
        words = {
            "today": _("오늘"),
            "week": _("1주"),
            "month": _("1달"),
            "quarter": _("3달"),
            "year": _("1년"),
        }
        kept = {"side": self.side, "state": self.state, "symbol": self.symbol}
        kept = {name: value for name, value in kept.items() if value}
        return [(urlencode({**kept, "span": key}), word, key == self.span) for key, word in words.items()]

    @property
    def states(self) -> list[tuple[str, str]]:
        return [
            ("", _("모든 상태")),
            ("open", pgettext("order state", "미체결")),
            ("filled", pgettext("order state", "체결")),
            ("cancelled", _("취소됨")),
            ("refused", _("거부 · 보내지 않음")),
            ("unsure", _("결과 미확인")),
        ]

    @property
    def query(self) -> str:
        """The page's own address."""
        first, last = self.days
        told = {"first": first, "last": last, "side": self.side, "state": self.state, "symbol": self.symbol}
        return urlencode({name: value for name, value in told.items() if value})

    def _all(self) -> Iterator[PastOrder]:
        return past_orders(self.account, *self.days, side=self.side, symbol=self.symbol, state=self.state)

    def _day(self, name: str) -> date | None:
        try:
            return date.fromisoformat(self.asked.get(name, ""))
        except ValueError:
            return None

    def sheet(self) -> Sheet:
        """All of it, to take away."""
        return Sheet(_("주문 내역"), COLUMNS, (Row(one).values for one in self._all()))


@dataclass(frozen=True, slots=True)
class Row:
    """One order in words."""

    order: PastOrder

    @property
    def status(self) -> str:
        return standing(self.order.state).word if self.order.state else told_status(self.order.status)

    @property
    def kind(self) -> str:
        """How it trades, in words."""
        return told_kind(self.order.kind)

    @property
    def tone(self) -> str:
        return standing(self.order.state).tone if self.order.state else ""

    @property
    def source(self) -> str:
        """Who gave the order."""
        by = {"person": self.order.by or _("사람"), "exit": _("자동 청산"), "halt": _("전체 중지")}
        return by.get(self.order.origin, _("다른 곳"))

    @property
    def values(self) -> Sequence[Value]:
        one = self.order
        at: datetime | None = one.at
        words = [one.day, at, one.order_no, one.symbol, one.name, side_word(one.side), self.kind, one.venue]
        numbers = [one.quantity, one.price, one.filled, one.fill_price, one.commission, one.tax]
        return [*words, *numbers, self.status, self.source, one.reason]


def order_row(row: Row, code: str) -> SafeString:
    """One line of the page; our own order leads to all that was heard of it."""
    one = row.order
    link = reverse("orders:intent", args=[code, one.code]) if one.code else ""
    name = (
        format_html('<a href="{}"><b>{}</b></a>', link, one.name)
        if link
        else format_html("<b>{}</b>", one.name)
    )
    mark = pgettext("매수", "수") if one.side == "buy" else pgettext("매도", "도")
    costs = None if one.commission is None else one.commission + (one.tax or 0)
    return format_html(
        ROW,
        f"{one.day:%m-%d}",
        f"{localtime(one.at):%H:%M:%S}" if one.at else "",
        one.side.value,
        mark,
        name,
        row.kind,
        one.venue,
        won(one.quantity),
        price(one.price) if one.price else "—",
        won(one.filled),
        price(round(one.fill_price)) if one.fill_price else "",
        won(costs),
        row.tone,
        row.status,
        row.source,
        one.reason,
    )
