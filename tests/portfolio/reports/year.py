"""A year as reports: the very words, figures equal to the pages, no amounts when masked.

``UPDATE_GOLDEN=1`` writes the texts anew; they are then read before they are committed.
"""

import io
import json
import os
import re
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

from django.utils import timezone
from python_calamine import CalamineWorkbook

from kiwoomweb.access.models import Account
from portfolio import reports
from portfolio.models import RealisedDay
from portfolio.reports.content.pieces import (
    Bars,
    Block,
    Calendar,
    Cell,
    Content,
    Curve,
    Figures,
    Heat,
    Table,
    pictures_in,
)
from portfolio.reports.content.saying import moment_words
from portfolio.selectors.journal import journal_day
from portfolio.selectors.months import month
from portfolio.selectors.performance import by_day, by_symbol, equity_curve
from portfolio.selectors.reporting.day import report_day
from portfolio.selectors.trades import trades_of
from portfolio.spans import Period
from tests.portfolio.reports.reading import text_of

__all__ = ["reports_tell_the_year"]

GOLDEN = Path(__file__).parent / "golden"
LAST = date(2026, 11, 19)
PERIODS = {
    "daily": Period("", LAST, LAST),
    "weekly": Period("", date(2026, 11, 9), date(2026, 11, 13)),
    "monthly": Period("", date(2026, 10, 1), date(2026, 10, 31)),
    "yearly": Period("", date(2026, 1, 1), LAST),
    "tax": Period("", date(2026, 1, 1), LAST),
    "team": Period("", date(2026, 10, 1), date(2026, 10, 31)),
}
#: A small account beside the year's: (day, sold, realised, fee, tax).
BESIDE = (
    (date(2026, 10, 13), 3_120_000, 41_300, 930, 6_240),
    (date(2026, 10, 27), 1_980_000, -88_150, 590, 3_960),
    (LAST, 2_400_000, 30_720, 720, 4_800),
)


def made(account: Account, kind: str, *, masked: bool = False, language: str = "ko") -> Content:
    period = PERIODS[kind]
    return reports.build(kind, account, period, timezone.now(), masked=masked, language=language)


def reports_tell_the_year(demo: Account) -> None:
    """All that is said of the account whose year was read."""
    for kind in PERIODS:
        korean = made(demo, kind)
        agrees_with_golden(kind, korean)
        agrees_with_golden(f"{kind}-masked", made(demo, kind, masked=True))
        english = made(demo, kind, language="en")
        agrees_with_golden(f"{kind}-english", english, figures=False)
        speaks_english(demo, english)
        assert [line.rpartition("| ")[2] for line in figures_of(english)] == [
            line.rpartition("| ")[2] for line in figures_of(korean)
        ]
    several_accounts_are_one_mail(demo)
    tells_what_the_pages_tell(demo)
    hides_every_amount(demo)
    the_day_is_the_journals(demo)


def agrees_with_golden(name: str, content: Content, *, figures: bool = True) -> None:
    """The very words, and every figure and every point of a picture as it is kept, unrounded."""
    told = {f"{name}.txt": reports.render_text(content).replace(moment_words(content.as_of), "그때")}
    if figures:
        told[f"{name}.figures.txt"] = "\n".join(figures_of(content)) + "\n"
    for file, text in told.items():
        path = GOLDEN / file
        if os.environ.get("UPDATE_GOLDEN"):
            path.write_text(text)
        assert text == path.read_text(), f"{file}: UPDATE_GOLDEN=1 writes it anew"


def figures_of(content: Content) -> Iterator[str]:
    """A line for each number: where it stands, and the number after the last bar."""
    for section in content.sections:
        for block in section.blocks:
            yield from (f"{section.key} | {told}" for told in _figures(block))


def _figures(block: Block) -> Iterator[str]:
    match block:
        case Figures(items=items):
            yield from (f"{one.label} | {one.cell.value}" for one in items)
        case Table(name=name, columns=columns, rows=rows, foot=foot):
            for row in (*rows, *([foot] if foot else [])):
                for column, cell in zip(columns, row, strict=True):
                    if cell.value is not None:
                        yield f"{name} | {row[0].text} | {column.label} | {cell.value}"
        case Calendar(weeks=weeks):
            squares = [square for week in weeks for square in week if square.cell.value is not None]
            yield from (f"{square.label} | {square.cell.value}" for square in squares)
        case Curve(cid=cid, values=values, falls=falls):
            yield f"{cid} | {_listed(values)}"
            yield f"{cid} | {_listed(falls)}"
        case Bars(cid=cid, values=values) | Heat(cid=cid, values=values):
            yield f"{cid} | {_listed(values)}"


def _listed(values: tuple[Decimal | None, ...]) -> str:
    return " ".join("-" if value is None else str(value) for value in values)


def several_accounts_are_one_mail(demo: Account) -> None:
    """One mail of the year's account and a small one: added up where both are told in won, not where one is
    masked or is missing."""
    small = Account.objects.create(
        team=demo.team, name="작은 계좌", number="8100000002", environment=demo.environment
    )
    told = {"account": small, "recorded_at": timezone.now(), "bought": 0}
    names = ("day", "sold", "realised", "commission", "tax")
    for row in BESIDE:
        RealisedDay.objects.create(**told, **dict(zip(names, row, strict=True)))
    for kind in ("daily", "monthly"):
        mine, beside = (reports.Part(one.name, made(one, kind)) for one in (demo, small))
        both = reports.joined([mine, beside])
        agrees_with_golden(f"together-{kind}", both)
        parts = [each.blocks[0].items[0].cell.value for each in both.sections if each.key.endswith("result")]
        assert both.sections[0].blocks[0].foot[-1].value == sum(parts)
    hidden = reports.Part(demo.name, made(demo, "monthly", masked=True))
    agrees_with_golden("together-masked", reports.joined([hidden, beside, reports.Part("셋째 계좌", None)]))


def the_day_is_the_journals(account: Account) -> None:
    """The report adds up in the database what the journal reads one by one."""
    for days in (1, 120):
        day = LAST - timedelta(days=days)
        ours, told = report_day(account, day, 3), journal_day(account, day)
        assert ours.totals == told.totals
        assert sorted(ours.lines, key=lambda line: line.symbol) == sorted(
            told.lines, key=lambda line: line.symbol
        )
        assert (ours.sales, ours.fills) == (len(told.sales), len(told.fills))
        assert ours.wins == sum(sale.realised > 0 for sale in told.sales)
        assert ours.first == tuple(reversed(told.fills))[:3]
        assert ours.fills


def tells_what_the_pages_tell(account: Account) -> None:
    """손익 by day and by symbol, the curve and the calendar of the pages."""
    first, content = PERIODS["yearly"].first, made(account, "yearly")
    days, curve = by_day(account, first, LAST), equity_curve(account, first, LAST)
    figures = numbers(content)
    assert figures["실현손익"] == curve.total == sum(day.realised for day in days)
    assert figures["수수료+세금"] == sum(day.commission + day.tax for day in days)
    assert curve.fall
    assert figures["최대 낙폭"] == curve.fall.depth
    drawn = pictures_in(content)[0]
    assert [int(value) for value in drawn.values] == [point.cumulative for point in curve.points]
    symbols = by_symbol(account, first, LAST)
    told = {row[0].text: row[-1].value for row in table(content, "종목").rows}
    assert told[symbols[0].name] == symbols[0].realised
    assert told[symbols[-1].name] == symbols[-1].realised
    months = table(content, "달마다")
    assert sum(row[-1].value or 0 for row in months.rows) == curve.total
    assert months.rows[-2][-1].value == month(account, 2026, 10).total
    october = numbers(made(account, "monthly"))
    assert october["실현손익"] == month(account, 2026, 10).total


def hides_every_amount(account: Account) -> None:
    """No won of the open report is in any paper of the masked one, and no picture counts in won."""
    for kind in PERIODS:
        open_one, masked = made(account, kind), made(account, kind, masked=True)
        amounts = {f"{abs(int(cell.value)):,}" for cell in money(open_one) if cell.value is not None}
        assert len(amounts) > 1
        assert all(picture.unit == "percent" for picture in pictures_in(masked) if hasattr(picture, "unit"))
        book = CalamineWorkbook.from_filelike(io.BytesIO(reports.render_xlsx(masked)))
        cells = [
            str(cell)
            for name in book.sheet_names
            for row in book.get_sheet_by_name(name).to_python()
            for cell in row
        ]
        papers = {
            "text": reports.render_text(masked),
            "mail": reports.render_html(masked),
            "pdf": text_of(reports.render_pdf(masked)),
            "kept": reports.kept(masked).decode(),
            "workbook": "\n".join(cells),
        }
        assert account.number not in reports.kept(open_one).decode()
        for name, paper in papers.items():
            assert account.number not in paper
            told = set(re.findall(r"\d{1,3}(?:,\d{3})+", paper))
            plain = {amount.replace(",", "") for amount in amounts if len(amount) > 5}
            assert not told & amounts, f"{kind} {name}"
            assert not plain & set(re.findall(r"\d{4,}", paper)), f"{kind} {name}"
            assert not re.search(r"\d(?:만|억|원)", paper), f"{kind} {name}"


def speaks_english(account: Account, content: Content) -> None:
    """Names of shares stay as the market calls them; everything else is English."""
    names = {account.name, *trades_of(account).values_list("name", flat=True)}
    said = json.loads(reports.kept(content))
    korean = {text for text in texts(said) if re.search("[가-힣]", text)}
    assert {text for text in korean if not any(name and name in text for name in names)} == set()


def texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for each in value:
            yield from texts(each)
    elif isinstance(value, dict):
        for each in value.values():
            yield from texts(each)


def numbers(content: Content) -> dict[str, Decimal | None]:
    return {one.label: one.cell.value for section in content.sections[:1] for one in section.blocks[0].items}


def table(content: Content, name: str) -> Table:
    blocks = (block for section in content.sections for block in section.blocks)
    return next(block for block in blocks if isinstance(block, Table) and block.name == name)


def money(content: Content) -> Iterator[Cell]:
    """Cells that count won: large numbers in figures and in columns of whole numbers, prices apart."""
    for section in content.sections:
        for block in section.blocks:
            cells: list[Cell] = []
            if isinstance(block, Figures):
                cells = [one.cell for one in block.items]
            if isinstance(block, Table):
                places = [place for place, column in enumerate(block.columns) if column.form == "whole"]
                cells = [row[place] for row in block.rows for place in places]
            yield from (cell for cell in cells if cell.value is not None and abs(cell.value) >= 1_000)
