"""Tables: a reply as tables of ready cells. What identifies a row comes first, then its price, then the rest.

On a phone a row keeps its name, its price with the rate under it, and the first figure of its own.
"""

from collections.abc import Callable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from kiwoomweb.broker.reading import Cell, Column, Kind, Reading, Table
from market.boards.cells import UNKNOWN, Writer, change, grouped, is_figure, is_text, marked, move, writer_of
from market.terms import term

__all__ = ["Facts", "Heading", "Written", "brief_of", "facts_of", "tables_of"]

#: How TRs call the same thing (a search gives FIDs). The first that a list has is shown in its place.
PRICES = ("cur_prc", "cur_prc_n", "10", "exp_cntr_pric", "cntr_pric", "close_pric", "past_curr_prc")
CHANGES = ("pred_pre", "pred_pre_n", "11", "exp_pred_pre", "pre", "stkpc_flu", "prid_stkpc_flu")
RATES = ("flu_rt", "flu_rt_n", "12", "exp_flu_rt", "pre_rt", "base_comp_chgr", "prid_stkpc_flu_rt")
SYMBOLS = ("stk_cd", "9001")
RANKS = ("rank", "now_rank", "bigd_rank")
MOMENTS = ("dt", "dt_n", "date", "cntr_dt", "tm", "tm_n", "cntr_tm", "exp_tm")
#: What is told by colour already, and what no trader reads.
HIDDEN = frozenset(
    (
        *(
            "pred_pre_sig",
            "pre_sig",
            "flu_sig",
            "pre_smbol",
            "flu_smbol",
            "smbol",
            "sign",
            "pre_tp",
            "exp_pre_sig",
        ),
        *("pred_pre_sig_n", "pre_sig_n", "trace_pre_sig", "trace_idex_pred_pre_sig", "rank_chg_sign"),
        *(
            "base_comp_sign",
            "prev_base_sign",
            "stk_cls",
            "stk_infr",
            "trace_idex_cd",
            "crd_limit_over_yn",
            "25",
        ),
    )
)
#: Names of things that are no shares but have pages of their own, or are known by their name alone.
NAMES = {"inds_cd": "inds_nm", "thema_grp_cd": "thema_nm", "mmcm_cd": "mmcm_nm", "9001": "302"}

Write = Callable[[Sequence[Cell]], str]
#: (wire name of the code, code) -> where it leads, empty for nowhere.
Link = Callable[[str, str], str]


@dataclass(frozen=True, slots=True)
class Heading:
    label: str
    css: str


@dataclass(frozen=True, slots=True)
class Written:
    """One list: ``body`` is the inside of ``<tbody>``. ``label`` is the broker's word for it."""

    label: str
    headings: tuple[Heading, ...]
    body: SafeString
    count: int


@dataclass(frozen=True, slots=True)
class Facts:
    """What a reply says once: (label, value as it is shown)."""

    pairs: tuple[tuple[str, SafeString], ...]


@dataclass(frozen=True, slots=True)
class _Shown:
    heading: Heading
    write: Write
    is_head: bool = False
    #: One of the two a short list keeps.
    is_price: bool = False
    #: The wire name of a figure of the list's own.
    name: str = ""


def tables_of(reading: Reading, link: Link, figure: str = "") -> list[Written]:
    """Every list of a reply, also the empty ones. A blank row stands for none.

    ``figure`` names the figure a phone keeps, where that is not the first one.
    """
    return [
        _written(table, list(_shown(table, link, figure))) for table in map(_without_blanks, reading.tables)
    ]


def brief_of(reading: Reading, link: Link, most: int, figure: str = "", *, ranked: bool = False) -> Written:
    """The first rows of the first list: name, price and change, or two figures where it has no price.

    ``figure`` names one figure more that the list is about, ``ranked`` says that its places count.
    """
    table = _without_blanks(reading.tables[0])
    table = replace(table, rows=table.rows[:most])
    shown = list(_shown(table, link, figure, marked))
    places = [one for one in shown if "rank" in one.heading.css]
    others = [one for one in shown if not one.is_head and one not in places]
    prices = [one for one in others if one.is_price]
    about = [one for one in others if figure and one.name == figure and not one.is_price]
    kept = [
        *(places if ranked else []),
        *(one for one in shown if one.is_head),
        *(prices or others[:2]),
        *about,
    ]
    return _written(table, [replace(one, heading=_narrow(one.heading)) for one in kept])


def _narrow(heading: Heading) -> Heading:
    return replace(heading, css=heading.css.replace(" wide", ""))


def facts_of(reading: Reading, without: AbstractSet[str] = frozenset()) -> Facts | None:
    """The flat part of a reply but for some fields; nothing when all of it is blank."""
    said = [(column, cell) for column, cell in reading.fields if cell.value is not None]
    pairs = [
        (term(column.label), SafeString(_plain(0, column)((cell,))))
        for column, cell in said
        if column.name not in HIDDEN and column.name not in without
    ]
    return Facts(tuple(pairs)) if pairs else None


def _without_blanks(table: Table) -> Table:
    return replace(table, rows=tuple(row for row in table.rows if any(_says(cell) for cell in row)))


def _written(table: Table, shown: Sequence["_Shown"]) -> Written:
    symbol_at = _symbol_at(table)
    cells = [
        (f'<{tag} class="{one.heading.css}">', one.write, f"</{tag[:2]}>")
        for one in shown
        for tag in ["th scope=row" if one.is_head else "td"]
    ]
    body = "".join(
        f"<tr{_marked(row, symbol_at)}>{''.join(head + write(row) + tail for head, write, tail in cells)}</tr>"
        for row in table.rows
    )
    return Written(term(table.label), tuple(one.heading for one in shown), SafeString(body), len(table.rows))


def _says(cell: Cell) -> bool:
    """Something came, readable or not."""
    return cell.value is not None or bool(cell.problem)


def _marked(row: Sequence[Cell], at: int | None) -> str:
    """The symbol of a row, for the marks of what is ours."""
    code = row[at].value if at is not None else None
    return f' data-symbol="{escape(code)}"' if isinstance(code, str) else ""


def _symbol_at(table: Table) -> int | None:
    names = [column.name for column in table.columns]
    return next((names.index(name) for name in SYMBOLS if name in names), None)


def _shown(table: Table, link: Link, figure: str, rate: Writer = move) -> Iterator[_Shown]:
    """The columns in the order they are read."""
    place = {column.name: at for at, column in enumerate(table.columns)}
    filled = {
        column.name for at, column in enumerate(table.columns) if any(_says(row[at]) for row in table.rows)
    }
    used = set(HIDDEN)
    yield from _heads(table, place, link, filled, used)
    yield from _prices(table, place, filled, used, rate)
    rest = [
        column
        for column in table.columns
        if column.name not in used and (column.name in filled or not table.rows)
    ]
    narrow = figure if any(column.name == figure for column in rest) else rest[0].name if rest else ""
    for column in rest:
        is_number = not is_text(column) or is_figure(row[place[column.name]] for row in table.rows)
        css = " ".join(["num"] * is_number + ["wide"] * (column.name != narrow))
        write = _down(table, place[column.name])
        yield _Shown(Heading(_label(column), css), write, name=column.name)


def _heads(
    table: Table, place: dict[str, int], link: Link, filled: set[str], used: set[str]
) -> Iterator[_Shown]:
    """Rank, symbol with its name, or the moment of a row."""
    if rank := next((name for name in RANKS if name in filled), None):
        used.add(rank)
        column = table.columns[place[rank]]
        yield _Shown(Heading(_("순위"), "num rank wide"), _plain(place[rank], column))
    pairs = list(_pairs(place))
    for number, (code, name) in enumerate(pairs):
        used |= {code, name}
        label = _("종목") if len(pairs) == 1 and code in SYMBOLS else term(table.columns[place[name]].label)
        css = "name" if number == 0 else "name wide"
        yield _Shown(Heading(label, css), _name(code, place.get(code), place[name], link), is_head=number == 0)
        if len(pairs) > 1:
            yield from _beside(table, name.removesuffix("stk_nm"), used, first=number == 0)
    head = not pairs
    for moment in MOMENTS:
        if moment in filled and moment not in used:
            used.add(moment)
            column = table.columns[place[moment]]
            css = "when" if head else "when wide"
            yield _Shown(Heading(_label(column), css), _plain(place[moment], column), is_head=head)
            head = False


def _beside(table: Table, prefix: str, used: set[str], *, first: bool) -> Iterator[_Shown]:
    """The figures of one of several names in a row; a phone keeps the first of the first."""
    mine = [(at, one) for at, one in enumerate(table.columns) if one.name.startswith(prefix)]
    for number, (at, column) in enumerate(one for one in mine if one[1].name not in used):
        used.add(column.name)
        css = "num" if first and number == 0 else "num wide"
        yield _Shown(Heading(_label(column), css), _down(table, at))


def _pairs(place: dict[str, int]) -> Iterator[tuple[str, str]]:
    """(code, name) columns that belong together; ka90009 has four of them in a row."""
    for name in place:
        if name.endswith("stk_nm") and name.replace("stk_nm", "stk_cd") in place:
            yield name.replace("stk_nm", "stk_cd"), name
        elif name == "stk_nm":
            yield "", name
    for code, name in NAMES.items():
        if name in place:
            yield code, name


def _prices(
    table: Table, place: dict[str, int], filled: set[str], used: set[str], moving: Writer
) -> Iterator[_Shown]:
    price, change_, rate = (_first(names, filled, used) for names in (PRICES, CHANGES, RATES))
    under = _safely(place[rate], moving) if rate else None
    if price:
        at, column = place[price], table.columns[place[price]]
        label = _("현재가") if price in {"cur_prc", "cur_prc_n", "10"} else _label(column)
        yield _Shown(Heading(label, "num"), _price(_plain(at, column), under), is_price=True)
    if change_:
        yield _Shown(Heading(_("전일비"), "num wide"), _safely(place[change_], change))
    if under:
        yield _Shown(Heading(_("등락률"), "num wide" if price else "num"), under, is_price=True)


def _first(names: Sequence[str], filled: set[str], used: set[str]) -> str | None:
    found = next((name for name in names if name in filled and name not in used), None)
    if found:
        used.add(found)
    return found


def _price(write: Write, under: Write | None) -> Write:
    """The price in bold, on a phone with the rate under it."""
    if under is None:
        return lambda row: f"<b>{write(row)}</b>"
    return lambda row: f'<b>{write(row)}</b><span class="sub thin">{under(row)}</span>'


def _down(table: Table, at: int) -> Write:
    """A figure written as the others of its column are."""
    column, cells = table.columns[at], [row[at] for row in table.rows]
    return _safely(at, grouped if is_text(column) and is_figure(cells) else writer_of(column, cells))


def _plain(at: int, column: Column) -> Write:
    return _safely(at, writer_of(column))


def _safely(at: int, write: Callable[[Cell], str]) -> Write:
    """What cannot be read is shown as it came, with the reason as its tooltip; never as a number."""
    return lambda row: _odd(row[at]) if row[at].problem else write(row[at])


def _odd(cell: Cell) -> str:
    return format_html('<span class="odd" title="{}">{}</span>', cell.problem, cell.raw)


def _name(field: str, code_at: int | None, name_at: int, link: Link) -> Write:
    def write(row: Sequence[Cell]) -> str:
        name = str(row[name_at].value or "")
        code = str(row[code_at].value or "") if code_at is not None else ""
        if not name and not code:
            return UNKNOWN
        inner = f"<b>{escape(name or code)}</b>" + (
            f'<small class="wide">{escape(code)}</small>' if code else ""
        )
        address = link(field, code) if code else ""
        return f'<a href="{escape(address)}">{inner}</a>' if address else inner

    return write


def _label(column: Column) -> str:
    """The broker's word, with the unit where the figures do not carry it."""
    label = term(column.label.removesuffix("n"))
    return f"{label} ({column.unit})" if column.unit in {"종목", "건"} and column.kind is Kind.COUNT else label
