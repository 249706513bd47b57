"""One board as it is shown: its form, its tables, how old they are, and what is wrong."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from urllib.parse import quote, urlencode

from django.urls import reverse

from kiwoomweb.access.gateway import broker_now
from kiwoomweb.access.models import Account
from kiwoomweb.broker import market_calendar
from kiwoomweb.broker.catalogue import TR, find
from kiwoomweb.broker.environment import Environment
from kiwoomweb.broker.errors import UnknownSymbol
from kiwoomweb.broker.protocol import Reply
from kiwoomweb.broker.reading import Reading, read
from kiwoomweb.broker.reading.usual import usual_question
from market.boards import questions
from market.boards.firms import Firms, firms_of, names_of
from market.boards.questions import Input
from market.boards.shelves import Board, Section, Shelf
from market.boards.tables import Facts, Written, facts_of, tables_of
from market.merging import merged
from market.models import Instrument
from market.selectors.instruments import instrument
from market.services.candles import ChartSpan
from market.services.keeping import Answer
from market.services.levels import GOLD_SPANS
from market.services.lookups import known_values
from market.services.replies import further_replies_of, replies_of

__all__ = ["BoardPage", "Links", "last_trading_day", "venue_of"]

#: Seconds between two looks of an open page at a market that moves.
LOOK_AGAIN = 15
#: Pages one board shows; each is a call of its own.
MOST_PAGES = 20
#: Fields another TR lists, where a select serves better than a box.
LISTED = {"mmcm_cd": "ka10102", "inds_cd": "ka10101", "thema_grp_cd": "ka90001"}
#: 통합, but 모의투자 knows only the KRX.
VENUES = {Environment.PAPER: "1"}
HOME_SYMBOL, HOME_FUND = "005930", "069500"
#: Lists whose rows open a board about one of them: TR -> (shelf, TR).
DETAILS = {
    "ka40004": ("etf", "ka40009"),
    **dict.fromkeys(
        ("ka30001", "ka30002", "ka30004", "ka30005", "ka30009", "ka30010", "ka30011"), ("elw", "ka30012")
    ),
}
SHARE = re.compile(r"[0-9A-Z]{6}", re.ASCII)


def last_trading_day(now: datetime) -> date:
    """Today, or the last day there was a market before it."""
    today = now.date()
    return today if market_calendar.is_trading_day(today) else market_calendar.previous_trading_day(today)


def venue_of(account: Account) -> str:
    """거래소구분 the market pages ask for."""
    return VENUES.get(Environment(account.environment), "3")


@dataclass
class BoardPage:
    """``asked`` is the query of the address; ``symbol`` the share looked at last, for boards about one."""

    account: Account
    shelf: Shelf
    board: Board
    asked: Mapping[str, str]
    symbol: str = HOME_SYMBOL

    @cached_property
    def tr(self) -> TR:
        return find(self.board.tr)

    @cached_property
    def now(self) -> datetime:
        return broker_now(self.account)

    @cached_property
    def body(self) -> dict[str, str]:
        day, venue = last_trading_day(self.now), venue_of(self.account)
        body = questions.body_of(
            self.board, self.tr, self.asked, today=day, symbol=self._usual_symbol(), venue=venue
        )
        for name, pairs in self.known.items():
            if name in body and name not in self.asked and body[name] not in dict(pairs):
                body[name] = pairs[0][0]
        return body

    def _usual_symbol(self) -> str:
        """The share looked at last; of funds and ELW one of their own, when that is none."""
        if self.shelf.key == "etf":
            last = instrument(self.symbol)
            return self.symbol if last and last.kind == "ETF" else HOME_FUND
        return self._any_elw() if self.shelf.key == "elw" and self._asks_for_a_symbol() else self.symbol

    def _asks_for_a_symbol(self) -> bool:
        return "stk_cd" not in self.asked and any(field.name == "stk_cd" for field in self.tr.request)

    def _any_elw(self) -> str:
        """The first of the list of ELW (ka30009), which come and go; empty while the broker tells none."""
        body = usual_question(find("ka30009"))
        told = replies_of(self.account, "ka30009", body, fresh=timedelta(hours=1)).value
        rows = told[0].fields.get("elwflu_rt_rank") if told else None
        return str(rows[0].get("stk_cd", "")) if rows else ""

    @cached_property
    def known(self) -> dict[str, list[tuple[str, str]]]:
        """What other TRs list for fields of this one; a list the broker does not give leaves a plain box."""
        found = {}
        for field in self.tr.request:
            told = known_values(self.account, LISTED[field.name]) if field.name in LISTED else None
            if told and told.value:
                found[field.name] = [(one.code, one.name) for one in told.value]
        return found

    @cached_property
    def problems(self) -> dict[str, str]:
        return questions.problems_of(self.tr, self.body)

    @cached_property
    def inputs(self) -> list[Input]:
        return questions.inputs_of(self.tr, self.body, self.problems, self.known)

    @property
    def first_inputs(self) -> list[Input]:
        return self.inputs[: questions.FIRST]

    @property
    def more_inputs(self) -> list[Input]:
        return self.inputs[questions.FIRST :]

    @property
    def is_narrowed(self) -> bool:
        """Whether one of the inputs out of sight was chosen, or is wrong: then they are shown."""
        return any(one.name in self.asked or one.problem for one in self.more_inputs)

    @cached_property
    def answer(self) -> Answer[list[Reply]]:
        if self.problems:
            return Answer(None, None)
        try:
            if self.pages > 1:
                return further_replies_of(self.account, self.board.tr, self.body, self.pages)
            return replies_of(self.account, self.board.tr, self.body)
        except UnknownSymbol as unknown:
            return Answer(None, None, str(unknown.notice))

    @cached_property
    def reading(self) -> Reading | None:
        if not self.answer.value:
            return None
        return read(self.tr, merged(reply.fields for reply in self.answer.value), self.body)

    @cached_property
    def pages(self) -> int:
        """How many pages of the broker's are looked at; nonsense in the address is one."""
        asked = self.asked.get("pages", "")
        count = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 4 else 1
        return min(max(count, 1), MOST_PAGES) if self.tr.pages else 1

    @property
    def has_more(self) -> bool:
        return bool(self.answer.value and self.answer.value[-1].next_key)

    @property
    def may_go_on(self) -> bool:
        return self.has_more and self.pages < MOST_PAGES

    @property
    def page_rows(self) -> int:
        """How many rows the last page brought; the next one may bring as many."""
        last = self.answer.value[-1].fields if self.answer.value else {}
        return max((len(value) for value in last.values() if isinstance(value, list)), default=0)

    @property
    def further_query(self) -> str:
        """The address of one page more."""
        return "&".join(filter(None, (self.query, f"pages={self.pages + 1}")))

    @cached_property
    def tables(self) -> list[Written]:
        return (
            tables_of(self.reading, Links(self.account, self.tr.id), self.board.figure) if self.reading else []
        )

    @cached_property
    def firms(self) -> Firms | None:
        return firms_of(self.reading) if self.reading else None

    @cached_property
    def facts(self) -> Facts | None:
        if self.reading is None:
            return None
        return facts_of(self.reading, names_of(self.tr.id) if self.firms else frozenset())

    @property
    def is_empty(self) -> bool:
        """The broker answered, and there is nothing."""
        return (
            self.reading is not None
            and not self.facts
            and not self.firms
            and not any(table.count for table in self.tables)
        )

    @property
    def unread(self) -> int:
        """Fields that came and could not be understood; they are shown as they came."""
        return len(self.reading.problems) if self.reading else 0

    @property
    def as_of(self) -> datetime | None:
        """When the broker said so, by its own clock."""
        replies = self.answer.value
        return replies[0].at if replies else None

    @property
    def is_old(self) -> bool:
        return bool(self.answer.trouble and self.answer.value)

    @cached_property
    def is_open(self) -> bool:
        """Whether prices may move now."""
        day = market_calendar.sessions(self.now.date())
        return bool(day and day.is_open(self.now))

    @property
    def look_again(self) -> int:
        """Seconds until the page asks again by itself; 0 for never.

        Several pages are not asked for again and again: the rows would jump, and the calls be missed elsewhere.
        """
        return LOOK_AGAIN if self.is_open and not self.problems and self.pages == 1 else 0

    @property
    def address(self) -> str:
        return reverse("market:board", args=[self.account.code, self.shelf.key, self.board.tr])

    @property
    def query(self) -> str:
        """What was chosen, as the address keeps it."""
        names = {one.name for one in self.inputs}
        return urlencode({name: value for name, value in self.asked.items() if name in names})

    @cached_property
    def subject(self) -> Instrument | None:
        """The share a board is about, as the form names it."""
        about = any(
            field.name == "stk_cd" and field.required and not field.choices for field in self.tr.request
        )
        return instrument(self.body["stk_cd"].partition("_")[0]) if about and not self.problems else None

    @property
    def gold(self) -> str:
        """The gold contract whose chart stands above the board; empty for boards about something else."""
        code = self.body.get("stk_cd", "")
        return code if self.shelf.key == "gold" and code.startswith("M") and not self.problems else ""

    @property
    def gold_spans(self) -> Iterable[ChartSpan]:
        return GOLD_SPANS.values()

    @property
    def carried(self) -> str:
        """What a link to another board of the shelf takes along: the share asked for."""
        return urlencode({"stk_cd": self.body["stk_cd"]}) if "stk_cd" in self.asked and self.subject else ""

    @property
    def sections(self) -> Iterable[Section]:
        return self.shelf.sections

    @property
    def age(self) -> timedelta | None:
        return self.now - self.as_of if self.as_of else None


class Links:
    """Where names in a table lead, for one account. Addresses are reversed once, not once a row.

    Shares have their page; funds of the list of ETF and all ELW open their own boards first. In the list of all
    sectors (ka20003) a "symbol" is a sector.
    """

    def __init__(self, account: Account, tr: str = "") -> None:
        self.tr = tr
        self.symbols = reverse("market:symbols", args=[account.code])
        self.sectors = reverse("market:sectors", args=[account.code])
        self.detail = ""
        if tr in DETAILS:
            self.detail = reverse("market:board", args=[account.code, *DETAILS[tr]])
        self.theme = reverse("market:board", args=[account.code, "themes", "ka90002"])

    def __call__(self, field: str, code: str) -> str:
        if field == "thema_grp_cd":
            return f"{self.theme}?thema_grp_cd={quote(code)}"
        if field == "inds_cd" or self.tr == "ka20003":
            return f"{self.sectors}?sector={quote(code)}"
        if self.detail and field == "stk_cd":
            return f"{self.detail}?stk_cd={quote(code)}"
        bare = code.partition("_")[0]
        return f"{self.symbols}{bare}/" if SHARE.fullmatch(bare) else ""
