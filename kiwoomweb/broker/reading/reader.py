"""The reader: a whole reply of any TR -> its fields and tables, typed and labelled, and all that was odd."""

import dataclasses
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from kiwoomweb.broker.catalogue import TR, Field
from kiwoomweb.broker.reading.cells import BLANK, cell
from kiwoomweb.broker.reading.layout import ENVELOPE, Line, layout, lines_of
from kiwoomweb.broker.reading.shapes import Cell, Column, Reading, Table
from kiwoomweb.broker.refusals import says_no_rows

__all__ = ["columns_of", "read"]

#: Where a row says which way its price went, and what the digits of that mean (PROTOCOL 5.2).
SIGNS = ("pred_pre_sig", "pre_sig", "25", "pre_tp", "flu_sig", "sign", "pre_smbol", "smbol")
_UP_OR_DOWN = {"1": 1, "2": 1, "3": 0, "4": -1, "5": -1}
_HEADLINES = {"cur_prc", "close_pric", "10"}

Body = Mapping[str, str]
Fields = Mapping[str, Any]


def columns_of(fields: Sequence[Field], tr: TR, body: Body | None = None) -> tuple[Column, ...]:
    """The columns of these fields, in their order; a field that is a set of others gives theirs."""
    return lines_of(fields, tr, body).columns


def read(tr: TR, fields: Fields, body: Body | None = None) -> Reading:
    """What a reply says. Never raises for its content; ``body`` is the question, where a unit hangs on it."""
    plan, notes = layout(tr, body), _Notes(Counter(), [])
    told = _cells(plan.flat, fields, "", notes)
    tables = tuple(_table(tr, field, line, fields, notes) for field, line in plan.lists)
    lists = {field.name for field, _ in plan.lists}
    notes.unknown.update(str(name) for name in fields if name not in plan.flat.names | lists | ENVELOPE)
    flat = tuple(zip(plan.flat.columns, told, strict=True))
    return Reading(tr, flat, tables, dict(notes.unknown), tuple(notes.problems))


@dataclasses.dataclass(frozen=True, slots=True)
class _Notes:
    """What was odd so far."""

    unknown: Counter[str]
    problems: list[str]


def _table(tr: TR, field: Field, line: Line, fields: Fields, notes: _Notes) -> Table:
    rows = []
    for n, row in _records(tr, field, fields, notes):
        rows.append(_cells(line, row, f"{field.name}[{n}].", notes))
        notes.unknown.update(f"{field.name}[].{name}" for name in row if name not in line.names)
    return Table(field.name, field.label, line.columns, tuple(rows))


def _cells(line: Line, fields: Fields, place: str, notes: _Notes) -> tuple[Cell, ...]:
    cells = []
    for column, means in zip(line.columns, line.meanings, strict=True):
        sent = fields.get(column.name)
        one = cell(sent, means) if sent is not None else BLANK
        if one.problem:
            notes.problems.append(f"{place}{column.name}: {one.problem}")
        elif one.direction is None and one.value is not None and column.name in _HEADLINES:
            one = dataclasses.replace(one, direction=_said_beside(fields))
        cells.append(one)
    return tuple(cells)


def _said_beside(fields: Fields) -> int | None:
    """The direction of an unsigned price, from the field beside it that tells it."""
    return next((_UP_OR_DOWN.get(str(fields[name]).strip()) for name in SIGNS if name in fields), None)


def _records(tr: TR, field: Field, fields: Fields, notes: _Notes) -> Iterator[tuple[int, Fields]]:
    """The rows of one list as flat records; what is no row is noted, and costs the others nothing."""
    sent = fields.get(field.name)
    if sent is None:
        if field.name not in fields and not says_no_rows(tr.id, str(fields.get("return_msg", ""))):
            notes.problems.append(f"{field.name}: 목록이 오지 않았습니다")
        return
    if not isinstance(sent, list):
        if sent != "":
            notes.problems.append(f"{field.name}: 목록이 아닌 값이 왔습니다: {ascii(sent)[:40]}")
        return
    for n, row in enumerate(sent):
        record = _record(field, row)
        if record is None:
            notes.problems.append(f"{field.name}[{n}]: 행이 아닌 값이 왔습니다: {ascii(row)[:40]}")
        else:
            yield n, record


def _record(field: Field, row: object) -> Fields | None:
    """One row: an object, an array by place (CNSRLST, PROTOCOL 5.8), with the sets inside it laid flat."""
    if isinstance(row, list) and len(row) <= len(field.fields):
        return {part.name: value for part, value in zip(field.fields, row, strict=False)}
    if not isinstance(row, dict):
        return None
    flat = dict(row)
    for part in field.fields:
        inner = flat.get(part.name) if part.kind == "list" else None
        if isinstance(inner, dict) or inner == "":
            flat.pop(part.name)
            flat |= inner or {}
    return flat
