"""What the pages are told: results by day, by symbol and by month, holdings, today."""

from datetime import date
from decimal import Decimal

from kiwoomweb.access.models import Account
from portfolio.selectors.holdings import assets, holding_of
from portfolio.selectors.journal import journal_day, journal_days
from portfolio.selectors.months import month
from portfolio.selectors.performance import by_day, by_symbol, equity_curve, years_of
from portfolio.selectors.sync import Health, sync_state
from portfolio.selectors.today import today
from portfolio.services.noting import save
from tests.people import Person
from tests.portfolio.kiwoom import Kiwoom
from tests.portfolio.rows import day_row, diary_row, filled_row, holding_row, placed_row, sale_row
from tests.portfolio.steps import poll

TODAY = date(2026, 11, 20)


def test_nothing_read_is_unknown_and_not_zero(connected: Account) -> None:
    assert today(connected).realised is None
    assert assets(connected).value is None
    assert assets(connected).cash is None
    assert equity_curve(connected).points == ()
    assert sync_state(connected).health is Health.WAITING


def test_todays_figures(connected: Account, kiwoom: Kiwoom) -> None:
    kiwoom.lists("ka10074", day_row(TODAY, 4_210, sold=1_960_000, bought=980_000))
    kiwoom.lists("ka10076", filled_row("0000001", 10, 10, 98_000))
    poll(connected, "ka10074")
    poll(connected, "ka10076")
    now = today(connected)
    assert (now.day, now.realised, now.sold, now.bought) == (TODAY, 4_210, 1_960_000, 980_000)
    assert [(fill.name, fill.quantity) for fill in now.fills] == [("삼성전자", 10)]
    assert now.read_at


def test_a_day_with_buys_only_has_realised_nothing_once_the_diary_says_so(
    connected: Account, kiwoom: Kiwoom
) -> None:
    kiwoom.lists("ka10170", diary_row("005930", "삼성전자", bought=980_000))
    poll(connected, "ka10074")
    assert today(connected).realised is None
    poll(connected, "ka10170")
    assert (today(connected).realised, today(connected).bought) == (0, 980_000)


def test_holdings_come_biggest_first_with_their_totals_and_age(connected: Account, kiwoom: Kiwoom) -> None:
    kiwoom.lists(
        "kt00018",
        holding_row("000660", "SK하이닉스", 1, 200_000, 210_000),
        holding_row("005930", "삼성전자", 10, 69_000, 70_000),
    )
    poll(connected, "kt00018")
    poll(connected, "kt00001")
    page = assets(connected)
    assert [line.name for line in page.lines] == ["삼성전자", "SK하이닉스"]
    assert (page.cost, page.value, page.profit) == (890_000, 910_000, 20_000)
    assert page.read_at
    assert page.cash.d2 == 10_000_000
    assert holding_of(connected, "000660").quantity == 1
    assert holding_of(connected, "035720") is None


def test_results_by_day_newest_first(connected: Account, kiwoom: Kiwoom) -> None:
    kiwoom.lists("ka10074", day_row(TODAY, 500))
    poll(connected, "ka10074")
    assert [line.realised for line in by_day(connected)] == [500]
    assert by_day(connected, last=date(2026, 11, 19)) == ()
    assert years_of(connected) == (2026,)


def test_results_by_symbol_count_each_sale_once(connected: Account, kiwoom: Kiwoom) -> None:
    rows = [sale_row(1_500, day=TODAY), sale_row(-700, day=TODAY), sale_row(9_000, "000660", day=TODAY)]
    kiwoom.lists("ka10073", *rows)
    kiwoom.lists("ka10072", *rows)
    poll(connected, "ka10073")
    poll(connected, "ka10072")
    best, worst = by_symbol(connected)
    assert (best.symbol, best.realised, best.sales) == ("000660", 9_000, 1)
    assert (worst.symbol, worst.realised, worst.sales, worst.wins) == ("005930", 800, 2, 1)
    assert worst.return_rate == Decimal(800) / (Decimal("97602.9573459") * 20) * 100


def test_a_month_tells_quiet_days_from_unknown_ones(connected: Account, kiwoom: Kiwoom, trader: Person) -> None:
    kiwoom.lists("ka10074", day_row(TODAY, -500))
    poll(connected, "ka10074")
    save(connected, TODAY, "복기", based_on=0, author=trader.user)
    grid = month(connected, 2026, 11)
    cells = {cell.day: cell for week in grid.weeks for cell in week}
    assert (grid.total, grid.wins, grid.losses) == (-500, 0, 1)
    assert (cells[TODAY].realised, cells[TODAY].has_note, cells[TODAY].is_known) == (-500, True, True)
    assert not cells[date(2026, 11, 19)].is_known
    assert not cells[date(2026, 11, 21)].is_trading_day
    assert len(grid.weeks[0]) == 7
    assert cells[date(2026, 10, 26)].in_month is False


def test_the_journal_of_a_day_has_everything_about_it(
    connected: Account, kiwoom: Kiwoom, trader: Person
) -> None:
    kiwoom.lists("ka10074", day_row(TODAY, 4_000, sold=196_000))
    kiwoom.lists("ka10073", sale_row(4_010, day=TODAY))
    kiwoom.lists("ka10170", diary_row("005930", "삼성전자", bought=98_000, sold=196_000, realised=4_000))
    kiwoom.lists("kt00007", placed_row("0000001", 2, 2, 98_000, "매도"))
    for tr in ("ka10074", "ka10073", "ka10170", "kt00007"):
        poll(connected, tr)
    save(connected, TODAY, "복기", based_on=0, author=trader.user)
    page = journal_day(connected, TODAY)
    assert (page.totals.realised, page.totals.sold) == (4_000, 196_000)
    assert [(line.symbol, line.sold) for line in page.lines] == [("005930", 196_000)]
    assert page.is_itemised
    assert [sale.realised for sale in page.sales] == [4_010]
    assert page.fills[0].amount == 196_000
    assert page.note.text == "복기"
    assert (page.previous_day, page.next_day) == (date(2026, 11, 19), None)
    assert [entry.note for entry in journal_days(connected, TODAY, TODAY)] == ["복기"]


def test_a_day_the_diary_no_longer_has_is_made_of_fills_and_sales(connected: Account, kiwoom: Kiwoom) -> None:
    kiwoom.lists("ka10073", sale_row(4_010, day=TODAY))
    kiwoom.lists("kt00007", placed_row("0000001", 10, 10, 98_000, "매도"))
    poll(connected, "ka10073")
    poll(connected, "kt00007")
    page = journal_day(connected, TODAY)
    (line,) = page.lines
    assert not page.is_itemised
    assert (line.sold_quantity, line.sold, line.realised, line.sold_average) == (10, 980_000, 4_010, 98_000)
    assert line.return_rate is None


def test_a_stranger_sees_nothing_of_it(connected: Account, strangers_account: Account, kiwoom: Kiwoom) -> None:
    kiwoom.lists("ka10074", day_row(TODAY, 500))
    kiwoom.lists("kt00018", holding_row("005930", "삼성전자", 10, 69_000, 70_000))
    poll(connected, "ka10074")
    poll(connected, "kt00018")
    assert by_day(strangers_account) == ()
    assert assets(strangers_account).lines == ()
