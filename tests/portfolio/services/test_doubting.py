"""What must not shrink the journal: empty lists, halves, repeated pages, outages, refusals."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from kiwoomweb.access.models import Account
from orders.services.recording import SECOND_LOOK
from portfolio.models import Holding, RealisedDay, Sale
from tests.portfolio.kiwoom import Kiwoom
from tests.portfolio.rows import day_row, holding_row, sale_row
from tests.portfolio.steps import dump, poll

TODAY = date(2026, 11, 20)


def test_an_empty_list_is_read_twice_before_it_is_believed(connected: Account, kiwoom: Kiwoom, clock) -> None:
    kiwoom.lists("kt00018", holding_row("005930", "삼성전자", 10, 69_000, 70_000))
    poll(connected, "kt00018")
    kiwoom.lists("kt00018")
    task = poll(connected, "kt00018")
    assert Holding.objects.current().filter(account=connected).count() == 1
    assert task.due_at == task.doubt_since + SECOND_LOOK
    clock.shift(SECOND_LOOK)
    poll(connected, "kt00018")
    assert Holding.objects.current().filter(account=connected).count() == 0
    assert Holding.objects.filter(account=connected).count() == 1


def test_a_second_look_too_soon_is_no_second_look(connected: Account, kiwoom: Kiwoom, clock) -> None:
    kiwoom.lists("ka10074", day_row(TODAY, 500))
    poll(connected, "ka10074")
    kiwoom.lists("ka10074")
    poll(connected, "ka10074")
    clock.shift(timedelta(seconds=5))
    poll(connected, "ka10074")
    assert RealisedDay.objects.current().get(account=connected).realised == 500


def test_a_list_that_comes_back_ends_the_doubt(connected: Account, kiwoom: Kiwoom, clock) -> None:
    kiwoom.lists("ka10074", day_row(TODAY, 500))
    poll(connected, "ka10074")
    kiwoom.lists("ka10074")
    poll(connected, "ka10074")
    kiwoom.lists("ka10074", day_row(TODAY, 500))
    clock.shift(SECOND_LOOK)
    task = poll(connected, "ka10074")
    assert task.doubt_since is None
    assert RealisedDay.objects.current().get(account=connected).realised == 500


def test_half_a_page_gives_itself_away_by_its_totals(connected: Account, kiwoom: Kiwoom) -> None:
    kiwoom.lists("ka10074", day_row(TODAY, 500), rlzt_pl="1200", tot_sell_amt="3000000")
    task = poll(connected, "ka10074")
    assert RealisedDay.objects.filter(account=connected).count() == 0
    assert task.doubt_since


def test_a_part_of_a_long_list_is_never_taken_for_the_whole(connected: Account, kiwoom: Kiwoom) -> None:
    rows = [sale_row(won, day=TODAY) for won in range(10)]
    kiwoom.lists("ka10073", *rows, per_page=4)
    poll(connected, "ka10073")
    before = dump(connected)
    whole = kiwoom.answer

    def breaks_off(request):
        if request.headers.get("next-key") == "2":
            kiwoom.breaks("ka10073", status=502, text="<html>bad gateway</html>")
        return whole(request)

    kiwoom.answer = breaks_off
    task = poll(connected, "ka10073")
    assert dump(connected) == before
    assert task.trouble_kind == "BrokerDown"


def test_a_broker_that_repeats_its_pages_is_not_believed(connected: Account, kiwoom: Kiwoom) -> None:
    page = {"dt_stk_rlzt_pl": [sale_row(1, day=TODAY), sale_row(2, day=TODAY)]}
    kiwoom.answers["ka10073"] = lambda _body: [page, page, page, page]
    task = poll(connected, "ka10073")
    assert Sale.objects.filter(account=connected).count() == 0
    assert task.trouble_kind == "Incomplete"


@pytest.mark.parametrize(
    ("status", "text", "kind"),
    [
        (502, "<html><body>점검 중입니다</body></html>", "BrokerDown"),
        (200, "<html><body>점검 중입니다</body></html>", "BrokerDown"),
        (200, '{"return_code":0,"dt_rlzt_pl":[{"dt":"2026', "Unreadable"),
        (429, '{"return_code":5,"return_msg":"[1700:허용된 요청 개수를 초과하였습니다]"}', "RateLimited"),
        (200, '{"return_code":3,"return_msg":"[8001:App Key와 Secret Key 검증에 실패했습니다]"}', "WrongKeys"),
        (200, '{"return_code":3,"return_msg":"[8030:투자구분이 달라서]"}', "WrongEnvironment"),
        (200, '{"return_code":0,"return_msg":"정상"}', "Unreadable"),
    ],
)
def test_trouble_changes_no_row_and_is_told(
    connected: Account, kiwoom: Kiwoom, status: int, text: str, kind: str
) -> None:
    kiwoom.lists("ka10074", day_row(TODAY, 500))
    good = poll(connected, "ka10074").last_good_at
    before = dump(connected)
    kiwoom.breaks("ka10074", status, text)
    task = poll(connected, "ka10074")
    assert dump(connected) == before
    assert (task.trouble_kind, task.last_good_at) == (kind, good)
    assert task.trouble_since
    assert task.due_at > timezone.now()


def test_trouble_remembers_when_it_began_and_waits_longer_each_time(
    connected: Account, kiwoom: Kiwoom, clock
) -> None:
    kiwoom.breaks("ka10074", 502, "<html></html>")
    began = poll(connected, "ka10074").trouble_since
    waits = []
    for _try in range(6):
        clock.shift(timedelta(minutes=1))
        task = poll(connected, "ka10074")
        waits.append(task.due_at - timezone.now())
    assert task.trouble_since == began
    assert waits[-1] > waits[0] * 4
    assert max(waits) <= timedelta(minutes=12)


def test_trouble_is_over_with_the_next_good_answer(connected: Account, kiwoom: Kiwoom) -> None:
    kiwoom.breaks("ka10074", 502, "<html></html>")
    poll(connected, "ka10074")
    kiwoom.mends()
    task = poll(connected, "ka10074")
    assert (task.trouble_kind, task.trouble_since, task.attempts) == ("", None, 0)
