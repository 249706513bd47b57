"""Files to take away hold what the table held, whatever the text: no formula, no lost letter, no lost zero."""

import csv
import io
import re
import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from kiwoomweb.ui.takeaway import Column, Form, Sheet, as_csv, as_workbook
from kiwoomweb.ui.takeaway.text import FORMULA
from kiwoomweb.ui.takeaway.workbook import LONGEST

#: Letters of every kind, those a spreadsheet takes for the start of a formula more often than others.
texts = st.one_of(
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=12),
    st.tuples(st.sampled_from(FORMULA), st.text("A1()!\"',;\n", max_size=8)).map("".join),
)


def sheet(rows) -> Sheet:
    return Sheet("표", [Column("글"), Column("글 둘")], rows)


def lines(content: bytes, charset: str = "utf-8-sig") -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode(charset), newline="")))


def bare(text: str) -> str:
    return text[1:] if text.startswith("'") and text[1:].startswith(FORMULA) else text


@pytest.mark.security("S-13", asvs=["1.2.10"])
@settings(max_examples=200)
@given(st.lists(st.lists(texts, min_size=2, max_size=2), max_size=20))
def test_csv_gives_back_every_text_and_begins_no_formula(rows):
    told = lines(b"".join(as_csv(sheet(rows))))[1:]

    assert [[bare(cell) for cell in row] for row in told] == [[bare(cell) for cell in row] for row in rows]
    assert not any(cell.startswith(FORMULA) for row in told for cell in row)


@pytest.mark.security("S-13", asvs=["1.2.10"])
@settings(max_examples=60)
@given(st.lists(st.lists(texts, min_size=2, max_size=2), min_size=1, max_size=20))
def test_a_workbook_holds_text_as_text_and_no_formula(rows):
    with as_workbook([sheet(rows)]) as book:
        content = book.read()
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        page = parts.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in page
    assert set(re.findall(r'<c [^>]*t="(\w+)"', page)) <= {"inlineStr"}
    assert page.count("<is>") == 2 + 2 * len(rows)


def test_lumps_of_many_lines_have_one_mark_and_every_line():
    content = b"".join(as_csv(Sheet("표", [Column("수", Form.WHOLE)], ([n] for n in range(1501)))))

    assert content.count(b"\xef\xbb\xbf") == 1
    assert [int(row[0]) for row in lines(content)[1:]] == list(range(1501))


def test_numbers_days_and_moments_are_what_they_are():
    row = [
        -5,
        Decimal("1.50"),
        date(2026, 11, 20),
        datetime(2026, 11, 20, 0, 1, 2, tzinfo=UTC),
        None,
        10**15,
        True,
    ]
    forms = [Form.WHOLE, Form.NUMBER, Form.DAY, Form.MOMENT, Form.WHOLE, Form.WHOLE, Form.TEXT]
    table = Sheet("표", [Column(str(n), form) for n, form in enumerate(forms)], [row])

    assert lines(b"".join(as_csv(table)))[1] == [
        "-5",
        "1.50",
        "2026-11-20",
        "2026-11-20 09:01:02",
        "",
        "1000000000000000",
        "Y",
    ]
    with as_workbook([table]) as book:
        told = CalamineWorkbook.from_filelike(book).get_sheet_by_index(0).to_python()[1]
    assert told[:2] == [-5.0, 1.5]
    assert [str(told[2]), str(told[3])] == ["2026-11-20", "2026-11-20 09:01:02"]
    assert told[4:] == ["", "1000000000000000", "Y"]


def test_sheets_of_one_name_and_names_that_are_none_have_names_of_their_own():
    with as_workbook(
        [sheet([]), sheet([]), Sheet("a/b:c*?[d]", [Column("x")], []), Sheet("", [Column("x")], [])]
    ) as book:
        names = CalamineWorkbook.from_filelike(book).sheet_names
    assert names == ["표", "표 2", "a b c   d", "표 4"]


def test_a_text_too_long_for_a_cell_says_that_it_was_cut():
    with as_workbook([Sheet("표", [Column("x")], [["가" * (LONGEST + 5)]])]) as book:
        (text,) = CalamineWorkbook.from_filelike(book).get_sheet_by_index(0).to_python()[1]
    assert len(text) == LONGEST
    assert text.endswith("…")
