"""However much there is to say and of however many accounts, no mail is so long that Gmail hides its end."""

from decimal import Decimal

from msgspec.structs import replace

from portfolio import reports
from portfolio.reports.content.joining import Part, joined
from portfolio.reports.content.pieces import Cell, Column, Content, Figure, Figures, Section, Table, Words
from tests.portfolio.reports.test_papers import content

GMAIL = 102 * 1024
LINKS = (("이 보고서의 페이지", "https://example.com/a/x/reports/y/"),)


def busy() -> Content:
    """A day of three hundred shares and notes as long as a report quotes them, of lines of two letters."""
    note = Words(tuple(["가나"] * 500), "quote")
    row = (Cell("삼성바이오로직스"), *(Cell("+1,234,567", "rise", Decimal(1_234_567)) for _ in range(6)))
    columns = (Column("종목"), *(Column("실현손익", "whole") for _ in range(6)))
    result = Figures(
        tuple(Figure("실현손익", Cell("▲ 1,234,567", "rise", Decimal(1_234_567)), "3건") for _ in "123456")
    )
    sections = (
        Section("result", "오늘의 결과", (result,)),
        Section("stocks", "종목별", (Table("종목별", columns, (row,) * 300),)),
        Section("fills", "체결", (Table("체결", columns, (row,) * 200),)),
        Section("notes", "메모", (note,) * 12),
    )
    return replace(content(), sections=sections)


def as_it_travels(html: str) -> int:
    """Bytes of base64 with its line ends, the longest way a mail is written."""
    size = len(html.encode())
    return size * 4 // 3 + size // 57 * 2


def test_a_short_mail_says_everything() -> None:
    parts = [Part("내 계좌", content())]

    assert reports.render_fitting(parts, links=LINKS) == reports.render_html(content(), links=LINKS)


def test_a_long_mail_says_less_and_that_there_is_more() -> None:
    assert as_it_travels(reports.render_html(busy())) > 5 * GMAIL
    mail = reports.render_fitting([Part("내 계좌", busy())], links=LINKS)

    assert as_it_travels(mail) < GMAIL
    assert "메일이 잘리지 않도록 줄였습니다" in mail
    assert mail.count("가나") > 12
    assert "오늘의 결과" in mail
    assert LINKS[0][1] in mail


def test_a_hundred_accounts_in_one_mail_are_at_least_a_table() -> None:
    parts = [Part(f"계좌 {number}", busy()) for number in range(100)]
    mail = reports.render_fitting(parts)

    assert as_it_travels(mail) < GMAIL
    assert all(f"계좌 {number}" in mail for number in range(100))


def test_won_and_percent_are_not_numbers_of_one_column() -> None:
    masked = replace(busy(), is_masked=True)
    both = joined([Part("가", busy()), Part("나", masked)]).sections[0].blocks[0]
    alike = joined([Part("가", busy()), Part("나", busy())]).sections[0].blocks[0]

    assert [row[1].value for row in both.rows] == [None, None]
    assert both.foot == ()
    assert alike.foot[1].value == 2 * 1_234_567
    assert joined([Part("가", masked), Part("나", masked)]).sections[0].blocks[0].columns[1].form == "rate"
