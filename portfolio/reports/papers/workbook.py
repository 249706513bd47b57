"""A report as a workbook: every table whole, the figures first. The same content is the same bytes."""

from collections.abc import Iterator
from datetime import UTC
from decimal import Decimal

from kiwoomweb.ui.takeaway import Column, Form, Sheet, Value, as_workbook
from portfolio.reports.content.pieces import Bars, Calendar, Cell, Content, Curve, Figures, Heat, Table, Words

__all__ = ["render_xlsx", "sheet_of", "sheets_of"]

FORMS = {"text": Form.TEXT, "whole": Form.WHOLE, "rate": Form.RATE, "number": Form.NUMBER}


def render_xlsx(content: Content) -> bytes:
    """The workbook; its properties carry the report's own moment."""
    made_at = content.as_of.astimezone(UTC).replace(tzinfo=None, microsecond=0)
    with as_workbook(sheets_of(content), made_at=made_at) as file:
        return file.read()


def sheets_of(content: Content) -> list[Sheet]:
    """The first says what it is, with figures and words; then a sheet a table and a sheet a chart."""
    return [
        Sheet(content.title, [Column(content.title), Column(content.span)], list(_front(content))),
        *_rest(content),
    ]


def _front(content: Content) -> Iterator[tuple[Value, Value]]:
    yield content.account, None
    for section in content.sections:
        yield None, None
        yield f"■ {section.title}", None
        for block in section.blocks:
            match block:
                case Figures(items=items):
                    yield from ((one.label, _value(one.cell)) for one in items)
                case Words(lines=lines):
                    yield from ((line, None) for line in lines)
                case _:
                    pass
    yield None, None
    yield from ((sentence, None) for sentence in content.frozen)


def _rest(content: Content) -> Iterator[Sheet]:
    for section in content.sections:
        for block in section.blocks:
            match block:
                case Table():
                    yield sheet_of(block)
                case Calendar(name=name, heads=heads, weeks=weeks):
                    told = [[f"{one.label} {one.cell.text}".strip() for one in week] for week in weeks]
                    yield Sheet(name, [Column(head) for head in heads], told)
                case Curve(title=title, days=days, values=values) | Heat(title=title, days=days, values=values):
                    yield Sheet(
                        title,
                        [Column(content.span, Form.DAY), Column(title, Form.NUMBER)],
                        list(zip(days, values, strict=True)),
                    )
                case Bars(title=title, labels=labels, values=values):
                    yield Sheet(
                        title,
                        [Column(title), Column(content.span, Form.NUMBER)],
                        list(zip(labels, values, strict=True)),
                    )
                case _:
                    pass


def sheet_of(table: Table) -> Sheet:
    """The whole table with its sum."""
    heads = [Column(column.label, FORMS[column.form]) for column in table.columns]
    rows = (*table.rows, *([table.foot] if table.foot else []))
    return Sheet(table.name, heads, [[_value(cell) for cell in row] for row in rows])


def _value(cell: Cell) -> Value:
    if cell.value is None:
        return None if cell.text == "—" else cell.text
    whole = cell.value == cell.value.to_integral_value()
    return int(cell.value) if whole else Decimal(cell.value)
