"""Market lists: every TR whose answer is a list anybody may see, asked and read in one way.

    page = listed(broker, "ka10027", {"mrkt_tp": "101"})
    page.rows[0].name, page.rows[0].change_rate, page.rows[0].figures

Source: the catalogue; which TRs, and of which of its chapters, stands in ``listing_ids``.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from kiwoomweb.broker.asking import Broker
from kiwoomweb.broker.calls.listing_ids import LISTED
from kiwoomweb.broker.catalogue import TR, Field, find
from kiwoomweb.broker.domain import Symbol, Won
from kiwoomweb.broker.reading import Cell, Column, Kind, Table, columns_of, read
from kiwoomweb.broker.reading.usual import usual_question

__all__ = ["LISTINGS", "Listed", "ListedPage", "Listing", "listed", "question"]

#: Where a row keeps what every page shows first; the first of these names it has, if its kind is right.
SYMBOLS = ("stk_cd", "code", "cod2")
NAMES = ("stk_nm", "name", "inds_nm", "thema_nm", "mmcm_nm", "trde_ori_nm")
PRICES = ("cur_prc", "close_pric", "cntr_pric", "exp_cntr_pric", "past_curr_prc", "lastPrice")
CHANGES = ("pred_pre", "pre", "exp_pred_pre")
RATES = ("flu_rt", "base_comp_chgr", "exp_flu_rt", "prid_stkpc_flu_rt")
VOLUMES = ("trde_qty", "now_trde_qty", "acc_trde_qty", "exp_cntr_qty")
#: Marks of a direction that the price already tells.
SIGNS = frozenset(
    {"pred_pre_sig", "pre_sig", "pre_tp", "flu_sig", "pre_smbol", "base_comp_sign", "sign", "exp_pre_sig"}
)


@dataclass(frozen=True, slots=True)
class Listing:
    """One list of the market. ``defaults`` is a complete body but for its days, which ``listed`` fills in.

    ``choices`` are the request fields a person may change, ``columns`` the wire names shown besides symbol,
    name, price, change, rate and volume.
    """

    tr: str
    list_name: str
    defaults: Mapping[str, str]
    choices: tuple[str, ...]
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Listed:
    """One row. ``figures`` are the listing's own columns; a row about a day or a sector has no symbol."""

    symbol: Symbol | None
    name: str
    price: Won | None
    change: Won | None
    change_rate: Decimal | None
    volume: int | None
    figures: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class ListedPage:
    """Rows and the columns of their figures; ``head`` is what the answer says beside its list."""

    columns: tuple[Column, ...]
    rows: tuple[Listed, ...]
    as_of: datetime | None
    problems: tuple[str, ...]
    head: tuple[tuple[Column, Cell], ...] = ()


class _Listings(Mapping[str, Listing]):
    """All listings by TR id, each worked out when it is first asked for."""

    def __init__(self) -> None:
        self._known: dict[str, Listing] = {}

    def __getitem__(self, tr_id: str) -> Listing:
        if tr_id not in LISTED:
            raise KeyError(tr_id)
        if tr_id not in self._known:
            self._known[tr_id] = _listing(find(tr_id))
        return self._known[tr_id]

    def __iter__(self) -> Iterator[str]:
        return iter(LISTED)

    def __len__(self) -> int:
        return len(LISTED)


LISTINGS: Mapping[str, Listing] = _Listings()


def listed(
    broker: Broker, tr: str, answers: Mapping[str, str] | None = None, *, most: int | None = 1
) -> ListedPage:
    """The first page of a list, or the first ``most`` (``None``: all), asked with the defaults and ``answers``.

    Raises ``KeyError`` for a TR that is no listing, and a ``BrokerError`` for what kept the answer away.
    """
    body = question(broker, tr, answers)
    replies = list(broker.pages(tr, body, most=most))
    readings = [read(find(tr), reply.fields, body) for reply in replies]
    plan = _Plan(LISTINGS[tr], readings[0].tables[0])
    return ListedPage(
        columns=tuple(plan.columns),
        rows=tuple(plan.row(row) for reading in readings for row in reading.tables[0].rows if _says(row)),
        as_of=replies[0].at,
        problems=tuple(said for reading in readings for said in reading.problems),
        head=readings[0].fields,
    )


def question(broker: Broker, tr: str, answers: Mapping[str, str] | None = None) -> dict[str, str]:
    """The body to send: the listing's defaults, its days as of today, and over them the answers of a person."""
    given = {name: text for name, text in (answers or {}).items() if text.strip()}
    days = usual_question(find(tr), broker.now().date())
    return {**days, **{name: text for name, text in LISTINGS[tr].defaults.items() if text}, **given}


def _says(row: tuple[Cell, ...]) -> bool:
    """A row of blanks stands for none (PROTOCOL 2.6)."""
    return any(cell.value is not None or cell.problem for cell in row)


class _Plan:
    """Which cells of a row are what."""

    def __init__(self, listing: Listing, table: Table) -> None:
        at = {column.name: n for n, column in enumerate(table.columns)}
        kinds = [column.kind for column in table.columns]
        self._symbol = next((at[name] for name in SYMBOLS if name in at), None)
        self._name = next((at[name] for name in NAMES if name in at), None)
        self._price, self._change, self._rate, self._volume = (
            _place(at, kinds, wanted) for wanted in (PRICES, CHANGES, RATES, VOLUMES)
        )
        self._figures = [at[name] for name in listing.columns]
        self.columns = [table.columns[n] for n in self._figures]

    def row(self, cells: tuple[Cell, ...]) -> Listed:
        symbol = self._value(cells, self._symbol)
        return Listed(
            symbol=Symbol(str(symbol).partition("_")[0]) if symbol else None,
            name=str(self._value(cells, self._name) or ""),
            price=self._value(cells, self._price),
            change=self._value(cells, self._change),
            change_rate=self._value(cells, self._rate),
            volume=self._value(cells, self._volume),
            figures=tuple(cells[n] for n in self._figures),
        )

    @staticmethod
    def _value(cells: tuple[Cell, ...], at: int | None) -> Any:
        return None if at is None else cells[at].value


#: The kind a figure must have to stand in the row's own place: the level of a sector is no price.
_KINDS = {PRICES: Kind.PRICE, CHANGES: Kind.WON, RATES: Kind.RATE, VOLUMES: Kind.COUNT}


def _place(at: Mapping[str, int], kinds: list[Kind], wanted: tuple[str, ...]) -> int | None:
    return next((at[name] for name in wanted if name in at and kinds[at[name]] is _KINDS[wanted]), None)


def _listing(tr: TR) -> Listing:
    columns = columns_of(tr.lists[0].fields, tr)
    at = {column.name: n for n, column in enumerate(columns)}
    kinds = [column.kind for column in columns]
    own = {_place(at, kinds, wanted) for wanted in _KINDS}
    own |= {next((at[name] for name in names if name in at), None) for names in (SYMBOLS, NAMES)}
    return Listing(
        tr=tr.id,
        list_name=tr.lists[0].name,
        defaults=usual_question(tr),
        choices=tuple(field.name for field in tr.request if _changeable(field)),
        columns=tuple(
            column.name for n, column in enumerate(columns) if n not in own and column.name not in SIGNS
        ),
    )


def _changeable(field: Field) -> bool:
    """All but what the guide leaves only one answer to."""
    return field.kind != "list" and len(field.choices) != 1
