"""Layout: the fields of a TR laid out for reading, worked out once for each kind of question."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from kiwoomweb.broker.catalogue import TR, Field, find
from kiwoomweb.broker.reading.meanings import Meaning, meaning
from kiwoomweb.broker.reading.shapes import Column
from kiwoomweb.broker.reading.units import DECISIVE

__all__ = ["ENVELOPE", "Layout", "Line", "layout", "lines_of"]

#: Part of every envelope, whether the catalogue declares them or not (PROTOCOL 2.1).
ENVELOPE = frozenset({"return_code", "return_msg", "returnCode", "returnMsg"})

Body = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Line:
    """The fields of one record: side by side their columns and their meanings."""

    columns: tuple[Column, ...]
    meanings: tuple[Meaning, ...]
    names: frozenset[str]


@dataclass(frozen=True, slots=True)
class Layout:
    """The flat part of a reply, and its lists with the line of a row of each."""

    flat: Line
    lists: tuple[tuple[Field, Line], ...]


def layout(tr: TR, body: Body | None = None) -> Layout:
    """The layout of a TR's reply to ``body``."""
    asked = {name: str(body[name]) for name in DECISIVE if name in body} if body else {}
    return _layout(tr.id, tuple(asked.items()))


@cache
def _layout(tr_id: str, asked: tuple[tuple[str, str], ...]) -> Layout:
    tr, body = find(tr_id), dict(asked)
    flat = [field for field in tr.response if field.kind != "list" and field.name not in ENVELOPE]
    return Layout(
        lines_of(flat, tr, body), tuple((field, lines_of(field.fields, tr, body)) for field in tr.lists)
    )


def lines_of(fields: Sequence[Field], tr: TR, body: Body | None = None) -> Line:
    """The line of these fields, in their order; a field that is a set of others gives theirs."""
    leaves = tuple(_leaves(fields))
    means = tuple(meaning(field, tr, body) for field in leaves)
    columns = (
        Column(field.name, field.label, read.kind, read.unit, field.choices)
        for field, read in zip(leaves, means, strict=True)
    )
    return Line(tuple(columns), means, frozenset(field.name for field in leaves))


def _leaves(fields: Sequence[Field]) -> Iterator[Field]:
    for field in fields:
        if field.kind == "list":
            yield from _leaves(field.fields)
        else:
            yield field
