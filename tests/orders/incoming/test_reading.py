"""Files of 영웅문 and of people are read whatever their charset, separator, titles, headings and totals."""

from datetime import date, datetime, time
from decimal import Decimal

import pytest

from kiwoomweb.broker.domain import SEOUL, Side
from orders.incoming import Field, Mapping, Rule, Unreadable, opened, read, recognise
from tests.orders.incoming.files import (
    DIARY,
    FILLS,
    RESULTS,
    STRANGE,
    bomb,
    cp949,
    far_cell,
    lying_bomb,
    workbook,
)

TODAY = date(2026, 11, 20)


def reading(content: bytes, day: date | None = None, **more):
    grids = opened(content)
    mapping = Mapping.of(recognise(grids))
    return read(
        grids[mapping.sheet],
        mapping.last,
        more.get("columns", mapping.columns),
        day=day or mapping.day,
        rule=more.get("rule", mapping.rule),
        names=more.get("names", {}),
        today=TODAY,
    )


def short(found) -> list[tuple]:
    return [(row.day, row.symbol, row.side, row.quantity, row.price) for row in found.candidates]


EXPECTED = [
    (date(2025, 3, 3), "005930", Side.BUY, 1000, Decimal(71_500)),
    (date(2025, 3, 3), "000660", Side.SELL, 5, Decimal(204_500)),
    (date(2025, 3, 4), "005380", Side.BUY, 10, Decimal(246_000)),
]


@pytest.mark.parametrize(
    "content",
    [
        cp949(FILLS),
        FILLS.encode("utf-8"),
        FILLS.encode("utf-8-sig"),
        FILLS.encode("utf-16"),
        FILLS.encode("utf-16-le"),
    ],
)
def test_a_list_of_fills_is_read_in_every_charset(content):
    found = reading(content)

    assert short(found) == EXPECTED
    assert found.refused == ()
    assert found.passed_over == 1, "the total below"


def test_every_part_of_a_row_is_read():
    first, second, third = reading(cp949(FILLS)).candidates

    assert first.filled_at == datetime(2025, 3, 3, 9, 1, 2, tzinfo=SEOUL)
    assert (first.order_no, first.fill_no, first.line) == ("0001234", "0000011", 5)
    assert (first.commission, first.tax, first.amount) == (10_720, 0, 71_500_000)
    assert second.filled_at.time() == time(9, 3, 5)
    assert third.filled_at.time() == time(13, 5)
    assert (third.order_no, third.fill_no) == ("0001236", "")


def test_the_account_a_title_names_is_noticed():
    assert recognise(opened(cp949(FILLS))).accounts == ("8100000111",)


def test_a_diary_with_merged_headings_gives_both_sides_of_a_line():
    found = reading(cp949(DIARY))

    assert short(found) == [
        (date(2025, 3, 3), "005930", Side.BUY, 10, Decimal(71_500)),
        (date(2025, 3, 3), "005930", Side.SELL, 4, Decimal(72_000)),
        (date(2025, 3, 3), "000660", Side.SELL, 3, Decimal(204_500)),
    ]
    assert all(row.is_sum for row in found.candidates)


def test_results_are_sales():
    assert short(reading(cp949(RESULTS))) == [(date(2025, 3, 3), "005930", Side.SELL, 4, Decimal(72_000))]


def test_a_workbook_is_read_from_the_sheet_that_has_a_heading():
    heads = ["체결일자", "체결시각", "종목코드", "종목명", "매매", "수량", "단가"]
    rows = [
        ["계좌 8100-0001-11"],
        heads,
        [date(2025, 3, 3), time(9, 1, 2), 5930, "삼성전자", "매수", 1000, 71500],
        [date(2025, 3, 3), None, "A000660", "SK하이닉스", "매도", 5, 204500.0],
        ["합계", None, None, None, None, 1005],
    ]
    found = reading(workbook(rows))

    assert short(found) == EXPECTED[:2]
    assert [row.filled_at.time() if row.filled_at else None for row in found.candidates] == [
        time(9, 1, 2),
        None,
    ]
    assert [row.line for row in found.candidates] == [3, 4]


def test_a_workbook_with_merged_headings_is_read_like_its_text():
    rows = [
        ["종목명", "종목코드", "매수", None, None, "매도", None, None],
        [None, None, "수량", "평균가", "금액", "수량", "평균가", "금액"],
        ["삼성전자", "A005930", 10, 71500, 715000, 4, 72000, 288000],
    ]
    found = reading(workbook(rows, merges=["C1:E1=매수", "F1:H1=매도"]), day=date(2025, 3, 3))

    assert [(row.side, row.quantity) for row in found.candidates] == [(Side.BUY, 10), (Side.SELL, 4)]


def test_a_formula_in_a_cell_is_text_and_nothing_runs():
    text = 'date,code,name,side,qty,price\n2025-03-03,005930,"=HYPERLINK(""http://x"")",B,1,100\n'
    (row,) = reading(text.encode()).candidates

    assert row.name == '=HYPERLINK("http://x")'
    bad = reading(text.replace(",1,100", ",=1+1,100").encode())
    assert "숫자가 아닙니다" in bad.refused[0].reason


def test_unknown_columns_are_named_and_the_rest_is_read():
    text = "일자,종목코드,매매구분,수량,단가,기분,날씨,신발\n2025-03-03,005930,매수,1,100,좋음,비,빨강\n"

    assert recognise(opened(text.encode())).unknown == ("기분", "날씨", "신발")
    assert len(reading(text.encode()).candidates) == 1


def test_a_heading_nobody_knows_says_what_is_missing():
    mapping = Mapping.of(recognise(opened(STRANGE.encode())))

    assert mapping.heads[:3] == ("when", "what", "how many")
    assert {Field.QUANTITY, Field.SIDE, Field.DAY} <= set(mapping.lacks)


def test_what_somebody_says_of_the_columns_is_how_they_are_read():
    columns = {0: Field.DAY, 1: Field.SYMBOL, 2: Field.QUANTITY, 3: Field.PRICE, 4: Field.SIDE}
    found = reading(STRANGE.encode(), columns=columns)

    assert [(row.symbol, row.side) for row in found.candidates] == [("005930", Side.BUY), ("000660", Side.SELL)]


def test_without_a_side_the_sign_of_the_quantity_can_tell():
    text = "date,code,qty,price\n2025-03-03,005930,10,100\n2025-03-04,005930,-4,110\n"
    found = reading(text.encode(), rule=Rule.SIGN)

    assert [(row.side, row.quantity) for row in found.candidates] == [(Side.BUY, 10), (Side.SELL, 4)]


def test_a_symbol_may_be_known_by_its_name():
    text = "일자,종목명,매매구분,수량,단가\n2025-03-03,삼성전자,매수,1,100\n2025-03-03,모르는회사,매수,1,100\n"
    found = reading(text.encode(), names={"삼성전자": "005930"})

    assert [row.symbol for row in found.candidates] == ["005930"]
    assert "모르는회사" in found.refused[0].reason


ROW = "{day},{code},{side},{quantity},{price},{amount}"
GOOD = {"day": "2025-03-03", "code": "005930", "side": "매수", "quantity": "10", "price": "100", "amount": ""}


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"price": "-74100"}, "음수"),
        ({"quantity": "-5"}, "음수"),
        ({"quantity": "0"}, "체결수량이 없습니다"),
        ({"quantity": "1.5"}, "정수가 아닙니다"),
        ({"quantity": "열"}, "숫자가 아닙니다"),
        ({"price": ""}, "체결단가가 없습니다"),
        ({"amount": "999999"}, "다릅니다"),
        ({"day": "2025-02-30"}, "없는 날짜"),
        ({"day": "어제"}, "날짜가 아닙니다"),
        ({"day": "2099-01-02"}, "아직 오지 않은 날"),
        ({"day": "1900-01-02"}, "거래소가 없었습니다"),
        ({"side": "매수취소"}, "취소"),
        ({"side": "배당금입금"}, "현금이 오간"),
        ({"side": "타사대체입고"}, "들어오거나 나간"),
        ({"side": "교환"}, "매수도 매도도 아닙니다"),
        ({"side": ""}, "매수인지 매도인지 적혀 있지 않습니다"),
        ({"code": "삼성"}, "종목코드가 아닙니다"),
        ({"code": ""}, "종목코드도 종목명도"),
        ({"quantity": "9" * 14}, "지나치게"),
        ({"price": "9" * 14}, "지나치게"),
    ],
)
def test_a_bad_row_is_refused_with_a_sentence_and_its_line(wrong, said):
    rows = [GOOD, {**GOOD, **wrong}, GOOD]
    text = "일자,종목코드,매매구분,수량,단가,금액\n" + "\n".join(ROW.format(**row) for row in rows)
    found = reading(text.encode())

    assert [row.line for row in found.candidates] == [2, 4]
    assert [(row.line, said in row.reason) for row in found.refused] == [(3, True)], found.refused


@pytest.mark.parametrize(
    "text", ["2025-03-03", "2025/03/03", "2025.3.3", "20250303", "25/03/03", "2025년 3월 3일", "２０２５-03-03"]
)
def test_days_are_written_in_many_ways(text):
    (row,) = reading(f"일자,종목코드,매매구분,수량,단가\n{text},005930,매수,1,100\n".encode()).candidates

    assert row.day == date(2025, 3, 3)


@pytest.mark.parametrize(
    "text", ["1,000", "▲1,000", "+1000", "1000원", "１０００", "1 000", "1000.00", "₩1,000"]
)
def test_numbers_are_written_in_many_ways(text):
    (row,) = reading(
        f'일자,종목코드,매매구분,수량,단가\n2025-03-03,005930,매수,1,"{text}"\n'.encode()
    ).candidates

    assert row.price == 1000


@pytest.mark.parametrize(
    "text", ["A005930", "'005930", "5930", "005930_AL", "KR7005930003", "005930_NX", '="005930"']
)
def test_codes_are_written_in_many_ways(text):
    quoted = text.replace('"', '""')
    (row,) = reading(
        f'일자,종목코드,매매구분,수량,단가\n2025-03-03,"{quoted}",매수,1,100\n'.encode()
    ).candidates

    assert row.symbol == "005930"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "빈 파일"),
        (b"\xef\xbb\xbf\r\n", "빈 파일"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"\x89PNG\r\n\x1a\n....", "PNG"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "HTML"),
        (b"PK\x03\x04broken", "깨져"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1broken", "엑셀 파일을 읽을 수 없습니다"),
        (b"\xff\x00\x81\x00\x00\x01" * 9, "글자를 읽을 수 없습니다"),
        (bytes([0x81, 0xFF, 0x0A]) * 20, "글자를 읽을 수 없습니다"),
        (b"a,b\n" * 100_001, "줄이 너무 많습니다"),
        (b"x" * (10 * 1024 * 1024 + 1), "10MB까지"),
        (b'"' + b"x" * 200_000, "표가 깨져"),
    ],
)
def test_what_cannot_be_read_is_refused_with_what_to_do(content, said):
    with pytest.raises(Unreadable, match=said):
        opened(content)


@pytest.mark.parametrize("content", [bomb(), lying_bomb(), far_cell()])
def test_a_workbook_that_grows_too_big_is_not_opened(content):
    assert len(content) < 1024 * 1024
    with pytest.raises(Unreadable, match=r"지나치게 커지는|줄이 너무"):
        opened(content)


def test_a_zip_of_something_else_is_not_a_workbook():
    import io
    import zipfile

    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as parts:
        parts.writestr("a.csv", "1,2")
    with pytest.raises(Unreadable, match="엑셀 파일이 아닌 ZIP"):
        opened(out.getvalue())


def test_shares_that_came_in_or_left_are_told_with_what_the_file_knows_of_them():
    """Priced, priced by its amount, without a price, of no symbol anybody knows."""
    rows = [
        {**GOOD, "side": "타사대체입고"},
        {**GOOD, "side": "대체출고", "price": "", "amount": "2000"},
        {**GOOD, "side": "무상입고", "price": "0"},
        {**GOOD, "side": "대체입고", "code": "어딘가"},
    ]
    text = "일자,종목코드,매매구분,수량,단가,금액\n" + "\n".join(ROW.format(**row) for row in rows)
    found = reading(text.encode())

    assert not found.candidates
    moved = [row.movement for row in found.refused]
    assert [(one.is_in, one.quantity, one.price) for one in moved if one] == [
        (True, 10, Decimal(100)),
        (False, 10, Decimal(200)),
        (True, 10, None),
    ]
    assert moved[3] is None
