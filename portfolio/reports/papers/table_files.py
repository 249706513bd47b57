"""A report's tables as CSV files, one each: the same rows as the workbook's, whole."""

from kiwoomweb.ui.takeaway import as_csv
from portfolio.reports.content.pieces import Content, Table
from portfolio.reports.papers.workbook import sheet_of

__all__ = ["render_csvs"]


def render_csvs(content: Content) -> list[tuple[str, bytes]]:
    """(name of the table, file) in the report's order; two tables of one name are told apart by a number."""
    found: list[tuple[str, bytes]] = []
    taken: dict[str, int] = {}
    for section in content.sections:
        for block in section.blocks:
            if isinstance(block, Table) and block.rows:
                taken[block.name] = times = taken.get(block.name, 0) + 1
                name = block.name if times == 1 else f"{block.name} {times}"
                found.append((name, b"".join(as_csv(sheet_of(block)))))
    return found
