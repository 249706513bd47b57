"""Files as people bring them: screens of 영웅문 as text and workbooks, with titles, merged headings, totals."""

import io
import zipfile
from collections.abc import Sequence

import xlsxwriter

#: 체결내역, as a Korean Windows program writes it: titles above, thousands, an A before the code, a total.
FILLS = """체결내역 조회
계좌번호: 8100-0001-11  조회기간: 2025/03/03 ~ 2025/03/04

거래일자,주문번호,종목번호,종목명,매매구분,체결수량,체결단가,체결금액,체결시간,체결번호,수수료,제세금
2025/03/03,0001234,A005930,삼성전자,+현금매수,"1,000","71,500","71,500,000",09:01:02,0000011,"10,720",0
2025/03/03,0001235,'000660,SK하이닉스,-현금매도,5,▲204500,1022500,90305,12,150,"2,045"
2025-03-04,1236,5380,현대차,매수,10,246000,"2,460,000",오후 1:05:00,,360,0
합계,,,,,"1,015",,"74,982,500",,,"11,230","2,045"
"""
#: 당일매매일지: two lines of heading, merged over buys and sells.
DIARY = """당일매매일지\t\t\t\t\t\t\t\t
조회일자 2025.03.03\t\t\t\t\t\t\t\t
종목명\t종목코드\t매수\t\t\t매도\t\t\t수수료+제세금
\t\t수량\t평균가\t금액\t수량\t평균가\t금액\t
삼성전자\tA005930\t10\t71,500\t715,000\t4\t72,000\t288,000\t1,200
SK하이닉스\tA000660\t0\t0\t0\t3\t204,500\t613,500\t900
합계\t\t10\t\t715,000\t7\t\t901,500\t2,100
"""
#: 실현손익: sales only, no side.
RESULTS = """일자,종목코드,종목명,매도수량,매입단가,매도단가,실현손익,수수료,세금
20250303,A005930,삼성전자,4,70000,72000,7500,40,460
"""
#: Headings nobody has seen before.
STRANGE = """when,what,how many,for how much,b/s,mood,weather,shoes
2025-03-03,005930,10,71500,B,good,rain,red
2025-03-03,000660,3,204500,S,bad,sun,blue
"""


def cp949(text: str) -> bytes:
    return text.replace("\n", "\r\n").encode("cp949")


def workbook(rows: Sequence[Sequence[object]], merges: Sequence[str] = (), other: str = "메모") -> bytes:
    """An XLSX with a sheet of remarks before the one that matters."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        book.add_worksheet(other).write(0, 0, "이 파일은 2025년 것")
        sheet = book.add_worksheet("표")
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        clock = book.add_format({"num_format": "hh:mm:ss"})
        for at, row in enumerate(rows):
            for place, cell in enumerate(row):
                if cell is None:
                    continue
                look = clock if type(cell).__name__ == "time" else day if hasattr(cell, "year") else None
                sheet.write(at, place, cell, look)
        for merge in merges:
            first, text = merge.split("=")
            sheet.merge_range(first, text)
    return out.getvalue()


def bomb(megabytes: int = 300) -> bytes:
    """A small workbook that unpacks to much: what it says of its size is true."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("xl/workbook.xml", "<workbook/>")
        with parts.open("xl/worksheets/sheet1.xml", "w") as sheet:
            for _megabyte in range(megabytes):
                sheet.write(b" " * 1024 * 1024)
    return out.getvalue()


def lying_bomb() -> bytes:
    """The same, but its directory says that it is small."""
    content = bytearray(bomb(130))
    at = content.rindex(b"PK\x01\x02")
    content[at + 24 : at + 28] = (1000).to_bytes(4, "little")
    return bytes(content)


def far_cell() -> bytes:
    """One cell in the last row and column there can be: a table around it has seventeen thousand million."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet("표")
        sheet.write(0, 0, "종목코드")
        sheet.write(1_048_575, 16_383, "x")
    return out.getvalue()
