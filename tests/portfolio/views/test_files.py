"""Tables to take away: the page's own filter and order, codes as text, numbers as numbers, no formula."""

import csv
import io
from datetime import date, datetime
from decimal import Decimal
from html import unescape

import pytest
from django.utils import timezone
from python_calamine import CalamineWorkbook

from kiwoomweb.broker.domain import SEOUL
from orders.models import Fill
from portfolio.models import CashFlow, RealisedDay, Review, Trade
from portfolio.presenting.files import TABLES
from portfolio.presenting.pnl import PnlPage
from portfolio.services.trades.catching_up import catch_up

#: What the believable account has no rows of.
UNTOLD = {"orders", "cash", "trades", "slices", "groups", "hits", "moves"}


def taken(person, account, file: str) -> bytes:
    answer = person.get(f"/a/{account.code}/files/{file}")
    assert answer.status_code == 200
    assert answer["Content-Disposition"].startswith("attachment")
    return b"".join(answer.streaming_content)


def opened(person, account, path: str) -> str:
    return person.get(f"/a/{account.code}/{path}").content.decode()


def lines(content: bytes, charset: str = "utf-8-sig") -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode(charset))))


def sheets(content: bytes) -> dict[str, list[list[object]]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def bought(account, **more) -> Fill:
    facts = {
        "account": account,
        "day": date(2026, 11, 20),
        "order_no": "0000007",
        "fill_no": "0000003",
        "symbol": "005930",
        "name": "삼성전자",
        "side": "buy",
        "quantity": 10,
        "price": Decimal("71500"),
        "amount": 715_000,
        "filled_at": datetime(2026, 11, 20, 9, 1, 2, tzinfo=SEOUL),
        "venue": "KRX",
        "recorded_at": timezone.now(),
    }
    return Fill.objects.create(**{**facts, **more})


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_stranger_finds_no_file(stranger, full_account, table, kind):
    assert stranger.get(f"/a/{full_account.code}/files/{table}.{kind}").status_code == 404


@pytest.mark.parametrize("table", TABLES)
def test_a_trader_takes_every_table_in_every_kind(trader, full_account, today, table):
    told = lines(taken(trader, full_account, f"{table}.csv?day={today}&month={today:%Y-%m}"))
    assert len(told) > (0 if table in UNTOLD else 1)
    assert {len(line) for line in told} == {len(told[0])}
    korean = lines(taken(trader, full_account, f"{table}.csv949?day={today}&month={today:%Y-%m}"), "cp949")
    # Letters that Korean Windows has no room for are written as ``&#8314;``: nothing is lost.
    assert [[unescape(cell) for cell in line] for line in korean] == told
    book = sheets(taken(trader, full_account, f"{table}.xlsx?day={today}&month={today:%Y-%m}"))
    assert len(book) == len(TABLES[table].makers)
    assert next(iter(book.values()))[0] == told[0]


@pytest.mark.parametrize("file", ["nothing.csv", "fills.exe", "fills.json"])
def test_there_is_no_other_table_and_no_other_kind(trader, full_account, file):
    assert trader.get(f"/a/{full_account.code}/files/{file}").status_code == 404


@pytest.mark.parametrize("sort", ["realised", "-realised", "day", "-sold"])
def test_the_file_has_the_order_and_the_period_of_the_page(trader, full_account, sort):
    page = PnlPage(full_account, {"by": "day", "period": "3m", "sort": sort})

    told = lines(taken(trader, full_account, f"days.csv?period=3m&sort={sort}"))

    assert [line[0] for line in told[1:]] == [str(result.day) for result in page.results]
    assert [int(line[5]) for line in told[1:]] == [result.realised for result in page.results]


def test_the_whole_file_adds_up_to_the_won(trader, full_account):
    book = sheets(taken(trader, full_account, "days.xlsx?period=all"))
    (rows,) = book.values()

    assert sum(int(row[5]) for row in rows[1:]) == sum(RealisedDay.objects.values_list("realised", flat=True))


def test_codes_keep_their_zeros_and_numbers_are_numbers(trader, account):
    bought(account)

    (rows,) = sheets(taken(trader, account, "fills.xlsx")).values()

    assert rows[1][2:5] == ["005930", "삼성전자", "매수"]
    assert rows[1][5:8] == [10.0, 71_500.0, 715_000.0]
    assert str(rows[1][1]) == "2026-11-20 09:01:02"
    assert rows[1][9:11] == ["0000007", "0000003"]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\uff1d"])
def test_what_looks_like_a_formula_stays_text(trader, account, start):
    evil = f"{start}HYPERLINK(1)"
    bought(account, name=evil)

    assert lines(taken(trader, account, "fills.csv"))[1][3] == f"'{evil}"
    (rows,) = sheets(taken(trader, account, "fills.xlsx")).values()
    assert str(rows[1][3]).replace("_x000D_", "\r") == evil


def test_what_korean_windows_has_no_letter_for_is_not_lost(trader, account):
    bought(account, name="삼성😀")

    assert lines(taken(trader, account, "fills.csv949"), "cp949")[1][3] == "삼성&#128512;"


def test_unknown_is_empty_and_never_zero(trader, account):
    bought(account, filled_at=None)

    assert lines(taken(trader, account, "fills.csv"))[1][1] == ""


def test_one_symbol_of_one_span(trader, account):
    bought(account)
    bought(account, symbol="000660", order_no="0000008")
    bought(account, day=date(2026, 11, 19))

    told = lines(taken(trader, account, "fills.csv?first=2026-11-20&last=2026-11-20&symbol=005930"))

    assert [line[:1] + line[2:3] for line in told[1:]] == [["2026-11-20", "005930"]]


def test_a_superseded_fill_is_in_no_file(trader, account):
    bought(account, superseded_at=timezone.now())

    assert len(lines(taken(trader, account, "fills.csv"))) == 1


def test_the_name_of_the_file_tells_account_table_and_span(trader, full_account):
    answer = trader.get(f"/a/{full_account.code}/files/fills.csv?day=2026-11-20")

    assert "2026-11-20.csv" in answer["Content-Disposition"]


@pytest.mark.parametrize("path", ["pnl/", "pnl/?by=symbol", "journal/", "journal/{today}/"])
def test_every_table_has_its_buttons(trader, full_account, today, path):
    page = trader.get(f"/a/{full_account.code}/{path.format(today=today)}").content.decode()

    assert ".csv?" in page
    assert ".xlsx?" in page


def test_nonsense_in_the_address_is_the_usual_table(trader, full_account):
    usual = lines(taken(trader, full_account, "days.csv?period=ytd"))

    assert lines(taken(trader, full_account, "days.csv?period=x&sort=__class__")) == usual
    assert lines(taken(trader, full_account, "fills.csv?day=2026-99-99"))


def test_trades_are_taken_in_the_filter_and_the_order_of_their_list(trader, account):
    for number, (symbol, price) in enumerate((("005930", 100), ("000660", 200), ("005930", 300))):
        day = date(2026, 11, 16 + number)
        bought(account, day=day, symbol=symbol, order_no=f"1{number}", price=Decimal(price), amount=price * 10)
        sold = {"side": "sell", "order_no": f"2{number}", "price": Decimal(price + number - 1)}
        at = datetime(2026, 11, 16 + number, 10, 0, tzinfo=SEOUL)
        bought(account, day=day, symbol=symbol, amount=(price + number - 1) * 10, filled_at=at, **sold)
    catch_up(account.pk)
    Review.objects.create(trade=Trade.objects.get(symbol="000660"), rating=4, planned_stop=Decimal("190.5"))

    told = lines(taken(trader, account, "trades.csv?sort=-net"))
    nets = [int(row[told[0].index("순손익")]) for row in told[1:]]
    assert len(nets) == 3
    assert nets == sorted(nets, reverse=True)
    assert [row[1] for row in lines(taken(trader, account, "trades.csv?symbol=005930"))[1:]] == ["005930"] * 2
    assert len(lines(taken(trader, account, "trades.csv?symbol=005930&symbol=000660"))) == 1 + 3
    assert "trades.xlsx?symbol=005930&amp;sort=-net" in opened(
        trader, account, "trades/?symbol=005930&sort=-net"
    )
    stop, rating = told[0].index("계획 손절가"), told[0].index("평점")
    assert {(row[stop], row[rating]) for row in told[1:]} == {("190.50", "4"), ("", "")}

    parts = lines(taken(trader, account, "slices.csv?first=2026-11-17"))
    assert [row[0] for row in parts[1:]] == ["2026-11-18", "2026-11-17"]
    whole = sum(int(row[parts[0].index("순손익")]) for row in lines(taken(trader, account, "slices.csv"))[1:])
    assert whole == sum(nets)


def test_the_cash_book_is_taken_with_unknown_directions_empty(trader, account):
    CashFlow.objects.create(
        account=account,
        day=date(2026, 11, 18),
        settled_on=date(2026, 11, 20),
        number="000000012",
        kind="other",
        amount=None,
        gross=1000,
        quantity=0,
        unit_price=0,
        commission=0,
        tax=0,
        interest=0,
        principal=0,
        note="=이상한 적요",
        balance=5000,
        recorded_at=timezone.now(),
    )
    (head, row) = lines(taken(trader, account, "cash.csv"))

    assert dict(zip(head, row, strict=True)) | {
        "거래번호": "000000012",
        "입출금액": "",
        "적요": "'=이상한 적요",
    } == dict(zip(head, row, strict=True))


async def test_a_server_that_waits_for_nobody_sends_the_same_bytes():
    from django.core.handlers.asgi import ASGIRequest

    from kiwoomweb.ui.takeaway import Column, Sheet, as_csv, take_away

    def sheet() -> Sheet:
        return Sheet("표", [Column("수")], ([number] for number in range(2000)))

    request = ASGIRequest({"type": "http", "method": "GET", "path": "/", "headers": []}, io.BytesIO())
    answer = take_away(request, "csv", "표", [sheet()])

    assert b"".join([part async for part in answer]) == b"".join(as_csv(sheet()))
