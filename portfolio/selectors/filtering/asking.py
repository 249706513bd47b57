"""What an address asks of trades: a frozen filter and its canonical query. Nonsense is left out and told."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date
from urllib.parse import urlencode

from django.http import QueryDict

from portfolio.selectors.filtering.reading import Reading
from portfolio.selectors.filtering.wording import Chip, Names, chips

__all__ = ["TradeFilter"]

#: Fields of the filter and what the address calls them, in the order of the canonical query.
PARAMETERS = {
    "period": "period",
    "first": "first",
    "last": "last",
    "symbols": "symbol",
    "states": "state",
    "styles": "style",
    "credit": "credit",
    "results": "result",
    "sizes": "size",
    "books": "book",
    "setups": "setup",
    "tags": "tag",
    "mistakes": "mistake",
    "emotions": "emotion",
    "ratings": "rating",
    "verdicts": "verdict",
    "reviewed": "reviewed",
    "text": "q",
}
FIELDS = {parameter: name for name, parameter in PARAMETERS.items()}


@dataclass(frozen=True, slots=True)
class TradeFilter:
    """Values of one field are alternatives, fields add up. Empty fields ask nothing.

    Days are those a trade closed on, of an open trade the one it opened on. ``period`` names a span that moves
    with today; ``first`` and ``last`` hold its days (or free ones). ``books`` and ``setups`` may hold 0: the
    account's default book, no setup. ``told`` are sentences about what the address said and nobody understood.

    Usage::

        asked = TradeFilter.parse(request.GET, today_of(account))
        trades = filtered(account, asked)
    """

    period: str = ""
    first: date | None = None
    last: date | None = None
    symbols: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    styles: tuple[str, ...] = ()
    credit: tuple[str, ...] = ()
    results: tuple[str, ...] = ()
    sizes: tuple[str, ...] = ()
    books: tuple[int, ...] = ()
    setups: tuple[int, ...] = ()
    tags: tuple[int, ...] = ()
    mistakes: tuple[int, ...] = ()
    emotions: tuple[int, ...] = ()
    ratings: tuple[int, ...] = ()
    verdicts: tuple[str, ...] = ()
    reviewed: str = ""
    text: str = ""
    told: tuple[str, ...] = field(default=(), compare=False)

    @classmethod
    def parse(cls, query: "QueryDict | Mapping[str, str] | str", today: date) -> "TradeFilter":
        """The filter of an address's query; ``today`` is where named periods end. Never an error."""
        asked = query if isinstance(query, QueryDict) else _query_dict(query)
        reading = Reading(asked, today)
        period, first, last = reading.span()
        return cls(
            period=period,
            first=first,
            last=last,
            symbols=reading.symbols(),
            states=reading.choices("state"),
            styles=reading.choices("style"),
            credit=reading.choices("credit"),
            results=reading.choices("result"),
            sizes=reading.choices("size"),
            books=reading.numbers("book", 0),
            setups=reading.numbers("setup", 0),
            tags=reading.numbers("tag"),
            mistakes=reading.numbers("mistake"),
            emotions=reading.numbers("emotion"),
            ratings=reading.numbers("rating", 1, 5),
            verdicts=reading.choices("verdict"),
            reviewed=reading.choice("reviewed"),
            text=reading.text(),
            told=tuple(reading.told),
        )

    @property
    def is_empty(self) -> bool:
        """Asks nothing: every trade of the account."""
        return self == TradeFilter()

    def pairs(self) -> tuple[tuple[str, str], ...]:
        """The canonical query as pairs of the address; the days of a named period are not repeated."""
        dated = {"first", "last"} if self.period else set()
        found: list[tuple[str, str]] = []
        for name, parameter in PARAMETERS.items():
            if name in dated:
                continue
            value = getattr(self, name)
            values = value if isinstance(value, tuple) else (value,)
            found += [(parameter, str(one)) for one in values if one not in (None, "")]
        return tuple(found)

    def query(self) -> str:
        """The canonical query: equal filters have equal ones."""
        return urlencode(self.pairs())

    def chips(self, names: Names | None = None) -> list[Chip]:
        """One chip for each condition, with the query that is left without it."""
        return chips(self.pairs(), names or {})

    def describe(self, names: Names | None = None) -> str:
        """The conditions in words; empty when there are none. ``names`` from ``names_of``."""
        return " · ".join(chip.words for chip in self.chips(names))

    def without(self, *parameters: str) -> "TradeFilter":
        """The same filter asking nothing under these names of the address (``"tag"``, ``"period"``)."""
        empty = TradeFilter()
        dropped = {FIELDS[name] for name in parameters}
        dropped |= {"period", "first", "last"} if "period" in dropped else set()
        return replace(
            self, **{one.name: getattr(empty, one.name) for one in fields(self) if one.name in dropped}
        )


def _query_dict(query: Mapping[str, str] | str) -> QueryDict:
    return QueryDict(query if isinstance(query, str) else urlencode(dict(query)))
