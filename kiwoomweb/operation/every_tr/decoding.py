"""Decoding: one raw reply from a file, as the product would read it, for whoever wonders what a field means."""

import json
from pathlib import Path

from kiwoomweb.broker.catalogue import find
from kiwoomweb.broker.reading import Cell, Column, Kind, Reading, Table, read

__all__ = ["NoSuchReply", "decode", "shown"]


class NoSuchReply(Exception):
    """There is nothing to read; the text says what to do."""


def decode(tr_id: str, file: Path) -> tuple[str, bool]:
    """The reply as text, and whether every field could be read. Raises ``NoSuchReply``."""
    try:
        tr = find(tr_id)
    except KeyError:
        raise NoSuchReply(
            f"{tr_id}: 모르는 전문입니다. ka10001처럼 적어 주세요. No such TR; write it like ka10001."
        ) from None
    reading = read(tr, _fields(file))
    return shown(reading), not reading.problems


def _fields(file: Path) -> dict[str, object]:
    try:
        told = json.loads(file.read_bytes(), parse_float=str)
    except OSError as trouble:
        raise NoSuchReply(
            f"{file}: 파일을 열 수 없습니다({trouble.strerror}). The file cannot be opened."
        ) from None
    except (ValueError, RecursionError):
        raise NoSuchReply(f"{file}: JSON이 아닙니다. 받은 그대로의 응답을 주세요. Not JSON.") from None
    if not isinstance(told, dict):
        raise NoSuchReply(f"{file}: 응답은 {{…}} 꼴이어야 합니다. A reply is an object.")
    return told


def shown(reading: Reading) -> str:
    """A person's view: name, label, value with its unit; then what is unknown or cannot be read."""
    lines = [f"{reading.tr.id} {reading.tr.name}"]
    lines += [_field(column, cell) for column, cell in reading.fields]
    for table in reading.tables:
        lines += ["", f"{table.name} {table.label} ({len(table.rows)})", *_rows(table)]
    lines += [f"? {path}: 모르는 필드, {count}번 (unknown field)" for path, count in reading.unknown.items()]
    lines += [f"✗ {problem}" for problem in reading.problems]
    return "\n".join(lines)


def _rows(table: Table) -> list[str]:
    lines = []
    for number, row in enumerate(table.rows):
        lines.append(f"  [{number}]")
        lines += [_field(column, cell) for column, cell in zip(table.columns, row, strict=True) if cell.raw]
    return lines


def _field(column: Column, cell: Cell) -> str:
    return f"  {column.name:<24}{column.label:<24}{column.kind:<9}{_value(column, cell)}"


def _value(column: Column, cell: Cell) -> str:
    if cell.problem:
        return f"✗ {cell.raw!r}: {cell.problem}"
    if cell.value is None:
        return f"— ({cell.raw!r})" if cell.raw else "—"
    told = f"{cell.value:,}" if isinstance(cell.value, int) else str(cell.value)
    meaning = column.choices.get(str(cell.value), "") if column.kind is Kind.CHOICE else ""
    way = {1: " ▲", -1: " ▼", 0: " ="}.get(cell.direction, "") if cell.direction is not None else ""
    return f"{told}{column.unit and ' ' + column.unit}{way}{meaning and f' ({meaning})'}"
