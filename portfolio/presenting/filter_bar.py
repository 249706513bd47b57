"""The filter bar of every page that shows trades: chips of what is asked, all that can be, what was saved."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple
from urllib.parse import urlencode

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from kiwoomweb.access.models import Account, User
from portfolio.models import Book, TagGroup
from portfolio.selectors.filtering import TradeFilter, names_of
from portfolio.selectors.filtering.saved import SavedQuery, saved_filters
from portfolio.selectors.filtering.wording import CHOICES, UNNAMED, Names
from portfolio.selectors.reviews.labels import Group, Label, groups_of

__all__ = ["FOLDED", "FilterBar"]

#: Folded parts of the bar, by the id htmx asks for, and the templates that draw them with ``page.bar``.
FOLDED = {
    "filter-form": "portfolio/parts/filter_form.html",
    "saved-filters": "portfolio/parts/saved_filters.html",
}

TITLES: dict[str, "str | Promise"] = {
    "period": gettext_lazy("기간"),
    "state": gettext_lazy("상태"),
    "result": gettext_lazy("결과"),
    "style": gettext_lazy("당일·스윙"),
    "credit": gettext_lazy("현금·신용"),
    "size": gettext_lazy("매수금액"),
    "book": gettext_lazy("장부"),
    "setup": gettext_lazy("셋업"),
    "tag": gettext_lazy("태그"),
    "mistake": gettext_lazy("실수"),
    "emotion": gettext_lazy("감정"),
    "rating": gettext_lazy("평점"),
    "verdict": gettext_lazy("판정"),
    "reviewed": gettext_lazy("복기"),
}
#: One of these at a time.
SINGLE = ("period", "reviewed")


class Link(NamedTuple):
    """A chip: its words and the address without it."""

    words: str
    query: str


class Option(NamedTuple):
    """One box of the form."""

    value: str
    label: str
    is_on: bool
    color: str = ""


class Section(NamedTuple):
    """One field of the form with its boxes; ``is_single`` takes one."""

    parameter: str
    title: str
    options: list[Option]
    is_single: bool


@dataclass
class FilterBar:
    """What ``portfolio/parts/filter_bar.html`` shows as ``bar``. ``kept`` is the rest of the page's address."""

    account: Account
    person: User
    asked: TradeFilter
    kept: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def names(self) -> Names:
        """What the rows asked for are called."""
        return names_of(self.account, self.asked)

    @property
    def chips(self) -> list[Link]:
        """What is asked, each with the way to stop asking it."""
        return [Link(chip.words, self.address(chip.query_without)) for chip in self.asked.chips(self.names)]

    @property
    def words(self) -> str:
        """All of it as one sentence."""
        return self.asked.describe(self.names)

    @property
    def cleared(self) -> str:
        """The address that asks nothing."""
        return self.address("")

    @property
    def told(self) -> tuple[str, ...]:
        """Sentences about what the address said and nobody understood."""
        return self.asked.told

    @property
    def query(self) -> str:
        """The canonical query, as a saved filter keeps it."""
        return self.asked.query()

    @property
    def sections(self) -> list[Section]:
        """Every field of the form that has something to choose."""
        found = [self._section(name, self._options(name)) for name in TITLES]
        return [section for section in found if section.options]

    @property
    def first(self) -> str:
        """The first free day, as a date box writes it."""
        return self._day("first")

    @property
    def last(self) -> str:
        """The last free day."""
        return self._day("last")

    @property
    def hidden(self) -> list[tuple[str, str]]:
        """What the form sends along: the rest of the address, and symbols, which have no boxes."""
        return [*self.kept.items(), *(("symbol", symbol) for symbol in self.asked.symbols)]

    @cached_property
    def saved(self) -> list[SavedQuery]:
        """The person's saved filters of this account."""
        return saved_filters(self.account, self.person)

    @property
    def shelf(self) -> list[tuple[SavedQuery, str]]:
        """The same, each with its address on this page."""
        return [(saved, self.address(saved.query)) for saved in self.saved]

    @property
    def current(self) -> SavedQuery | None:
        """The saved filter this is; none is saved that asks nothing."""
        if not self.query:
            return None
        return next((one for one in self.saved if one.query == self.query), None)

    def address(self, query: str) -> str:
        """``?…`` with the rest of the page's address behind."""
        return "?" + "&".join(part for part in (query, urlencode(self.kept)) if part)

    def _section(self, name: str, options: list[Option]) -> Section:
        return Section(name, str(TITLES[name]), options, name in SINGLE)

    def _options(self, name: str) -> list[Option]:
        on = {value for parameter, value in self.asked.pairs() if parameter == name}
        if name in CHOICES:
            return [Option(key, str(label), key in on) for key, label in CHOICES[name].items()]
        if name == "rating":
            return [Option(str(n), str(n), str(n) in on) for n in range(1, 6)]
        return self._books(on) if name == "book" else self._labels(name, on)

    def _books(self, on: set[str]) -> list[Option]:
        if not self._own_books:
            return []
        default = Option("0", str(UNNAMED["book", "0"]), "0" in on)
        return [default, *(Option(str(pk), name, str(pk) in on) for pk, name in self._own_books)]

    @cached_property
    def _own_books(self) -> list[tuple[int, str]]:
        rows = Book.objects.filter(account=self.account).order_by("name")
        return list(rows.values_list("pk", "name"))

    def _labels(self, kind: str, on: set[str]) -> list[Option]:
        found = [Option(str(one.pk), one.name, str(one.pk) in on, one.color) for one in self._of_kind(kind)]
        if kind == TagGroup.Kind.SETUP and found:
            found.insert(0, Option("0", str(UNNAMED["setup", "0"]), "0" in on))
        return found

    def _of_kind(self, kind: str) -> Iterable[Label]:
        return (label for group in self.groups if group.kind == kind for label in group.labels)

    @cached_property
    def groups(self) -> list[Group]:
        """The team's labels in their groups; retired ones only while they are asked for."""
        asked = self.asked
        return groups_of(self.account, kept=(*asked.tags, *asked.setups, *asked.mistakes, *asked.emotions))

    def _day(self, name: str) -> str:
        day = None if self.asked.period else getattr(self.asked, name)
        return day.isoformat() if day else ""
