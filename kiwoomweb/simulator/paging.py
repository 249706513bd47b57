"""Paging: cut a list into pages and remember the rest under an opaque next-key.

PROTOCOL 3. The rest is the list as it was when the first page was asked for, so orders that arrive in between
neither shift rows nor repeat them. A key belongs to one token, one TR and one body, and works again when the
same page is asked for twice (a client that lost the answer).
"""

import secrets
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol

from kiwoomweb.simulator.bending import unfilled
from kiwoomweb.simulator.refusals import bad_input

__all__ = ["Page", "Pages", "Sheet", "Things"]

#: Lists kept for their next page. The oldest is forgotten first; its key then counts as foreign.
REMEMBERED = 64

Row = dict[str, Any]


class Things(Protocol):
    """A list that may be made as it is read: only slices are asked of it, charts need not know their length."""

    def __getitem__(self, part: slice, /) -> Sequence[Any]: ...


@dataclass(frozen=True, slots=True)
class Sheet:
    """A whole list: ``name`` on the wire, the things in it, and how one of them is written."""

    name: str
    things: Things
    write: Callable[[Any], Row]


@dataclass(frozen=True, slots=True)
class Page:
    name: str
    rows: list[Row]
    next_key: str


@dataclass(frozen=True, slots=True)
class _Rest:
    belongs_to: tuple[str, str, str]
    head: Mapping[str, Any]
    sheet: Sheet
    start: int


class Pages:
    def __init__(self, rows_of: Callable[[str], int | None], *, foreign_key_is_first: bool = False) -> None:
        """``rows_of`` says how many rows a page of a TR holds; None means one page for all."""
        self._rows_of = rows_of
        self._lenient = foreign_key_is_first
        self._rests: OrderedDict[str, _Rest] = OrderedDict()

    def first(self, token: str, tr: str, body: str, head: Mapping[str, Any], sheet: Sheet) -> Page:
        """Page one of a list. ``head`` is what stands beside the list on every page."""
        return self._cut(_Rest((token, tr, body), head, sheet, 0))

    def following(
        self, token: str, tr: str, body: str, key: str, fault: str = ""
    ) -> tuple[Mapping[str, Any], Page] | None:
        """Head and rows of the page behind ``key``; None asks the caller to start over (a knob), else 1517.

        ``fault`` is a way to go wrong on the way there (``faults.PAGING_KINDS``).
        """
        rest = self._rests.get(key)
        if rest is not None and rest.belongs_to == (token, tr, body):
            return rest.head, self._wrong(rest, key, fault) if fault else self._cut(rest)
        if self._lenient:
            return None
        raise bad_input("1517", "next-key", "유효하지 않은 연속조회 키입니다")

    def _cut(self, rest: _Rest) -> Page:
        sheet, size = rest.sheet, self._rows_of(rest.belongs_to[1])
        if size is None:
            return Page(sheet.name, [sheet.write(thing) for thing in sheet.things[rest.start :]], "")
        stop = rest.start + size
        one_more = sheet.things[rest.start : stop + 1]  # the extra one only tells whether there is a next page
        more = len(one_more) > size
        key = self._remember(_Rest(rest.belongs_to, rest.head, sheet, stop)) if more else ""
        return Page(sheet.name, [sheet.write(thing) for thing in one_more[:size]], key)

    def _wrong(self, rest: _Rest, key: str, fault: str) -> Page:
        """The page as a server that has lost its thread would send it."""
        page, size = self._cut(rest), self._rows_of(rest.belongs_to[1]) or 0
        if fault == "duplicate_page":
            return replace(page, rows=self._cut(replace(rest, start=max(rest.start - size, 0))).rows)
        if fault == "looping_key":
            return replace(page, next_key=key)
        if fault == "endless_pages":
            return Page(page.name, [], self._remember(rest))
        if fault == "page_shrinks":
            return Page(page.name, page.rows[: len(page.rows) // 2], "")
        if fault in {"row_between", "status_between"}:
            last = rest.sheet.write(rest.sheet.things[rest.start - 1 : rest.start][0])
            last = unfilled(last) if fault == "status_between" else last
            return replace(page, rows=[last, *page.rows])
        return page

    def _remember(self, rest: _Rest) -> str:
        key = secrets.token_hex(20)
        self._rests[key] = rest
        while len(self._rests) > REMEMBERED:
            self._rests.popitem(last=False)
        return key
