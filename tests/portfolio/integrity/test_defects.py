"""Defects sown into the broker's answers: each is caught, by a refused row or by an equation that fails.

The whole path each time: the practice broker, HTTP, the product's own reading, the proof of the day.
"""

from datetime import date

import pytest

from kiwoomweb.access.models import Account
from kiwoomweb.simulator.exchange import Exchange
from kiwoomweb.simulator.serve import Running
from orders.models import Fill, RejectedRow
from portfolio.analytics.proof import DayState, Line
from portfolio.models import CashFlow, DayProof, Purpose, State, SyncTask
from portfolio.services.proving import prove
from tests.portfolio.steps import do


@pytest.fixture
def day(broker: Running) -> date:
    """A late day with a good many orders whose money has been booked."""
    now = broker.clock.now().date()

    def busiest(exchange: Exchange) -> date:
        sold = [one.day for one in exchange.realised_days(date.min, now) if one.has_sales]
        return max(sold[-20:-3], key=lambda day: sum(bool(order.fills) for order in exchange.orders_on(day)))

    return broker.call(busiest)


def read(account: Account, tr: str, day: date, purpose: Purpose = Purpose.AGAIN) -> SyncTask:
    """Have the day's list read now, whatever was planned."""
    known, _made = SyncTask.objects.update_or_create(
        account=account,
        tr=tr,
        purpose=purpose,
        first=day,
        last=day,
        defaults={"state": State.WAITING, "due_at": account.sync.began_at, "ready_at": None},
    )
    return do(account, known)


def read_all(account: Account, day: date) -> None:
    for tr in ("kt00007", "kt00009", "ka10074", "ka10073", "ka10170", "ka01690"):
        read(account, tr, day)
    settled = SyncTask.objects.get(account=account, tr="kt00015", purpose=Purpose.BACKFILL)
    SyncTask.objects.filter(pk=settled.pk).update(state=State.WAITING)
    do(account, settled)


def wrong(proof: DayProof) -> set[str]:
    """The equations that do not hold, by name."""
    return {line.equation.value for line in map(Line.of, proof.lines) if not line.holds}


def test_without_a_defect_every_equation_holds(simulated: Account, broker: Running, day: date) -> None:
    read_all(simulated, day)
    proof = prove(simulated, day)
    assert wrong(proof) == set()
    assert proof.state != DayState.MISMATCH
    assert not RejectedRow.objects.exists()


def test_a_missing_fill_is_caught_by_e1(simulated: Account, broker: Running, day: date) -> None:
    for tr in ("kt00007", "kt00009"):
        broker.faults.add("missing_row", tr=tr, count=None)
    read_all(simulated, day)
    proof = prove(simulated, day)
    assert proof.state == DayState.MISMATCH
    assert "E1" in wrong(proof)
    broker.faults.clear()
    read_all(simulated, day)
    assert wrong(prove(simulated, day)) == set()


@pytest.mark.parametrize("tr", ["ka10074", "ka10170", "kt00015"])
def test_a_doubled_fee_is_caught_by_e2(simulated: Account, broker: Running, day: date, tr: str) -> None:
    broker.faults.add("doubled_fee", tr=tr, count=None)
    read_all(simulated, day)
    proof = prove(simulated, day)
    assert proof.state == DayState.MISMATCH
    assert "E2" in wrong(proof)
    broker.faults.clear()
    read_all(simulated, day)
    assert wrong(prove(simulated, day)) == set()


@pytest.mark.parametrize("tr", ["kt00007", "kt00009", "ka10073"])
def test_a_negative_price_is_refused_with_a_sentence_and_told_by_the_proof(
    simulated: Account, broker: Running, day: date, tr: str
) -> None:
    broker.faults.add("negative_price", tr=tr, count=None)
    read_all(simulated, day)
    refused = RejectedRow.objects.filter(account=simulated, tr=tr, day=day)
    assert refused.exists()
    assert {row.reason for row in refused} == {"체결단가가 음수이거나 없습니다."}
    assert not Fill.objects.filter(amount__lte=0).exists()
    if tr == "kt00007":
        assert "E1" in wrong(prove(simulated, day))


def test_a_wrong_account_stores_nothing(simulated: Account, broker: Running, day: date) -> None:
    broker.faults.add("other_account", count=None)
    assert read(simulated, "kt00007", day).trouble_kind == "AnotherAccount"
    assert not Fill.objects.exists()
    assert not CashFlow.objects.exists()


def test_a_fill_for_a_cancelled_order_counts_once(simulated: Account, broker: Running) -> None:
    """Filled in part, then cancelled: the shares are there, the cancellation is an order without fills."""
    now = broker.clock.now().date()

    def half_cancelled(exchange: Exchange) -> tuple[date, str, int]:
        days = [one.day for one in exchange.realised_days(date.min, now)]
        return next(
            (order.day, order.number, order.filled)
            for day in reversed(days[:-3])
            for order in exchange.orders_on(day)
            if order.fills and order.state.value == "취소"
        )

    day, number, filled = broker.call(half_cancelled)
    read(simulated, "kt00007", day)
    fills = Fill.objects.current().filter(account=simulated, day=day, order_no=number)
    assert sum(fill.quantity for fill in fills) == filled > 0
