"""통계: one page of the statistics, its switches, its cards and its figures."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from urllib.parse import parse_qsl

from django.http import QueryDict

from kiwoomweb.access.models import Account, User
from portfolio.models import Trade
from portfolio.presenting.filter_bar import FilterBar
from portfolio.presenting.freshness import Freshness
from portfolio.presenting.periods import NAMES
from portfolio.presenting.stats.asked import BASES, UNITS, Asked
from portfolio.presenting.stats.beside import Beside
from portfolio.presenting.stats.breaking import GroupTable, tables
from portfolio.presenting.stats.cards import Card, cards
from portfolio.presenting.stats.figures import edge_pictures, inside_pictures, path_pictures
from portfolio.presenting.stats.finding import Field, MistakeLine, mistake_lines
from portfolio.presenting.stats.groups import PARTS, Part, address_of
from portfolio.presenting.stats.measured import Facts, plain_measures
from portfolio.presenting.stats.mirror import Mirror
from portfolio.presenting.stats.pictures import Picture
from portfolio.presenting.stats.remembering import remembered
from portfolio.presenting.stats.screening import Screening
from portfolio.presenting.stats.twins import index_labels, index_rows
from portfolio.presenting.stats.wall import Wall
from portfolio.selectors.outcomes import closed, left_out
from portfolio.services.benchmarking import INDICES

__all__ = ["LARGE", "Link", "StatsPage"]

#: From so many trades on the figures come after the page: it is there at once, they take a moment.
LARGE = 3_000
#: What a page shows below its head; the others show cards.
PICTURES = {"edge": edge_pictures, "inside": inside_pictures, "path": path_pictures}
TEMPLATES = {
    "table": "portfolio/stats/table.html",
    "money": "portfolio/stats/money.html",
    "habits": "portfolio/stats/habits.html",
    "whatif": "portfolio/stats/whatif.html",
    "compare": "portfolio/stats/compare.html",
    "conditions": "portfolio/stats/conditions.html",
    "year": "portfolio/stats/year.html",
}
#: These ask the broker for an index, so they come after the page, too.
LATE = {"money", "table"}


@dataclass(frozen=True, slots=True)
class Link:
    """One segment of a switch that is an address."""

    label: Any
    address: str
    is_current: bool


@dataclass
class StatsPage:
    """``query`` is the address's; ``part`` which page of the statistics."""

    account: Account
    query: QueryDict
    part: Part
    #: Compute at once, however many trades there are.
    now: bool = False
    may_write: bool = False
    #: Who looks: saved filters are one's own.
    person: User | None = None
    #: Thresholds as they were typed, and the names of those that were refused.
    said: dict[str, str] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)

    @property
    def template(self) -> str:
        """What is shown below the head."""
        return TEMPLATES.get(self.part.key, "portfolio/stats/cards.html")

    @property
    def query_now(self) -> str:
        """The question, to be computed at once."""
        query = self.query.copy()
        query["now"] = "1"
        return str(query.urlencode())

    @cached_property
    def asked(self) -> Asked:
        """Which trades, and how."""
        return Asked(self.account, self.query)

    @cached_property
    def facts(self) -> Facts:
        """What the formulas read."""
        return Facts(self.asked)

    @property
    def parts(self) -> list[Link]:
        """The pages of the statistics, with the same question."""
        kept = self.asked.kept
        return [Link(part.label, self._address(part, kept), part == self.part) for part in PARTS]

    @property
    def periods(self) -> list[Link]:
        """The switch of periods; what is else asked stays."""
        asked = self.asked.filter
        current = asked.period or ("" if asked.first or asked.last else "all")
        return [Link(label, self._with(period=key), key == current) for key, label in NAMES.items()]

    @property
    def bar(self) -> FilterBar | None:
        """The filter bar, for whoever is signed in."""
        said = {"basis": self.asked.basis, "unit": self.asked.unit, "even": str(self.asked.even)}
        kept = {name: value for name, value in said.items() if value not in {"net", "won", "0"}}
        return FilterBar(self.account, self.person, self.asked.filter, kept) if self.person else None

    @property
    def bases(self) -> list[Link]:
        """Net or gross."""
        return [
            Link(label, self._saying("basis", key, "net"), key == self.asked.basis)
            for key, label in BASES.items()
        ]

    @property
    def units(self) -> list[Link]:
        """Won or R, for figures and breakdowns."""
        return [
            Link(label, self._saying("unit", key, "won"), key == self.asked.unit)
            for key, label in UNITS.items()
        ]

    @cached_property
    def count(self) -> int:
        """Closed trades asked for."""
        return closed(self.asked.trades).count()

    @cached_property
    def left_out(self) -> dict[str, int]:
        """Trades that are in no statistic, by state."""
        return left_out(self.asked.trades)

    @property
    def open(self) -> int:
        """Trades still open."""
        return self.left_out.get(Trade.State.OPEN, 0)

    @property
    def unsettled(self) -> int:
        """미확정 trades."""
        return self.left_out.get(Trade.State.UNSETTLED, 0)

    @property
    def is_late(self) -> bool:
        """Whether the figures come after the page."""
        if self.now or self.part.key == "conditions":
            return False
        return self.count > 0 and (self.count > LARGE or self.part.key in LATE)

    @cached_property
    def cards(self) -> list[Card]:
        """The figures of this page."""
        return cards(plain_measures(self.part.section, self.facts), self.asked, self.part.section)

    @cached_property
    def pictures(self) -> list[Picture]:
        """The figures drawn on this page."""
        if self.part.key == "money":
            return self.facts.money.pictures()
        draw = PICTURES.get(self.part.key)
        if draw is None:
            return []
        return remembered(
            self.asked, f"pictures {self.part.key}", lambda: draw(self.facts.outcomes, self.asked)
        )

    @cached_property
    def tables(self) -> list[GroupTable]:
        """The breakdowns of this page."""
        if self.part.key != "when":
            return []
        return remembered(self.asked, "tables", lambda: tables(self.facts.outcomes, self.asked))

    @property
    def find(self) -> str:
        """What is looked for in the table of all figures."""
        return self.query.get("find", "").strip()

    @property
    def hidden_fields(self) -> list[tuple[str, str]]:
        """The rest of the question, for the form of the search."""
        return parse_qsl(self.asked.kept)

    @property
    def groups(self) -> list[tuple[Part, list[Card]]]:
        """Every section with its cards, for the table of all; those whose name holds what is looked for."""
        wanted = self.find.casefold()
        found = []
        for part in PARTS:
            if part.section:
                every = cards(plain_measures(part.section, self.facts), self.asked, part.section)
                found.append((part, [one for one in every if wanted in one.searched]))
        return [(part, kept) for part, kept in found if kept]

    def card_of(self, key: str) -> Card | None:
        """One of the page's cards."""
        return next((each for each in self.cards if each.key == key), None)

    @property
    def twr(self) -> Card | None:
        """What the trading earned."""
        return self.card_of("twr")

    @property
    def mwr(self) -> Card | None:
        """What the money earned."""
        return self.card_of("mwr")

    @property
    def paid_in(self) -> int:
        """Deposits of the period, in won; the first day's are what one begins with."""
        return sum(day.paid_in for day in self.facts.money.capital.days[1:])

    @property
    def paid_out(self) -> int:
        """Withdrawals of the period, in won."""
        return sum(day.paid_out for day in self.facts.money.capital.days[1:])

    @property
    def index_labels(self) -> list[str]:
        """Columns of the table of indices."""
        return index_labels()

    @property
    def index_rows(self) -> list[tuple[str, list[str], str]]:
        """Rows of the table of indices."""
        return index_rows(self.facts.money)

    @property
    def beside_even(self) -> list[tuple[str, str]]:
        """The rest of the address, for the box of the even range."""
        pairs = ((name, value) for name, values in self.query.lists() for value in values)
        return [(name, value) for name, value in pairs if value and name not in {"even", "now"}]

    @property
    def indices(self) -> list[Link]:
        """The switch of indices."""
        now = self.facts.money.index
        return [Link(name, f"?{self.asked.address(index=key)}", key == now) for key, name in INDICES.items()]

    @property
    def fields(self) -> list[Field]:
        """The form of the thresholds, with what was typed last."""
        return self.facts.habits.fields(self.said, self.wrong)

    @property
    def mistakes(self) -> list[MistakeLine]:
        """Every mistake with what it cost."""
        return mistake_lines(self.facts.habits.mistakes, self.asked)

    @cached_property
    def mirror(self) -> Mirror:
        """만약에."""
        return Mirror(self.asked, self.facts.outcomes)

    @cached_property
    def beside(self) -> Beside:
        """Two filters side by side."""
        return Beside(self.asked, self.facts.outcomes, self.person)

    @cached_property
    def screening(self) -> Screening:
        """조건검색."""
        return Screening(self.asked)

    @property
    def is_empty(self) -> bool:
        """Nothing to show: no hit on the page of conditions, no closed trade on the others."""
        return not self.screening.heard if self.part.key == "conditions" else not self.count

    @cached_property
    def wall(self) -> Wall:
        """The year wall."""
        return Wall(self.asked)

    @cached_property
    def fresh(self) -> Freshness:
        """How old all this is."""
        return Freshness(self.account)

    def _address(self, part: Part, query: str) -> str:
        return address_of(self.account, part, query)

    def _with(self, **changes: str) -> str:
        query = self.query.copy()
        for name in ("first", "last", "period", "now"):
            query.pop(name, None)
        for name, value in changes.items():
            query[name] = value
        return f"?{query.urlencode()}"

    def _saying(self, name: str, value: str, usual: str) -> str:
        """The same page with one thing said differently; what is usual is not said."""
        query = self.query.copy()
        for gone in (name, "now"):
            query.pop(gone, None)
        if value != usual:
            query[name] = value
        return f"?{query.urlencode()}"
