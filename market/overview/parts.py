"""Parts of the market's front page: each is asked and drawn by itself, so none waits for another."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kiwoomweb.access.gateway import broker_now
from kiwoomweb.access.models import Account
from kiwoomweb.broker import market_calendar
from kiwoomweb.broker.catalogue import find
from kiwoomweb.broker.domain import IndexCandle, IndexQuote
from kiwoomweb.broker.protocol import Reply
from kiwoomweb.broker.reading import Reading, read
from kiwoomweb.broker.reading.usual import usual_question
from market.boards.page import Links, last_trading_day, venue_of
from market.boards.tables import Written, brief_of
from market.overview.heatmap import Tile, tiles_of
from market.services.candles import SPANS
from market.services.keeping import Answer
from market.services.levels import index_candles_of, index_of
from market.services.replies import replies_of

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

__all__ = ["LISTS", "IndexPart", "ListPart", "MapPart", "NetPart", "NetRow"]

#: Rows of a list on the front page.
FEW = 8


@dataclass(frozen=True, slots=True)
class Listed:
    """A board in short. ``figure`` is the wire name of the figure it is about, beside price and rate."""

    title: "StrOrPromise"
    shelf: str
    tr: str
    chosen: Mapping[str, str] = field(default_factory=dict)
    figure: str = ""
    ranked: bool = False


TRADED = {"stk_cnd": "16", "trde_prica_cnd": "100"}
#: Part -> its list.
LISTS = {
    "risers": Listed(_("상승률 상위"), "rank", "ka10027", {"sort_tp": "1", **TRADED}),
    "fallers": Listed(_("하락률 상위"), "rank", "ka10027", {"sort_tp": "3", **TRADED}),
    "turnover": Listed(_("거래대금 상위"), "rank", "ka10032", {"mang_stk_incls": "1"}, "trde_prica"),
    "looked-up": Listed(_("실시간 조회 순위"), "rank", "ka00198", {"qry_tp": "3"}, ranked=True),
    "highs": Listed(_("신고가"), "limits", "ka10016", {"ntl_tp": "1", "dt": "250", "updown_incls": "1"}),
    "vi": Listed(_("VI 발동"), "limits", "ka10054"),
}


@dataclass
class _Part:
    account: Account

    @cached_property
    def now(self) -> datetime:
        return broker_now(self.account)

    @cached_property
    def is_open(self) -> bool:
        day = market_calendar.sessions(self.now.date())
        return bool(day and day.is_open(self.now))

    def asked(self, tr: str, chosen: Mapping[str, str]) -> tuple[Answer[list[Reply]], Reading | None]:
        body = usual_question(find(tr), last_trading_day(self.now))
        body |= {"stex_tp": venue_of(self.account)} if "stex_tp" in body else {}
        body |= chosen
        answer = replies_of(self.account, tr, body)
        return answer, read(find(tr), answer.value[0].fields, body) if answer.value else None


class _ToldPart(_Part):
    """A part that one TR tells: ``told`` is its answer and what could be read of it."""

    @cached_property
    def told(self) -> tuple[Answer[list[Reply]], Reading | None]:
        raise NotImplementedError

    @property
    def answer(self) -> Answer[list[Reply]]:
        return self.told[0]

    @property
    def as_of(self) -> datetime | None:
        return self.answer.value[0].at if self.answer.value else None

    @property
    def is_old(self) -> bool:
        return bool(self.answer.trouble and self.answer.value)


@dataclass
class ListPart(_ToldPart):
    """The first rows of a board."""

    name: str

    @property
    def listed(self) -> Listed:
        return LISTS[self.name]

    @property
    def query(self) -> str:
        return urlencode(self.listed.chosen)

    @cached_property
    def told(self) -> tuple[Answer[list[Reply]], Reading | None]:
        return self.asked(self.listed.tr, self.listed.chosen)

    @cached_property
    def table(self) -> Written | None:
        reading, listed = self.told[1], self.listed
        if reading is None:
            return None
        links = Links(self.account, listed.tr)
        return brief_of(reading, links, FEW, listed.figure, ranked=listed.ranked)


@dataclass
class IndexPart(_Part):
    """One index: its level, its breadth, the line of its day."""

    sector: str
    name: object
    key: str = ""

    @cached_property
    def answer(self) -> Answer[IndexQuote]:
        return index_of(self.account, self.sector)

    @property
    def quote(self) -> IndexQuote | None:
        return self.answer.value

    @property
    def as_of(self) -> datetime | None:
        """When it was told, by the broker's clock."""
        return self.now - (timezone.now() - self.answer.at) if self.answer.at else None

    @property
    def is_old(self) -> bool:
        return bool(self.answer.trouble and self.answer.value)

    @cached_property
    def line(self) -> str:
        """Closes of the day's minutes as points of a drawing 300 by 44; empty without two of them."""
        bars: list[IndexCandle] = index_candles_of(self.account, self.sector, SPANS["1m"]).value or []
        closes = [bar.close for bar in bars if bar.at.date() == bars[-1].at.date()]
        if len(closes) < 2:
            return ""
        low, spread = min(closes), (max(closes) - min(closes)) or Decimal(1)
        step = Decimal(300) / (len(closes) - 1)
        return " ".join(
            f"{n * step:.1f},{42 - (close - low) / spread * 40:.1f}" for n, close in enumerate(closes)
        )

    @property
    def distance(self) -> str:
        """How far from yesterday, without its sign: the arrow tells that."""
        change = self.quote.change if self.quote else None
        return "—" if change is None else f"{abs(change):,.2f}"

    @property
    def bars(self) -> list[dict[str, object]]:
        """The breadth as a bar of a hundred: where each part begins and how wide it is."""
        told = self.breadth
        return [
            {"css": css, "x": sum(part for _css, part, _n in told[:at]), "width": part}
            for at, (css, part, _n) in enumerate(told)
        ]

    @property
    def breadth(self) -> list[tuple[str, int, object]]:
        """(class, share of a hundred, count) of rising, unchanged, falling."""
        quote = self.quote
        told = (quote.rising, quote.unchanged, quote.falling) if quote else (None, None, None)
        if any(one is None for one in told):
            return []
        counts = [int(one or 0) for one in told]
        total = sum(counts) or 1
        return [
            (css, round(n * 100 / total), n) for css, n in zip(("rise", "flat", "fall"), counts, strict=True)
        ]


@dataclass
class MapPart(_ToldPart):
    """The sectors of one market (``001`` 코스피, ``101`` 코스닥)."""

    sector: str
    key: str = ""

    @cached_property
    def told(self) -> tuple[Answer[list[Reply]], Reading | None]:
        return self.asked("ka20003", {"inds_cd": self.sector})

    @cached_property
    def tiles(self) -> list[Tile]:
        reading = self.told[1]
        return tiles_of(reading) if reading else []


@dataclass(frozen=True, slots=True)
class NetRow:
    """Net buying of one kind of investor, in won; ``share`` of the biggest, 0 to 100, for its bar."""

    name: object
    value: int | None
    share: int

    @property
    def x(self) -> int:
        """Where the bar begins: selling grows to the left of the middle."""
        return 100 if (self.value or 0) >= 0 else 100 - self.share


@dataclass
class NetPart(_ToldPart):
    """Who bought and sold a market today: 개인, 외국인, 기관계 (ka10051)."""

    market: str
    key: str = ""

    NAMES = (("ind_netprps", _("개인")), ("frgnr_netprps", _("외국인")), ("orgn_netprps", _("기관계")))

    @cached_property
    def told(self) -> tuple[Answer[list[Reply]], Reading | None]:
        return self.asked("ka10051", {"mrkt_tp": self.market, "amt_qty_tp": "0"})

    @cached_property
    def rows(self) -> list[NetRow]:
        """Of the whole market: the first line of the list."""
        reading = self.told[1]
        if reading is None or not reading.tables[0].rows:
            return []
        table = reading.tables[0]
        at = {column.name: n for n, column in enumerate(table.columns)}
        values = [_whole(table.rows[0][at[name]].value) for name, _label in self.NAMES]
        most = max((abs(value) for value in values if value), default=1)
        return [
            NetRow(label, value, round(abs(value or 0) * 100 / most))
            for (_name, label), value in zip(self.NAMES, values, strict=True)
        ]


def _whole(value: object) -> int | None:
    return int(value) if isinstance(value, int | Decimal) else None
