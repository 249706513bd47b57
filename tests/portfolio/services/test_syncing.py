"""A trader's day arrives in the journal, whole or not at all."""

from datetime import date
from decimal import Decimal

from kiwoomweb.access.models import Account, BrokerReply
from kiwoomweb.broker.domain import SEOUL
from orders.models import Fill, Order, RejectedRow, SplitOrder
from portfolio.models import (
    Balance,
    Deposit,
    DiaryDay,
    DiaryLine,
    Holding,
    Position,
    RealisedDay,
    Sale,
    SyncTask,
)
from tests.portfolio.kiwoom import Kiwoom
from tests.portfolio.rows import day_row, diary_row, filled_row, holding_row, open_row, placed_row, sale_row
from tests.portfolio.steps import dump, poll, versions

TODAY = date(2026, 11, 20)


def test_a_days_result_is_recorded_with_the_reply_it_came_from(connected: Account, kiwoom: Kiwoom) -> None:
    kiwoom.lists("ka10074", day_row(TODAY, 179_419, sold=474_600))
    task = poll(connected, "ka10074")
    row = RealisedDay.objects.current().get(account=connected)
    assert (row.day, row.realised, row.sold) == (TODAY, 179_419, 474_600)
    assert (task.received, task.new, task.last_good_at) == (1, 1, task.last_good_at)
    assert b"179419" in BrokerReply.objects.get(pk=row.reply_id).raw


def test_hearing_the_same_again_records_nothing(connected: Account, kiwoom: Kiwoom) -> None:
    kiwoom.lists("ka10074", day_row(TODAY, 179_419))
    poll(connected, "ka10074")
    before = versions(connected)
    task = poll(connected, "ka10074")
    assert versions(connected) == before
    assert (task.received, task.same, task.new, task.changed) == (1, 1, 0, 0)


def test_a_corrected_figure_is_a_new_version_and_the_old_one_stays(connected: Account, kiwoom: Kiwoom) -> None:
    kiwoom.lists("ka10074", day_row(TODAY, 179_419))
    poll(connected, "ka10074")
    kiwoom.lists("ka10074", day_row(TODAY, 179_400))
    task = poll(connected, "ka10074")
    told = RealisedDay.objects.filter(account=connected).order_by("pk").values_list("realised", flat=True)
    assert list(told) == [179_419, 179_400]
    assert RealisedDay.objects.current().get(account=connected).realised == 179_400
    assert task.changed == 1


def test_two_equal_sales_are_two_rows(connected: Account, kiwoom: Kiwoom) -> None:
    kiwoom.lists("ka10073", *[sale_row(1_500, day=TODAY)] * 3, sale_row(-700, day=TODAY))
    poll(connected, "ka10073")
    poll(connected, "ka10073")
    sales = Sale.objects.current().filter(account=connected)
    assert sorted(sales.values_list("realised", flat=True)) == [-700, 1_500, 1_500, 1_500]


def test_a_list_in_another_order_is_the_same_list(connected: Account, kiwoom: Kiwoom) -> None:
    rows = [sale_row(won, day=TODAY) for won in (300, 100, 200, 100)]
    kiwoom.lists("ka10073", *rows)
    poll(connected, "ka10073")
    before = dump(connected)
    kiwoom.lists("ka10073", *reversed(rows), per_page=2)
    poll(connected, "ka10073")
    assert dump(connected) == before


def test_averages_keep_all_their_decimals(connected: Account, kiwoom: Kiwoom) -> None:
    kiwoom.lists("ka10073", sale_row(1_500, day=TODAY))
    poll(connected, "ka10073")
    assert Sale.objects.get(account=connected).buy_price == Decimal("97602.9573459")


def test_a_sale_on_a_day_nobody_asked_about_is_rejected_and_shown(connected: Account, kiwoom: Kiwoom) -> None:
    kiwoom.lists("ka10073", sale_row(1_500, day=TODAY), sale_row(9, day=date(2025, 1, 2)))
    task = poll(connected, "ka10073")
    assert Sale.objects.get(account=connected).day == TODAY
    assert RejectedRow.objects.get(account=connected).content["day"] == "2025-01-02"
    assert task.received == task.new + task.rejected == 2


def test_a_list_with_a_rejected_row_withdraws_nothing(connected: Account, kiwoom: Kiwoom) -> None:
    kiwoom.lists("ka10073", sale_row(1_500, day=TODAY), sale_row(200, day=TODAY))
    poll(connected, "ka10073")
    kiwoom.lists("ka10073", sale_row(1_500, day=TODAY), sale_row(9, day=date(2025, 1, 2)))
    poll(connected, "ka10073")
    assert Sale.objects.current().filter(account=connected).count() == 2


def test_a_fill_of_a_symbol_nobody_knows_is_recorded_as_the_broker_names_it(
    connected: Account, kiwoom: Kiwoom
) -> None:
    kiwoom.lists("ka10076", filled_row("0000007", 10, 10, 1_200, stk_cd="0199X0", stk_nm="처음보는종목"))
    poll(connected, "ka10076")
    fill = Fill.objects.current().get(account=connected)
    assert (fill.symbol, fill.name, fill.quantity, fill.amount) == ("0199X0", "처음보는종목", 10, 12_000)


def test_an_order_that_filled_more_than_it_asked_for_is_rejected(connected: Account, kiwoom: Kiwoom) -> None:
    kiwoom.lists(
        "ka10076", filled_row("0000007", 10, 10, 1_200), filled_row("0000008", 5, 9, 1_200, oso_qty="0")
    )
    poll(connected, "ka10076")
    assert Order.objects.get(account=connected).order_no == "0000007"
    assert RejectedRow.objects.get(account=connected).tr == "ka10076"


def test_an_order_told_by_two_lists_fills_once(connected: Account, kiwoom: Kiwoom) -> None:
    kiwoom.lists("ka10076", filled_row("0000007", 10, 10, 70_000))
    kiwoom.lists("kt00007", placed_row("0000007", 10, 10, 70_000))
    poll(connected, "ka10076")
    poll(connected, "kt00007")
    assert Order.objects.current().filter(account=connected).count() == 2
    assert Fill.objects.current().get(account=connected).quantity == 10


def test_an_open_order_leaves_when_it_is_done(connected: Account, kiwoom: Kiwoom) -> None:
    kiwoom.lists("ka10075", open_row("0000007", 10, 0, 70_000), open_row("0000008", 5, 0, 60_000))
    poll(connected, "ka10075")
    kiwoom.lists("ka10075", open_row("0000008", 5, 0, 60_000))
    task = poll(connected, "ka10075")
    assert Order.objects.current().get(account=connected).order_no == "0000008"
    assert task.gone == 1


def test_the_parts_of_a_routed_order_are_asked_for(connected: Account, kiwoom: Kiwoom) -> None:
    kiwoom.lists("ka10075", open_row("0000007", 10, 0, 70_000, sor_yn="Y", stex_tp_txt="SOR"))
    part = {
        "stk_cd": "005930",
        "stk_nm": "삼성전자",
        "ord_no": "0000007",
        "ord_qty": "4",
        "ord_pric": "70000",
        "osop_qty": "4",
        "io_tp_nm": "+매수",
        "trde_tp": "보통",
        "sell_tp": "2",
        "cntr_qty": "0",
        "ord_stt": "접수",
        "cur_prc": "70000",
        "stex_tp": "1",
    }
    kiwoom.lists("ka10088", part | {"stex_tp_txt": "S-KRX"}, part | {"stex_tp": "2", "stex_tp_txt": "S-NXT"})
    poll(connected, "ka10075")
    poll(connected, "ka10088")
    parts = SplitOrder.objects.current().filter(account=connected, parent_no="0000007")
    assert sorted(parts.values_list("venue", flat=True)) == ["KRX", "NXT"]


def test_without_routed_orders_their_parts_are_not_asked_for(connected: Account, kiwoom: Kiwoom) -> None:
    task = poll(connected, "ka10088")
    assert kiwoom.count("ka10088") == 0
    assert task.last_good_at


def test_holdings_keep_the_versions_of_what_was_held_but_not_of_every_price(
    connected: Account, kiwoom: Kiwoom
) -> None:
    for price in (70_000, 70_500, 71_000):
        kiwoom.lists("kt00018", holding_row("005930", "삼성전자", 10, 69_000, price))
        poll(connected, "kt00018")
    kiwoom.lists("kt00018", holding_row("005930", "삼성전자", 15, 69_300, 71_000))
    poll(connected, "kt00018")
    held = Holding.objects.filter(account=connected).order_by("pk")
    assert [(row.quantity, row.price) for row in held] == [(10, 71_000), (15, 71_000)]
    assert Balance.objects.current().get(account=connected).value == 15 * 71_000


def test_cash_is_recorded(connected: Account, kiwoom: Kiwoom) -> None:
    poll(connected, "kt00001")
    assert Deposit.objects.current().get(account=connected).d2 == 10_000_000


def test_the_diary_is_kept_with_its_lines(connected: Account, kiwoom: Kiwoom) -> None:
    kiwoom.lists("ka10170", diary_row("005930", "삼성전자", bought=98_000, sold=196_000, realised=4_000))
    poll(connected, "ka10170")
    assert DiaryDay.objects.current().get(account=connected).realised == 4_000
    assert DiaryLine.objects.current().get(account=connected).sold == 196_000


def test_a_blank_diary_row_is_a_day_without_trades(connected: Account, kiwoom: Kiwoom) -> None:
    task = poll(connected, "ka10170")
    assert DiaryLine.objects.filter(account=connected).count() == 0
    assert DiaryDay.objects.current().get(account=connected).bought == 0
    assert not task.trouble_kind


def test_todays_sales_are_asked_for_each_symbol_that_was_sold(connected: Account, kiwoom: Kiwoom) -> None:
    kiwoom.lists("ka10076", filled_row("0000007", 10, 10, 98_000, side="매도"))
    kiwoom.lists("ka10077", sale_row(1_510))
    poll(connected, "ka10076")
    poll(connected, "ka10077")
    assert [body for tr, body in kiwoom.asked if tr == "ka10077"] == [{"stk_cd": "005930"}]
    assert Sale.objects.get(account=connected, source="ka10077").realised == 1_510


def test_a_position_sold_out_today_stays_with_its_result(connected: Account, kiwoom: Kiwoom) -> None:
    row = {
        "dt": "",
        "stk_cd": "005930",
        "stk_nm": "삼성전자",
        "cur_prc": "-71000",
        "pur_pric": "0",
        "pur_amt": "0",
        "rmnd_qty": "0",
        "tdy_sel_pl": "-12000",
        "tdy_trde_cmsn": "150",
        "tdy_trde_tax": "1000",
        "crd_tp": "00",
        "loan_dt": "00000000",
    }
    kiwoom.lists("ka10085", row)
    poll(connected, "ka10085")
    position = Position.objects.current().get(account=connected)
    assert (position.quantity, position.price, position.realised_today) == (0, 71_000, -12_000)


def test_every_read_balances_its_count(connected: Account, kiwoom: Kiwoom) -> None:
    kiwoom.lists("ka10073", sale_row(1, day=TODAY), sale_row(2, day=TODAY), sale_row(3, day=date(2025, 1, 2)))
    kiwoom.lists("ka10076", filled_row("1", 10, 10, 70_000), filled_row("2", 1, 5, 70_000, oso_qty="0"))
    kiwoom.lists("ka10170", diary_row("005930", "삼성전자", bought=98_000))
    for _round in range(2):
        for tr in ("ka10073", "ka10076", "ka10170", "kt00018", "ka10074"):
            task = poll(connected, tr)
            assert task.received == task.new + task.same + task.changed + task.rejected, tr


def test_an_order_is_placed_at_the_time_the_broker_says(connected: Account, kiwoom: Kiwoom) -> None:
    kiwoom.lists("kt00007", placed_row("0000007", 10, 10, 70_000))
    poll(connected, "kt00007")
    placed = Order.objects.get(account=connected).placed_at.astimezone(SEOUL)
    assert (placed.date(), f"{placed:%H:%M:%S}") == (TODAY, "10:14:14")


def test_before_the_opening_nobody_asks_about_today(connected: Account, kiwoom: Kiwoom) -> None:
    kiwoom.now = kiwoom.now.replace(hour=7, minute=30)
    task = poll(connected, "ka10076")
    assert kiwoom.count("ka10076") == 0
    assert task.ready_at == kiwoom.now.replace(hour=8, minute=0)
    assert SyncTask.objects.get(pk=task.pk).claim is None
