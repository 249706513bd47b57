"""Tables that order themselves by the address: columns, header links, and the ordering itself."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, TypeVar
from urllib.parse import urlencode

from django.utils.functional import Promise

__all__ = ["Column", "Header", "headers", "ordered"]

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Column:
    """``is_text`` is read from the left and ordered upwards first; ``is_wide`` has no room on a phone,
    ``is_fixed`` orders nothing."""

    key: str
    label: "str | Promise"
    is_text: bool = False
    is_wide: bool = False
    is_fixed: bool = False


@dataclass(frozen=True, slots=True)
class Header:
    """A column with the query that orders by it; ``direction`` is what ``aria-sort`` says, empty elsewhere."""

    label: str
    query: str
    direction: str
    css: str


def headers(columns: Iterable[Column], sort: str, kept: Mapping[str, str]) -> list[Header]:
    """Header links that keep the rest of the address."""
    return [_header(column, sort, kept) for column in columns]


def ordered(rows: Sequence[T], sort: str, computed: Mapping[str, Callable[[T], Any]]) -> list[T]:
    """By one column, unknown last in either direction; equal rows keep their order."""
    key = sort.removeprefix("-")
    of: Callable[[T], Any] = computed.get(key) or attrgetter(key)
    known = sorted((row for row in rows if of(row) is not None), key=of, reverse=sort.startswith("-"))
    return [*known, *(row for row in rows if of(row) is None)]


def _header(column: Column, sort: str, kept: Mapping[str, str]) -> Header:
    directions = {column.key: "ascending", f"-{column.key}": "descending"}
    upwards = column.is_text and column.key not in {"day", "last_day"}
    first = column.key if upwards else f"-{column.key}"
    other = first.removeprefix("-") if first.startswith("-") else f"-{first}"
    query = "" if column.is_fixed else urlencode({**kept, "sort": other if sort == first else first})
    css = " ".join(["num"] * (not column.is_text) + ["wide"] * column.is_wide)
    return Header(str(column.label), query, directions.get(sort, ""), css)
