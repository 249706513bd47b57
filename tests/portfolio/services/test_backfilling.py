"""A newly connected account gets its past, newest day first, and can be used meanwhile."""

from collections.abc import Iterable
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from django.utils import timezone

from kiwoomweb.access.models import Account
from kiwoomweb.broker.domain import SEOUL
from kiwoomweb.broker.market_calendar import trading_days
from orders.models import Fill
from portfolio.analytics.proof import Line, Reason
from portfolio.models import DayProof, Purpose, RealisedDay, Sale, State, SyncTask
from portfolio.selectors.progress import backfill_progress
from portfolio.services import backfilling, syncing
from portfolio.services.claiming import LANES
from tests import queue
from tests.portfolio.kiwoom import Body, Kiwoom, paged
from tests.portfolio.rows import (
    booked_row,
    closed_head,
    closed_row,
    day_row,
    executed_row,
    filled_row,
    placed_row,
    sale_row,
    worth_row,
)
from tests.portfolio.steps import do, dump, give_keys, poll, work

TODAY = date(2026, 11, 20)
#: Sold something on these days.
SOLD = [date(2026, 11, 18), date(2026, 11, 10)]
#: And here too, in the slices before.
LONG_AGO = [*SOLD, date(2026, 8, 3), date(2026, 5, 4)]


#: A row of each list, of which only the names of its fields matter.
BLANK = {
    "kt00007": placed_row("1", 1, 1, 1),
    "kt00009": executed_row("1", "1", 1, 1),
    "kt00015": booked_row(1, "", "", 1),
    "kt00002": worth_row(TODAY, 1, 1),
    "ka10073": sale_row(1, day=TODAY),
    "ka10072": sale_row(1),
    "ka10076": filled_row("1", 1, 1, 1),
}


def day_of(text: str) -> date:
    return date(int(text[:4]), int(text[4:6]), int(text[6:]))


def a_past(kiwoom: Kiwoom, days: Iterable[date] = SOLD) -> None:
    """Every day of ``days`` has one sale of 1,000 won and one order."""
    days = list(days)

    def between(body: Body) -> list[date]:
        return [day for day in days if day_of(body["strt_dt"]) <= day <= day_of(body["end_dt"])]

    kiwoom.answers["ka10074"] = lambda body: paged(
        "ka10074", [day_row(day, 1_000) for day in between(body)], 10, {}
    )
    kiwoom.answers["ka10073"] = lambda body: paged(
        "ka10073", [sale_row(1_000, day=day) for day in between(body)], 10, {}
    )
    kiwoom.answers["kt00007"] = lambda body: paged(
        "kt00007",
        [placed_row("0000001", 10, 10, 98_000, "매도")] if day_of(body["ord_dt"]) in days else [],
        10,
        {},
    )


def windows(account: Account, tr: str) -> list[SyncTask]:
    mine = SyncTask.objects.filter(account=account, tr=tr, purpose=Purpose.BACKFILL)
    return list(mine.order_by("-last"))


def test_connecting_plans_polls_and_the_newest_windows(connected: Account) -> None:
    polls = SyncTask.objects.filter(account=connected, purpose=Purpose.POLL)
    assert polls.count() == 15
    assert [str(w.last) for w in windows(connected, "ka10074")] == ["2026-11-19"]
    assert [t.name for t in queue.waiting()].count("portfolio.sync_account") == LANES


def test_planning_twice_plans_once(connected: Account) -> None:
    before = SyncTask.objects.count()
    backfilling.begin(connected.pk)
    assert SyncTask.objects.count() == before


def test_the_whole_past_arrives(connected: Account, kiwoom: Kiwoom) -> None:
    a_past(kiwoom, LONG_AGO)
    work(connected)
    days = RealisedDay.objects.current().filter(account=connected).values_list("day", flat=True)
    assert sorted(days) == sorted(LONG_AGO)
    assert Sale.objects.current().filter(account=connected, source="ka10073").count() == 4
    assert Fill.objects.current().filter(account=connected).count() == 4
    connected.refresh_from_db()
    assert connected.first_day == LONG_AGO[-1]


def test_the_past_is_read_newest_first(connected: Account, kiwoom: Kiwoom) -> None:
    a_past(kiwoom)
    work(connected)
    asked = [body["strt_dt"] for tr, body in kiwoom.asked if tr == "ka10074" and body["end_dt"] < "20261120"]
    assert asked == sorted(asked, reverse=True)


def test_two_years_of_nothing_do_not_hide_what_was_before(connected: Account, kiwoom: Kiwoom) -> None:
    old = date(2024, 9, 2)
    a_past(kiwoom, [*SOLD, old])
    work(connected, rounds=80)
    days = RealisedDay.objects.current().filter(account=connected).values_list("day", flat=True)
    assert sorted(days) == sorted([*SOLD, old])


def test_a_day_told_as_one_blank_row_is_a_day_without_rows(connected: Account, kiwoom: Kiwoom) -> None:
    for tr, row in BLANK.items():
        kiwoom.lists(tr, dict.fromkeys(row, ""))
        task = poll(connected, tr)
        assert (tr, task.trouble_kind, task.received) == (tr, "", 0)


def test_it_stops_after_two_years_of_empty_slices(connected: Account, kiwoom: Kiwoom) -> None:
    work(connected)
    slices = windows(connected, "ka10074")
    assert len(slices) == 9
    assert TODAY - slices[-1].first == timedelta(days=810)


def test_slices_join_without_a_gap(connected: Account, kiwoom: Kiwoom) -> None:
    a_past(kiwoom)
    work(connected)
    slices = windows(connected, "ka10074")
    assert all(older.last == newer.first - timedelta(days=1) for newer, older in pairwise(slices))


def test_every_trading_day_since_a_little_before_the_first_sale_is_read(
    connected: Account, kiwoom: Kiwoom
) -> None:
    a_past(kiwoom)
    work(connected)
    read = [task.first for task in windows(connected, "kt00007") if task.state == State.DONE]
    needed = list(trading_days(SOLD[-1] - timedelta(days=7), date(2026, 11, 19)))
    assert set(needed) <= set(read)
    assert len(read) == len(set(read))


def test_today_comes_before_the_past(connected: Account, kiwoom: Kiwoom) -> None:
    work(connected)
    todays = {"ka10075", "ka10076", "kt00018", "kt00001", "ka10085"}
    first_past = next(i for i, (_tr, body) in enumerate(kiwoom.asked) if body.get("end_dt", "9") < "20261120")
    assert todays <= {tr for tr, _body in kiwoom.asked[:first_past]}


def test_an_interrupted_backfill_goes_on_where_it_stopped(connected: Account, kiwoom: Kiwoom) -> None:
    a_past(kiwoom)
    for _some in range(20):
        task = SyncTask.objects.filter(account=connected, passes=0, ready_at=None).order_by("pk").first()
        do(connected, task)
    half = len(kiwoom.asked)
    done = SyncTask.objects.filter(account=connected, state=State.DONE).count()
    work(connected)
    again = [ask for ask in kiwoom.asked[half:] if ask in kiwoom.asked[:half] and ask[0] == "kt00007"]
    assert done > 0
    assert [ask for ask in again if ask[1]["ord_dt"] != "20261120"] == []


def test_an_answer_outside_two_months_is_the_end_of_the_diary_and_no_trouble(
    connected: Account, kiwoom: Kiwoom
) -> None:
    kiwoom.breaks("ka10170", code=0, said="조회기간은 최근 2개월 이전까지만 가능합니다.")
    task = do(connected, windows(connected, "ka10170")[-1])
    assert (task.state, task.trouble_kind) == (State.DONE, "")


def test_a_tr_that_practice_accounts_lack_is_left_out_and_said_so(connected: Account, kiwoom: Kiwoom) -> None:
    kiwoom.breaks("kt00007", code=20, said="[2000](RC9000:모의투자에서는 해당업무가 제공되지 않습니다.)")
    work(connected)
    assert kiwoom.count("kt00007") == 1
    assert {task.state for task in windows(connected, "kt00007")} == {State.STOPPED}
    line = next(line for line in backfill_progress(connected).lines if line.tr == "kt00007")
    assert line.stopped
    assert backfill_progress(connected).finished


def test_progress_can_be_watched_while_it_runs(connected: Account, kiwoom: Kiwoom) -> None:
    a_past(kiwoom)
    start = backfill_progress(connected)
    assert (start.done, start.percent, start.searching, start.finished) == (0, 0, True, False)
    for task in windows(connected, "ka10170")[:2]:
        do(connected, task)
    some = backfill_progress(connected)
    assert 0 < some.done < some.total
    assert some.eta
    work(connected)
    end = backfill_progress(connected)
    assert (end.percent, end.finished, end.searching) == (100, True, False)


def test_a_broker_that_goes_down_in_the_middle_costs_nothing(connected: Account, kiwoom: Kiwoom) -> None:
    a_past(kiwoom)
    for task in windows(connected, "ka10170")[:2]:
        do(connected, task)
    before = dump(connected)
    kiwoom.breaks("*", 503, "<html>서비스 점검</html>")
    assert syncing.work_through(connected.pk) is False
    assert dump(connected) == before
    asked = len(kiwoom.asked)
    kiwoom.mends()
    SyncTask.objects.filter(account=connected).update(due_at=timezone.now(), trouble_kind="")
    work(connected)
    assert len(kiwoom.asked) > asked
    assert RealisedDay.objects.current().filter(account=connected).count() == len(SOLD)


def test_an_account_connected_on_a_sunday_starts_with_friday(account: Account, kiwoom: Kiwoom) -> None:
    kiwoom.now = kiwoom.now.replace(day=22).astimezone(SEOUL)
    give_keys(account)
    backfilling.begin(account.pk)
    work(account)
    assert {body["ord_dt"] for tr, body in kiwoom.asked if tr == "kt00007"} >= {"20261120", "20261119"}
    assert kiwoom.count("ka10076") == 0


def holding_thirty(kiwoom: Kiwoom, missing: int = 0) -> None:
    """30 shares from before, 10 sold on each day of ``SOLD``; one day's close tells some of them too few."""

    def closed(body: Body) -> list[dict[str, Any]]:
        day = day_of(body["qry_dt"])
        left = 30 - 10 * sum(sold <= day for sold in SOLD) - (missing if day == SOLD[0] else 0)
        return paged("ka01690", [closed_row("005930", left)], 10, closed_head(left * 1_000, 500_000))

    kiwoom.answers["ka01690"] = closed


def shares_of(account: Account, day: date) -> Line:
    lines = map(Line.of, DayProof.objects.get(account=account, day=day, superseded_at=None).lines)
    return next(line for line in lines if line.equation == "E5" and not line.symbol)


def test_the_shares_of_days_read_backwards_are_proved_by_the_close_of_each(
    connected: Account, kiwoom: Kiwoom
) -> None:
    a_past(kiwoom)
    holding_thirty(kiwoom)
    work(connected)
    asked = {body["qry_dt"] for tr, body in kiwoom.asked if tr == "ka01690"}
    assert asked == {body["ord_dt"] for tr, body in kiwoom.asked if tr == "kt00007"} - {"20261120"}
    first = shares_of(connected, SOLD[-1])
    assert (first.key, first.ours, first.theirs) == ("close", 20, 20)
    assert (shares_of(connected, SOLD[0]).verdict, shares_of(connected, SOLD[0]).theirs) == ("same", 10)


def test_a_share_missing_at_the_close_of_a_day_long_past_is_a_mismatch(
    connected: Account, kiwoom: Kiwoom
) -> None:
    a_past(kiwoom)
    holding_thirty(kiwoom, missing=1)
    work(connected)
    line = shares_of(connected, SOLD[0])
    assert (line.verdict, line.difference, line.reason) == ("different", 1, Reason.MISSING)


def test_where_the_broker_tells_no_close_of_past_days_the_proof_says_so(
    connected: Account, kiwoom: Kiwoom
) -> None:
    a_past(kiwoom)
    kiwoom.breaks("ka01690", code=20, said="[2000](RC9000:모의투자에서는 해당업무가 제공되지 않습니다.)")
    work(connected)
    assert kiwoom.count("ka01690") == 1
    assert (shares_of(connected, SOLD[0]).key, shares_of(connected, SOLD[0]).reason) == (
        "held",
        Reason.NOT_SERVED,
    )


def test_an_account_whose_past_was_read_before_is_asked_for_its_closes_too(
    connected: Account, kiwoom: Kiwoom
) -> None:
    a_past(kiwoom)
    work(connected)
    SyncTask.objects.filter(account=connected, tr="ka01690").delete()
    backfilling.complete(connected.pk)
    assert set(SOLD) <= {task.first for task in windows(connected, "ka01690")}
