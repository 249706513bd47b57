"""The broker's books: booked money, worth by day, executions; and what they make of fills."""

from datetime import date
from decimal import Decimal

import pytest

from kiwoomweb.access.models import Account
from orders.models import AGGREGATE, Execution, Fill, RejectedRow, Turnover
from orders.services.hearing import hear
from portfolio.models import CashFlow, CashKind, DayWorth, State
from tests.portfolio.kiwoom import Kiwoom
from tests.portfolio.rows import booked_row, executed_row, execution, placed_row, worth_row
from tests.portfolio.steps import poll

TODAY = date(2026, 11, 20)
TRADED = date(2026, 11, 18)


def fills(account: Account) -> dict[str, Fill]:
    return {fill.fill_no: fill for fill in Fill.objects.current().filter(account=account)}


def test_booked_rows_say_what_came_and_what_went(connected: Account, kiwoom: Kiwoom) -> None:
    kiwoom.lists(
        "kt00015",
        booked_row(1, "이체입금", "입금", 5_000_000, balance=5_000_000),
        booked_row(
            2, "장내매수", "매수", 980_140, balance=4_019_860, traded=TRADED, quantity=10, gross=980_000
        ),
        booked_row(3, "배당금입금", "입금", 12_000, balance=4_031_860),
        booked_row(4, "예탁금이용료", "입금", 900, balance=4_032_760),
        booked_row(5, "이체출금", "출금", 32_760, balance=4_000_000),
    )
    poll(connected, "kt00015")
    rows = CashFlow.objects.current().filter(account=connected).order_by("number")
    assert [(row.kind, row.amount) for row in rows] == [
        (CashKind.DEPOSIT, 5_000_000),
        (CashKind.BUY, -980_140),
        (CashKind.DIVIDEND, 12_000),
        (CashKind.INTEREST, 900),
        (CashKind.WITHDRAWAL, -32_760),
    ]
    assert [(row.day, row.settled_on) for row in rows][1] == (TRADED, TODAY)
    assert sum(row.amount for row in rows) == rows.last().balance


def test_a_row_nobody_knows_waits_in_the_queue_with_its_direction_from_the_balance(
    connected: Account, kiwoom: Kiwoom
) -> None:
    kiwoom.lists(
        "kt00015",
        booked_row(1, "이체입금", "입금", 1_000_000, balance=1_000_000),
        booked_row(2, "알 수 없는 적요", "", 300, balance=999_700),
        booked_row(3, "더 알 수 없는 적요", "", 5, balance=1_234_567),
    )
    poll(connected, "kt00015")
    queued = CashFlow.objects.current().filter(account=connected, kind=CashKind.OTHER).order_by("number")
    assert [(row.amount, row.is_classified) for row in queued] == [(-300, False), (None, False)]


def test_an_impossible_row_is_refused_with_a_sentence_and_the_others_are_taken(
    connected: Account, kiwoom: Kiwoom
) -> None:
    kiwoom.lists(
        "kt00015",
        booked_row(1, "이체입금", "입금", 1_000_000, balance=1_000_000),
        booked_row(2, "장내매수", "매수", 100, balance=999_900, quantity=-1, gross=100),
    )
    task = poll(connected, "kt00015")
    assert (task.received, task.new, task.rejected) == (2, 1, 1)
    assert "음수" in RejectedRow.objects.get(account=connected).reason


def test_each_day_has_its_worth(connected: Account, kiwoom: Kiwoom) -> None:
    kiwoom.lists("kt00002", worth_row(TODAY, 3_000_000, 10_500_000))
    poll(connected, "kt00002")
    worth = DayWorth.objects.current().get(account=connected)
    assert (worth.day, worth.deposit, worth.estimated_assets) == (TODAY, 3_000_000, 10_500_000)


def test_practice_accounts_lack_the_books_and_say_so_once(connected: Account, kiwoom: Kiwoom) -> None:
    for tr in ("kt00015", "kt00002"):
        kiwoom.breaks(tr, code=20, said="[2000](RC9000:모의투자에서는 해당업무가 제공되지 않습니다.)")
        assert poll(connected, tr).state == State.STOPPED


def test_executions_listed_one_by_one_are_fills_with_their_times(connected: Account, kiwoom: Kiwoom) -> None:
    kiwoom.lists("kt00007", placed_row("0000001", 10, 10, 98_033))
    kiwoom.lists(
        "kt00009",
        executed_row("0000001", "0000011", 4, 98_000, at="10:15:01"),
        executed_row("0000001", "0000012", 6, 98_056, at="10:15:09"),
    )
    poll(connected, "kt00007")
    assert list(fills(connected)) == [AGGREGATE]
    poll(connected, "kt00009")
    told = fills(connected)
    assert {number: (fill.quantity, fill.amount) for number, fill in told.items()} == {
        "11": (4, 392_000),
        "12": (6, 588_336),
    }
    assert told["12"].filled_at.astimezone().strftime("%S") == "09"


def test_one_row_an_order_is_no_fill_but_its_header_is_exact(connected: Account, kiwoom: Kiwoom) -> None:
    kiwoom.lists("kt00007", placed_row("0000001", 10, 10, 98_033), placed_row("0000002", 3, 3, 98_000))
    rows = [executed_row("0000001", "0000012", 10, 98_033), executed_row("0000002", "0000013", 3, 98_000)]
    kiwoom.lists("kt00009", *rows, buy_engg_amt="1274336")
    poll(connected, "kt00009")
    poll(connected, "kt00007")
    assert not Execution.objects.exists()
    assert sum(fill.amount for fill in Fill.objects.current().filter(account=connected)) == 1_274_336
    assert {fill.fill_no for fill in Fill.objects.current()} == {AGGREGATE}


@pytest.mark.parametrize("first", ["socket", "books"])
def test_what_the_socket_told_is_not_counted_twice(connected: Account, kiwoom: Kiwoom, first: str) -> None:
    kiwoom.lists("kt00007", placed_row("0000001", 10, 10, 98_000))
    kiwoom.lists(
        "kt00009",
        executed_row("0000001", "0000011", 4, 98_000),
        executed_row("0000001", "0000012", 6, 98_000),
    )
    steps = [lambda: hear(connected.pk, execution("0000001", "11", 4, 4, quantity=10))]
    steps.append(lambda: poll(connected, "kt00009"))
    for step in steps if first == "socket" else reversed(steps):
        step()
    poll(connected, "kt00007")
    assert {number: fill.quantity for number, fill in fills(connected).items()} == {"11": 4, "12": 6}


def test_numbers_of_another_kind_than_the_sockets_are_not_added(connected: Account, kiwoom: Kiwoom) -> None:
    hear(connected.pk, execution("0000001", "11", 4, 4, quantity=10))
    kiwoom.lists("kt00007", placed_row("0000001", 10, 10, 98_000))
    kiwoom.lists(
        "kt00009", executed_row("0000001", "901", 4, 98_000), executed_row("0000001", "902", 6, 98_000)
    )
    poll(connected, "kt00009")
    poll(connected, "kt00007")
    assert {number: fill.quantity for number, fill in fills(connected).items()} == {"11": 4, AGGREGATE: 6}


def test_settlement_gives_back_what_averages_lost_to_the_won(connected: Account, kiwoom: Kiwoom) -> None:
    kiwoom.lists("kt00007", placed_row("0000001", 10, 10, 98_033), placed_row("0000002", 7, 7, 98_011))
    poll(connected, "kt00007")
    exact = 980_336 + 686_083
    kiwoom.lists(
        "kt00015",
        booked_row(
            1, "장내매수", "매수", exact + 250, balance=1, traded=TODAY, quantity=17, gross=exact, on=TODAY
        ),
    )
    poll(connected, "kt00015")
    told = Fill.objects.current().filter(account=connected).order_by("order_no")
    assert sum(fill.amount for fill in told) == exact
    averages = (98_033, 98_011)
    assert all(
        0 <= fill.amount - price * fill.quantity < fill.quantity
        for fill, price in zip(told, averages, strict=True)
    )
    assert told[0].price == (Decimal(told[0].amount) / 10).quantize(Decimal("0.0001"))


def test_a_sum_of_other_shares_or_beyond_a_cut_changes_nothing(connected: Account, kiwoom: Kiwoom) -> None:
    kiwoom.lists("kt00007", placed_row("0000001", 10, 10, 98_000))
    poll(connected, "kt00007")
    for quantity, gross in ((11, 1_078_000), (10, 980_010)):
        kiwoom.lists(
            "kt00015", booked_row(1, "장내매수", "매수", gross, traded=TODAY, quantity=quantity, gross=gross)
        )
        poll(connected, "kt00015")
        assert Turnover.objects.current().get(source="kt00015").amount == gross
        assert fills(connected)[AGGREGATE].amount == 980_000


def test_an_execution_with_a_negative_price_is_refused(connected: Account, kiwoom: Kiwoom) -> None:
    kiwoom.lists("kt00009", executed_row("0000001", "0000011", 4, -98_000))
    task = poll(connected, "kt00009")
    assert (task.rejected, Fill.objects.count()) == (1, 0)
    assert "체결단가" in RejectedRow.objects.get(account=connected).reason
