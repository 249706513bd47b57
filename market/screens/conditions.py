"""조건검색: the conditions, the feed of hits with what they were worth, and the result of a search."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kiwoomweb.access.gateway import broker_now
from kiwoomweb.access.models import Account, User
from kiwoomweb.access.rights import Right
from kiwoomweb.broker import market_calendar
from kiwoomweb.broker.domain import SEOUL
from kiwoomweb.ui.templatetags.money import rate, won
from market.door import is_open
from market.models import HitReturn
from market.selectors.screeners import Edge, HitLine, ScreenerLine, edges, hits_of, screeners_of
from market.services.measuring import HORIZONS
from market.signals import own_asked

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

__all__ = ["KINDS", "LABELS", "ConditionsPage"]

LABELS: Mapping[str, "StrOrPromise"] = {
    "1m": gettext_lazy("1분"),
    "5m": gettext_lazy("5분"),
    "30m": gettext_lazy("30분"),
    "close": gettext_lazy("종가"),
    "1d": gettext_lazy("+1일"),
    "5d": gettext_lazy("+5일"),
}
#: What the feed shows, by the address.
KINDS = {"": ("in", "out"), "in": ("in",), "out": ("out",), "all": ("in", "out", "present")}
WORDS = {
    "in": ("rise", "▲", gettext_lazy("편입")),
    "out": ("fall", "▼", gettext_lazy("이탈")),
    "present": ("flat", "", gettext_lazy("시작 때")),
}
ROW = (
    '<tr data-symbol="{symbol}"><td class="when">{at}</td>'
    '<td><span class="{css}"><i class="arrow" aria-hidden="true">{arrow}</i>{word}</span></td>'
    '<th scope="row" class="name"><a href="{address}"><b>{name}</b>'
    '<small class="wide">{symbol}</small></a></th>'
    '<td class="wide dim">{condition}</td><td class="num">{price}</td>'
    '<td class="num"><live-since symbol="{symbol}" price="{plain}">—</live-since></td>{returns}</tr>'
)


@dataclass
class ConditionsPage:
    """``asked``: ``seq`` of one condition, ``kind`` of hits, ``own=1``. Only traders may start and stop."""

    account: Account
    asked: Mapping[str, str]
    rights: frozenset[Right]
    user: User

    @cached_property
    def now(self) -> datetime:
        return broker_now(self.account)

    @property
    def day(self) -> date:
        return self.now.date()

    @cached_property
    def is_open(self) -> bool:
        day = market_calendar.sessions(self.day)
        return bool(day and day.is_open(self.now))

    @cached_property
    def screeners(self) -> list[ScreenerLine]:
        """A yes of the broker counts while the connection it was given on is there."""
        lines = screeners_of(self.account, self.day)
        heard = any(one.is_heard for one in lines) and is_open(self.account)
        return [replace(one, is_heard=one.is_heard and heard) for one in lines]

    @property
    def seq(self) -> str:
        """The condition looked at; empty for all."""
        wanted = self.asked.get("seq", "")
        return wanted if any(one.seq == wanted for one in self.screeners) else ""

    @property
    def screener(self) -> ScreenerLine | None:
        return next((one for one in self.screeners if one.seq == self.seq), None)

    @property
    def kind(self) -> str:
        wanted = self.asked.get("kind", "")
        return wanted if wanted in KINDS else ""

    @property
    def kinds(self) -> list[tuple[str, str, str]]:
        """(kind, its name, its query)."""
        told = [("", _("편입 · 이탈")), ("in", _("편입만")), ("all", _("모두"))]
        return [
            (key, label, urlencode({"seq": self.seq, "kind": key, **self.own_query})) for key, label in told
        ]

    @property
    def other_query(self) -> str:
        """The same with everybody's symbols, or with one's own alone."""
        other = {} if self.is_own else {"own": "1"}
        return urlencode({"seq": self.seq, "kind": self.kind, **other})

    @property
    def may_start(self) -> bool:
        return Right.NOTE in self.rights

    @property
    def is_connected(self) -> bool:
        return hasattr(self.account, "credential")

    @cached_property
    def hits(self) -> list[HitLine]:
        return hits_of(self.account, self.seq, KINDS[self.kind], self.own_symbols if self.is_own else None)

    @property
    def is_own(self) -> bool:
        """Only what the team holds or has traded."""
        return self.asked.get("own") == "1"

    @cached_property
    def own_symbols(self) -> frozenset[str]:
        answers = own_asked.send(sender=type(self), user=self.user, account=self.account)
        return frozenset(symbol for _receiver, told in answers for symbol in told or ())

    @property
    def opens(self) -> datetime | None:
        """When the market opens next, while it is closed."""
        if self.is_open:
            return None
        today = market_calendar.sessions(self.day)
        if today and self.now < today.opens:
            return today.opens
        after = market_calendar.sessions(market_calendar.next_trading_day(self.day))
        return after.opens if after else None

    @property
    def is_deaf(self) -> bool:
        """The market is open and nobody listens for a condition."""
        return self.is_open and self.is_connected and not any(one.wanted for one in self.screeners)

    @property
    def query(self) -> str:
        """What was chosen, as the address keeps it."""
        return urlencode({"seq": self.seq, "kind": self.kind, **self.own_query})

    @property
    def own_query(self) -> dict[str, str]:
        return {"own": "1"} if self.is_own else {}

    @property
    def rows(self) -> SafeString:
        symbols = reverse("market:symbols", args=[self.account.code])
        return SafeString("".join(_row(hit, symbols, self.day) for hit in self.hits))

    @property
    def labels(self) -> list["StrOrPromise"]:
        return list(LABELS.values())

    @cached_property
    def edges(self) -> list[tuple["StrOrPromise", Edge]]:
        if not self.seq:
            return []
        return [(LABELS[one.horizon], one) for one in edges(self.account, self.seq, HORIZONS)]


def _row(hit: HitLine, symbols: str, today: date) -> SafeString:
    css, arrow, word = WORDS[hit.kind]
    at = hit.at.astimezone(SEOUL)
    returns = "".join(f'<td class="num wide">{_return(hit, one)}</td>' for one in HORIZONS)
    return format_html(
        ROW,
        symbol=hit.symbol,
        at=f"{at:%H:%M:%S}" if at.date() == today else f"{at:%m-%d %H:%M}",
        css=css,
        arrow=arrow,
        word=word,
        address=f"{symbols}{hit.symbol}/?span={'1m' if at.date() == today else 'day'}&at={int(at.timestamp())}",
        name=hit.name,
        condition=hit.condition,
        price=won(hit.price),
        plain=hit.price or "",
        returns=SafeString(returns),
    )


def _return(hit: HitLine, horizon: str) -> str:
    """Net of costs, the rest as a tooltip; a dash while it is not due, and for ever where nobody told."""
    told = hit.returns.get(horizon)
    if hit.kind != "in" or told is None:
        return '<span class="unknown">·</span>' if hit.kind == "in" else ""
    if told.net is None:
        return f'<span class="unknown" title="{escape(HitReturn.Why(told.why).label)}">—</span>'
    about = _("비용 전 %(gross)s%%, 값 %(price)s") % {"gross": f"{told.gross:+.2f}", "price": won(told.price)}
    return f'<span title="{escape(about)}">{rate(told.net)}</span>'
